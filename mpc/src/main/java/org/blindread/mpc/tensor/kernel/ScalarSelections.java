package org.blindread.mpc.tensor.kernel;

/// [SelectionLoops] element by element.
final class ScalarSelections implements SelectionLoops {
  @Override
  public void deal(Selection selection, long[] r, int from, int count, long[] sign, long[][] rows) {
    deal(selection, r, from, 0, count, sign, rows);
  }

  /// The elements `begin` … `count` − 1.
  static void deal(
      Selection selection, long[] r, int from, int begin, int count, long[] sign, long[][] rows) {
    int unused = Long.SIZE - selection.bits();
    for (int i = begin; i < count; i++) {
      long value = r[from + i] << unused >>> unused;
      long s = value >>> selection.shift();
      long m = value >>> (selection.bits() - 1);
      rows[0][i] = s;
      rows[1][i] = m;
      rows[2][i] = sign[i];
      rows[3][i] = s & -sign[i];
      rows[4][i] = m & sign[i];
      if (selection.exact()) {
        rows[6][i] = rows[5][i] & sign[i];
      }
    }
  }

  @Override
  public void select(
      Selection selection,
      long[] c,
      int from,
      int count,
      long[] sign,
      long[] borrow,
      long[][] rows,
      long[] y) {
    select(selection, c, from, 0, count, sign, borrow, rows, y);
  }

  /// The elements `begin` … `count` − 1.
  static void select(
      Selection selection,
      long[] c,
      int from,
      int begin,
      int count,
      long[] sign,
      long[] borrow,
      long[][] rows,
      long[] y) {
    int bits = selection.bits();
    int f = selection.shift();
    int unused = Long.SIZE - bits;
    long middle = 1L << (bits - 2 - f);
    for (int i = begin; i < count; i++) {
      long value = c[from + i] << unused >>> unused;
      long wraps = (value >>> (bits - 1)) - 1;
      long a = (value >>> f) - middle - borrow[i];
      long t = (a & selection.one()) + (rows[1][i] << (bits - f) & wraps) - rows[0][i];
      long masked = a * rows[2][i] + (rows[4][i] << (bits - f) & wraps) - rows[3][i];
      if (selection.exact()) {
        long flip = 1 - 2 * borrow[i];
        t -= flip * rows[5][i];
        masked -= flip * rows[6][i];
      }
      y[from + i] = sign[i] * t + (1 - 2 * sign[i]) * masked;
    }
  }
}
