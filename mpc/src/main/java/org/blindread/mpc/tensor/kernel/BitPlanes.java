package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Boolean arithmetic on bit planes as [BitSlice] makes them: the inner loops of masked prefix
/// networks.
///
/// A plane is a run of words in an array; all planes of one call have the same number of words, a
/// multiple of 8.
public final class BitPlanes {
  private static final PlaneLoops LOOPS = KernelChoice.CHOSEN.planes();

  private BitPlanes() {}

  /// out = (a & b) ^ c; `out` may lie on an operand.
  public static void andXor(
      long[] out,
      int to,
      long[] a,
      int fromA,
      long[] b,
      int fromB,
      long[] c,
      int fromC,
      int words) {
    check(out, to, words);
    check(a, fromA, words);
    check(b, fromB, words);
    check(c, fromC, words);
    LOOPS.andXor(out, to, a, fromA, b, fromB, c, fromC, words);
  }

  /// out = a & b; `out` may lie on an operand.
  public static void and(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    check(out, to, words);
    check(a, fromA, words);
    check(b, fromB, words);
    LOOPS.and(out, to, a, fromA, b, fromB, words);
  }

  /// out = a ^ b; `out` may lie on an operand.
  public static void xor(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    check(out, to, words);
    check(a, fromA, words);
    check(b, fromB, words);
    LOOPS.xor(out, to, a, fromA, b, fromB, words);
  }

  /// Folds four bits into a pair (G, P): with planes d_0 … d_3 and M[T] for the sets T of bits, as
  /// bit masks 1 … 15,
  ///
  /// X[T] = d_0·M[T ∪ {0}], Y[T] = d_0·M[T] ⊕ M[T ∪ {0}] (M[∅] = `one`), then for i = 1, 2, 3 X[T]
  /// ← d_i·(M[T ∪ {i}] ⊕ X[T]) ⊕ X[T ∪ {i}], Y[T] ← d_i·Y[T] ⊕ Y[T ∪ {i}];
  ///
  /// G = X[∅] goes to `to`, P = Y[∅] (where wanted) behind it.
  ///
  /// @param d plane i at `from + i·words`
  /// @param m plane T at `at + (T − 1)·words`
  public static void foldFour(
      boolean propagate,
      long[] d,
      int from,
      long[] m,
      int at,
      long one,
      long[] out,
      int to,
      int words) {
    check(d, from, 4 * words);
    check(m, at, 15 * words);
    check(out, to, (propagate ? 2 : 1) * words);
    LOOPS.foldFour(propagate, d, from, m, at, one, out, to, words);
  }

  private static void check(long[] planes, int from, int words) {
    Objects.checkFromIndexSize(from, words, planes.length);
    if (words % 8 != 0) {
      throw new IllegalArgumentException("a plane has a multiple of 8 words, not " + words);
    }
  }
}
