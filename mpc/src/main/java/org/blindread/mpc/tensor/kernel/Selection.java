package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Selection and truncation in one, on masked ring elements: the arithmetic of a truncating ReLU.
///
/// With v = c − r mod 2^ℓ, 0 ≤ v < 2^(ℓ−1), c public and r known to P0, the truncation of v −
/// 2^(ℓ−2) by f bits is t = a + w·m − s, where a = (c≫f) − 2^(ℓ−2−f) − o, w = 2^(ℓ−f)·(1 − msb c),
/// m = msb r, s = r≫f and o is the borrow into bit f. Rows of numbers that P0 shares:
///
/// | row | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
/// |---|---|---|---|---|---|---|---|
/// | | s | m | λb | λb·s | λb·m | λo | λb·λo |
///
/// Rows 5 and 6 are present where the borrow is exact.
///
/// @param bits ring width ℓ, 16 … 64
/// @param shift truncated bits f, 1 … ℓ−3
/// @param exact whether the borrow is exact
/// @param one share of the constant 1: −1 (all ones) or 0
public record Selection(int bits, int shift, boolean exact, long one) {
  private static final SelectionLoops LOOPS = KernelChoice.CHOSEN.selections();

  /// P0's numbers: from r (`count` elements at `from`) and the mask bits λb (`sign`, 0 or 1) fills
  /// rows 0 to 4, and row 6 from row 5, which holds λo already.
  public void deal(long[] r, int from, int count, long[] sign, long[][] rows) {
    check(r, from, count, sign, rows);
    LOOPS.deal(this, r, from, count, sign, rows);
  }

  /// An evaluator's share of b·t, with b = Δb ⊕ λb and o = Δo ⊕ λo:
  ///
  /// y = Δb·t + (1 − 2Δb)·(λb·t).
  ///
  /// @param c public elements, `count` at `from`
  /// @param sign Δb, 0 or 1
  /// @param borrow Δo, 0 or 1
  /// @param rows this party's shares of P0's numbers
  /// @param y receives `count` shares at `from`
  public void select(
      long[] c, int from, int count, long[] sign, long[] borrow, long[][] rows, long[] y) {
    check(c, from, count, sign, rows);
    Objects.checkFromIndexSize(0, count, borrow.length);
    Objects.checkFromIndexSize(from, count, y.length);
    LOOPS.select(this, c, from, count, sign, borrow, rows, y);
  }

  private void check(long[] values, int from, int count, long[] sign, long[][] rows) {
    Objects.checkFromIndexSize(from, count, values.length);
    Objects.checkFromIndexSize(0, count, sign.length);
    Objects.checkFromIndexSize(0, exact ? 7 : 5, rows.length);
    for (long[] row : rows) {
      Objects.checkFromIndexSize(0, count, row.length);
    }
  }
}
