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

  /// Fresh noise, modulo 2^128.
  Wide draw(int count, Sampler sampler) {
    Wide sums = Wide.zeros(count);
    long[] low = sampler.words(TERMS * count);
    long[] high = bits > Long.SIZE ? sampler.words(TERMS * count) : new long[TERMS * count];
    long lowMask = bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    long highMask = bits > Long.SIZE ? (1L << (bits - Long.SIZE)) - 1 : 0;
    // The mean of the sum, 4·(2^k − 1)/2 = 2^(k+1) − 2, goes away.
    long startLow = 2 - (bits + 1 < Long.SIZE ? 2L << bits : 0);
    long startHigh = bits + 1 < Long.SIZE ? startLow >> 63 : -(1L << (bits + 1 - Long.SIZE));
    for (int i = 0; i < count; i++) {
      long sumLow = startLow;
      long sumHigh = startHigh;
      for (int term = TERMS * i; term < TERMS * (i + 1); term++) {
        long addend = low[term] & lowMask;
        sumLow += addend;
        sumHigh += (high[term] & highMask) + (Long.compareUnsigned(sumLow, addend) < 0 ? 1 : 0);
      }
      sums.low()[i] = sumLow;
      sums.high()[i] = sumHigh;
    }
    return sums;
  }
}
