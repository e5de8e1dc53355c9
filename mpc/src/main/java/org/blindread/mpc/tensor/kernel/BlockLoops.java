package org.blindread.mpc.tensor.kernel;

/// Loops over elements of 128 bits, pairs of words; see [BitTransposition], [LeafSums] and
/// [SparseCode].
interface BlockLoops {
  /// Transposes whole blocks of 512 columns: bit k of `planes[from + i·planeWords + 8b + j]`
  /// becomes bit i of element `512·b + 8k + j` of `out`, which begins at word `to`.
  void transpose(long[] planes, int from, int planeWords, int blocks, long[] out, int to);

  /// See [LeafSums#fold].
  void fold(long[][] leaves, int words, long[] planes, int to);

  /// See [SparseCode#add].
  void add(long[] x, int mask, long[] rows, int from, int count, long[] y, int to);
}
