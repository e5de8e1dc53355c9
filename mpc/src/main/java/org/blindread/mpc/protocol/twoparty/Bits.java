package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.tensor.kernel.BitSlice;

/// Planes to bits, one a word.
final class Bits {
  private Bits() {}

  static long[] ofPlane(long[] plane, int count) {
    long[] bits = new long[count];
    BitSlice.spread(plane, 0, count, bits, 0);
    return bits;
  }
}
