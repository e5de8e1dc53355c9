package org.blindread.mpc.tensor.kernel;

/// Loops over bit planes, one word for 64 values; see [BitPlanes]. All planes of one call have the
/// same number of words, a multiple of 8.
interface PlaneLoops {
  /// out = (a & b) ^ c; `out` may be any of the operands.
  void andXor(
      long[] out, int to, long[] a, int fromA, long[] b, int fromB, long[] c, int fromC, int words);

  /// out = a & b.
  void and(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words);

  /// out = a ^ b.
  void xor(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words);

  /// See [BitPlanes#foldFour].
  void foldFour(
      boolean propagate,
      long[] d,
      int from,
      long[] m,
      int at,
      long one,
      long[] out,
      int to,
      int words);
}
