package org.blindread.mpc.rlwe;

/// Noise that drowns what an output's own noise says about the weights: the sum of four uniform
/// integers of width W = 2^k, centred, |F| < 2W. Integers, not rounded reals: those would leave the
/// low bits of the drowned noise in the open.
final class FloodingNoise {
  private static final int TERMS = 4;

  private final int bits;

  FloodingNoise(Parameters parameters) {
    bits = parameters.floodBits();
  }

  /// Fresh noise modulo 2^128 at some of `count` places, zeros elsewhere.
  Wide draw(int[] places, int count, Sampler sampler) {
    Wide sums = Wide.scratch(count);
    long[] low = Scratch.ofThread().longs(TERMS * count);
    sampler.fill(low, TERMS * places.length);
    if (bits < Long.SIZE - 2) {
      addUp(low, places, sums);
      return sums;
    }
    long[] high = Scratch.ofThread().zeroLongs(TERMS * count);
    if (bits > Long.SIZE) {
      sampler.fill(high, TERMS * places.length);
    }
    addUp(low, high, places, sums);
    return sums;
  }

  /// Sums that fit a word.
  private void addUp(long[] words, int[] places, Wide sums) {
    long mask = (1L << bits) - 1;
    // The mean of the sum, 4·(2^k − 1)/2 = 2^(k+1) − 2, goes away.
    long start = 2 - (2L << bits);
    for (int n = 0; n < places.length; n++) {
      int term = TERMS * n;
      long sum =
          start
              + (words[term] & mask)
              + (words[term + 1] & mask)
              + (words[term + 2] & mask)
              + (words[term + 3] & mask);
      sums.low()[places[n]] = sum;
      sums.high()[places[n]] = sum >> (Long.SIZE - 1);
    }
  }

  private void addUp(long[] low, long[] high, int[] places, Wide sums) {
    long lowMask = bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    long highMask = bits > Long.SIZE ? (1L << (bits - Long.SIZE)) - 1 : 0;
    // k ≥ 62.
    long startLow = 2 - (bits + 1 < Long.SIZE ? 2L << bits : 0);
    long startHigh = bits + 1 < Long.SIZE ? startLow >> 63 : -(1L << (bits + 1 - Long.SIZE));
    for (int n = 0; n < places.length; n++) {
      long sumLow = startLow;
      long sumHigh = startHigh;
      for (int term = TERMS * n; term < TERMS * (n + 1); term++) {
        long addend = low[term] & lowMask;
        sumLow += addend;
        sumHigh += (high[term] & highMask) + (Long.compareUnsigned(sumLow, addend) < 0 ? 1 : 0);
      }
      sums.low()[places[n]] = sumLow;
      sums.high()[places[n]] = sumHigh;
    }
  }
}
