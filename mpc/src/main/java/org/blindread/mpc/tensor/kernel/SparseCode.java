package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Multiplication by a sparse random matrix over GF(2), ten ones a row, of elements of 128 bits:
/// y_i ⊕= ⊕_{t<10} x_{r(i,t)}. The step of LPN-based OT that dominates it; bound by memory, for
/// every one of the ten is elsewhere.
///
/// Row i is five words `rows[from + 5i …]`, each two indices of 32 bits, of which the low bits
/// count.
public final class SparseCode {
  /// Ones in a row.
  public static final int WEIGHT = 10;

  /// Words that describe a row.
  public static final int ROW_WORDS = WEIGHT / 2;

  private SparseCode() {}

  /// Adds `count` rows times x to the elements of y from `toElement`.
  ///
  /// @param x elements, a power of two of them
  /// @param elements how many
  /// @throws IllegalArgumentException if they are no power of two
  /// @throws IndexOutOfBoundsException if an array is too short
  public static void add(
      long[] x, int elements, long[] rows, int from, int count, long[] y, int toElement) {
    add(KernelChoice.CHOSEN.blocks(), x, elements, rows, from, count, y, toElement);
  }

  static void add(
      BlockLoops loops,
      long[] x,
      int elements,
      long[] rows,
      int from,
      int count,
      long[] y,
      int toElement) {
    if (Integer.bitCount(elements) != 1 || elements < 0) {
      throw new IllegalArgumentException("a code over a power of two elements, not " + elements);
    }
    Objects.checkFromIndexSize(0, 2L * elements, x.length);
    Objects.checkFromIndexSize(from, (long) ROW_WORDS * count, rows.length);
    Objects.checkFromIndexSize(2L * toElement, 2L * count, y.length);
    loops.add(x, elements - 1, rows, from, count, y, 2 * toElement);
  }
}
