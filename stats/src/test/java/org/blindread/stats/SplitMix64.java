package org.blindread.stats;

/// The generator of Steele, Lea and Flood (2014) as a function of the index, so that Python and R
/// make the same inputs.
public final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /// The number with this index, from 0, of the stream of seed 0.
  public static long at(long index) {
    long z = (index + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The same as a number in [0, 1) with 53 bits.
  public static double uniform(long index) {
    return (at(index) >>> 11) * 0x1p-53;
  }
}
