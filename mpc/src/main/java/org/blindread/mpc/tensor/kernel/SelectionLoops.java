package org.blindread.mpc.tensor.kernel;

/// Loops of [Selection] over whole arrays; lengths were checked.
interface SelectionLoops {
  /// See [Selection#deal].
  void deal(Selection selection, long[] r, int from, int count, long[] sign, long[][] rows);

  /// See [Selection#select].
  void select(
      Selection selection,
      long[] c,
      int from,
      int count,
      long[] sign,
      long[] borrow,
      long[][] rows,
      long[] y);
}
