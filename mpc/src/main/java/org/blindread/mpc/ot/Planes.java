package org.blindread.mpc.ot;

import org.blindread.mpc.tensor.kernel.BitSlice;

/// Bits to planes in the order of [BitSlice].
final class Planes {
  private Planes() {}

  /// The plane of values 0 or 1.
  ///
  /// @throws IllegalArgumentException if one is neither
  static long[] ofBits(long[] bits) {
    long all = 0;
    for (long bit : bits) {
      all |= bit;
    }
    if (all >>> 1 != 0) {
      throw new IllegalArgumentException("choices are 0 or 1");
    }
    return ofLowBits(bits, bits.length, 1);
  }

  /// Planes of the `bits` low bits of the first `count` values, one after the other.
  static long[] ofLowBits(long[] values, int count, int bits) {
    long[] planes = new long[bits * BitSlice.words(count)];
    BitSlice.slice(values, 0, count, 0, bits, planes, 0);
    return planes;
  }

  /// A mask of the low 1 … 64 bits.
  static long lowBits(int bits) {
    return -1L >>> (Long.SIZE - bits);
  }
}
