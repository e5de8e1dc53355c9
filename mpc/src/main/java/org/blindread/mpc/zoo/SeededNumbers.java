package org.blindread.mpc.zoo;

import java.nio.charset.StandardCharsets;

/// Pseudorandom numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014)
/// and Box-Muller on [StrictMath]. Not for secrets.
final class SeededNumbers {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final double UNIT = 0x1.0p-53;

  private long state;
  private double spare = Double.NaN;

  private SeededNumbers(long state) {
    this.state = state;
  }

  /// The stream of a number and a name: independent of every other name's, whatever the order in
  /// which they are asked for.
  static SeededNumbers of(long seed, String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    SeededNumbers numbers = new SeededNumbers(seed ^ hash);
    return new SeededNumbers(numbers.bits());
  }

  private long bits() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Uniform in (0, 1], 53 bits.
  double uniform() {
    return ((bits() >>> 11) + 1) * UNIT;
  }

  /// Standard normal.
  double normal() {
    if (!Double.isNaN(spare)) {
      double second = spare;
      spare = Double.NaN;
      return second;
    }
    double radius = Math.sqrt(-2 * StrictMath.log(uniform()));
    double angle = 2 * Math.PI * uniform();
    spare = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /// `count` numbers of N(mean, deviation²).
  float[] normals(int count, double mean, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean + deviation * normal());
    }
    return values;
  }
}
