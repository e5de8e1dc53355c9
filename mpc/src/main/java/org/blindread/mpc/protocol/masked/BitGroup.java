package org.blindread.mpc.protocol.masked;

/// Borrow generation and propagation over a group of up to four bits of c − r, c public.
///
/// Bit i generates g_i = ¬c_i·r_i and propagates p_i = ¬c_i ⊕ r_i. With d = ¬c both are affine in
/// r, so G and P of the group are polynomials in its bits of r with public coefficients. From XOR
/// shares of all products M[T] = ∏_T r the evaluators compute shares of G and P without talking:
///
/// X_0[T] = d_0·M[T ∪ {0}], Y_0[T] = d_0·M[T] ⊕ M[T ∪ {0}], then for each higher bit i X'[T] =
/// d_i·(M[T ∪ {i}] ⊕ X[T]) ⊕ X[T ∪ {i}], Y'[T] = d_i·Y[T] ⊕ Y[T ∪ {i}].
///
/// Sets are bit masks over the group's bits; product planes lie by rising mask from 1.
final class BitGroup {
  private final int size;
  private final boolean propagate;
  private final int words;
  private final long[][] x;
  private final long[][] y;

  /// @param size bits, 1 … 4
  /// @param propagate whether P is wanted
  /// @param words words of a plane
  BitGroup(int size, boolean propagate, int words) {
    this.size = size;
    this.propagate = propagate;
    this.words = words;
    x = new long[1 << size][words];
    y = new long[1 << size][words];
  }

  /// P0: all products of the bits of r.
  ///
  /// @param bits planes of r, bit i at `from + i·words`
  /// @param products receives plane T at `to + (T−1)·words`
  void multiply(long[] bits, int from, long[] products, int to) {
    for (int set = 1; set < 1 << size; set++) {
      int highest = Integer.highestOneBit(set);
      int bit = from + Integer.numberOfTrailingZeros(highest) * words;
      int out = to + (set - 1) * words;
      if (set == highest) {
        System.arraycopy(bits, bit, products, out, words);
      } else {
        int rest = to + ((set ^ highest) - 1) * words;
        for (int w = 0; w < words; w++) {
          products[out + w] = products[rest + w] & bits[bit + w];
        }
      }
    }
  }

  /// An evaluator: shares of G and P.
  ///
  /// @param d planes of ¬c, bit i at `from + i·words`
  /// @param products this party's shares, plane T at `at + (T−1)·words`
  /// @param one share of 1: all ones at P1, zero at P2
  /// @param out receives G at `to`, P (if wanted) at `to + words`
  void fold(long[] d, int from, long[] products, int at, long one, long[] out, int to) {
    for (int set = 0; set < 1 << size; set += 2) {
      first(d, from, products, at, set, one);
    }
    for (int i = 1; i < size; i++) {
      for (int set = 0; set < 1 << size; set += 2 << i) {
        next(d, from + i * words, products, at + ((set | (1 << i)) - 1) * words, i, set);
      }
    }
    System.arraycopy(x[0], 0, out, to, words);
    if (propagate) {
      System.arraycopy(y[0], 0, out, to + words, words);
    }
  }

  private void first(long[] d, int from, long[] products, int at, int set, long one) {
    long[] gx = x[set];
    long[] py = y[set];
    int with = at + set * words;
    if (set == 0) {
      for (int w = 0; w < words; w++) {
        gx[w] = d[from + w] & products[with + w];
        py[w] = (d[from + w] & one) ^ products[with + w];
      }
    } else {
      int without = with - words;
      for (int w = 0; w < words; w++) {
        gx[w] = d[from + w] & products[with + w];
        py[w] = (d[from + w] & products[without + w]) ^ products[with + w];
      }
    }
  }

  private void next(long[] d, int from, long[] products, int with, int i, int set) {
    long[] gx = x[set];
    long[] gWith = x[set | (1 << i)];
    for (int w = 0; w < words; w++) {
      gx[w] = (d[from + w] & (products[with + w] ^ gx[w])) ^ gWith[w];
    }
    if (propagate) {
      long[] py = y[set];
      long[] pWith = y[set | (1 << i)];
      for (int w = 0; w < words; w++) {
        py[w] = (d[from + w] & py[w]) ^ pWith[w];
      }
    }
  }
}
