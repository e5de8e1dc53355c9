package org.blindread.data.phantom;

/// A stream of numbers fixed by a seed, the same on every machine: SplitMix64 (Steele, Lea, Flood,
/// OOPSLA 2014). Streams branched off by different tags are independent of one another and of how
/// much was drawn from the others, so that one part of the anatomy can change without the rest.
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long count;

  Draws(long seed) {
    this.seed = seed;
  }

  /// SplitMix64's finaliser: a bijection of 64 bits.
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The seed of a branch: for a fixed `seed` different for every tag.
  static long branch(long seed, long tag) {
    return mix(mix(seed + GOLDEN) + GOLDEN * (2 * tag + 1));
  }

  long seed() {
    return seed;
  }

  Draws branch(long tag) {
    return new Draws(branch(seed, tag));
  }

  /// In [0, 1).
  double uniform() {
    count++;
    return (mix(seed + GOLDEN * count) >>> 11) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// An integer in 0 … bound − 1.
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /// −1 or 1.
  int side() {
    return chance(0.5) ? 1 : -1;
  }

  /// Standard normal, by Box and Muller.
  double normal() {
    double u = 1 - uniform();
    double v = uniform();
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
  }

  /// Normal, cut off at 2.5 standard deviations.
  double normal(double mean, double deviation) {
    return mean + deviation * Math.clamp(normal(), -2.5, 2.5);
  }
}
