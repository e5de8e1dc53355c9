package org.blindread.mpc.protocol.masked;

import java.util.Arrays;
import org.blindread.mpc.tensor.kernel.BitPlanes;

/// Borrow generation and propagation over a group of up to four bits of c − r, c public.
///
/// Bit i generates g_i = ¬c_i·r_i and propagates p_i = ¬c_i ⊕ r_i. With d = ¬c both are affine in
/// r, so G and P of the group are polynomials in its bits of r with public coefficients. From XOR
/// shares of all products M[T] = ∏_T r the evaluators compute shares of G and P without talking, by
/// the recursion of [BitPlanes#foldFour].
///
/// Sets are bit masks over the group's bits; product planes lie by rising mask from 1.
final class BitGroup {
  private static final int FOUR = 4;

  private BitGroup() {}

  /// Product planes of a group.
  static int products(int size) {
    return (1 << size) - 1;
  }

  /// P0: all products of the bits of r.
  ///
  /// @param bits planes of r, bit i at `from + i·words`
  /// @param products receives plane T at `to + (T−1)·words`
  static void multiply(int size, long[] bits, int from, long[] products, int to, int words) {
    for (int set = 1; set < 1 << size; set++) {
      int highest = Integer.highestOneBit(set);
      int bit = from + Integer.numberOfTrailingZeros(highest) * words;
      int out = to + (set - 1) * words;
      if (set == highest) {
        System.arraycopy(bits, bit, products, out, words);
      } else {
        int rest = to + ((set ^ highest) - 1) * words;
        BitPlanes.and(products, out, products, rest, bits, bit, words);
      }
    }
  }

  /// An evaluator: shares of G and P.
  ///
  /// @param d planes of ¬c, bit i at `from + i·words`
  /// @param products this party's shares, plane T at `at + (T−1)·words`
  /// @param one share of 1: all ones at P1, zero at P2
  /// @param out receives G at `to`, P (if wanted) at `to + words`
  static void fold(
      int size,
      boolean propagate,
      long[] d,
      int from,
      long[] products,
      int at,
      long one,
      long[] out,
      int to,
      int words) {
    if (size == FOUR) {
      BitPlanes.foldFour(propagate, d, from, products, at, one, out, to, words);
    } else {
      // A bit that is missing at the top propagates and generates nothing: d = 1, r = 0.
      long[] d4 = Arrays.copyOfRange(d, from, from + size * words);
      d4 = Arrays.copyOf(d4, FOUR * words);
      Arrays.fill(d4, size * words, FOUR * words, -1);
      long[] m = Arrays.copyOfRange(products, at, at + products(size) * words);
      m = Arrays.copyOf(m, products(FOUR) * words);
      BitPlanes.foldFour(propagate, d4, 0, m, 0, one, out, to, words);
    }
  }
}
