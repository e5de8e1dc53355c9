package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [SelectionLoops] on the widest registers. Products by 0 and ±1 are masks and conditional
/// negations, which leaves one multiplication an element.
final class VectorSelections implements SelectionLoops {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  @Override
  public void deal(Selection selection, long[] r, int from, int count, long[] sign, long[][] rows) {
    int unused = Long.SIZE - selection.bits();
    int end = SPECIES.loopBound(count);
    long[] rowS = rows[0];
    long[] rowM = rows[1];
    long[] rowB = rows[2];
    long[] rowBs = rows[3];
    long[] rowBm = rows[4];
    for (int i = 0; i < end; i += SPECIES.length()) {
      LongVector value =
          LongVector.fromArray(SPECIES, r, from + i)
              .lanewise(VectorOperators.LSHL, unused)
              .lanewise(VectorOperators.LSHR, unused);
      LongVector s = value.lanewise(VectorOperators.LSHR, selection.shift());
      LongVector m = value.lanewise(VectorOperators.LSHR, selection.bits() - 1);
      LongVector b = LongVector.fromArray(SPECIES, sign, i);
      s.intoArray(rowS, i);
      m.intoArray(rowM, i);
      b.intoArray(rowB, i);
      s.and(b.neg()).intoArray(rowBs, i);
      m.and(b).intoArray(rowBm, i);
    }
    if (selection.exact()) {
      long[] rowO = rows[5];
      long[] rowBo = rows[6];
      for (int i = 0; i < end; i += SPECIES.length()) {
        LongVector.fromArray(SPECIES, rowO, i)
            .and(LongVector.fromArray(SPECIES, sign, i))
            .intoArray(rowBo, i);
      }
    }
    ScalarSelections.deal(selection, r, from, end, count, sign, rows);
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
    int bits = selection.bits();
    int f = selection.shift();
    int unused = Long.SIZE - bits;
    long middle = 1L << (bits - 2 - f);
    boolean exact = selection.exact();
    long[] rowS = rows[0];
    long[] rowM = rows[1];
    long[] rowB = rows[2];
    long[] rowBs = rows[3];
    long[] rowBm = rows[4];
    long[] rowO = exact ? rows[5] : rowS;
    long[] rowBo = exact ? rows[6] : rowS;
    int end = SPECIES.loopBound(count);
    for (int i = 0; i < end; i += SPECIES.length()) {
      LongVector value =
          LongVector.fromArray(SPECIES, c, from + i)
              .lanewise(VectorOperators.LSHL, unused)
              .lanewise(VectorOperators.LSHR, unused);
      LongVector wraps = value.lanewise(VectorOperators.LSHR, bits - 1).sub(1);
      LongVector o = LongVector.fromArray(SPECIES, borrow, i);
      LongVector a = value.lanewise(VectorOperators.LSHR, f).sub(middle).sub(o);
      LongVector t =
          a.and(selection.one())
              .add(
                  LongVector.fromArray(SPECIES, rowM, i)
                      .lanewise(VectorOperators.LSHL, bits - f)
                      .and(wraps))
              .sub(LongVector.fromArray(SPECIES, rowS, i));
      LongVector masked =
          a.mul(LongVector.fromArray(SPECIES, rowB, i))
              .add(
                  LongVector.fromArray(SPECIES, rowBm, i)
                      .lanewise(VectorOperators.LSHL, bits - f)
                      .and(wraps))
              .sub(LongVector.fromArray(SPECIES, rowBs, i));
      if (exact) {
        t = t.sub(negatedWhere(o, LongVector.fromArray(SPECIES, rowO, i)));
        masked = masked.sub(negatedWhere(o, LongVector.fromArray(SPECIES, rowBo, i)));
      }
      LongVector b = LongVector.fromArray(SPECIES, sign, i);
      t.and(b.neg()).add(negatedWhere(b, masked)).intoArray(y, from + i);
    }
    ScalarSelections.select(selection, c, from, end, count, sign, borrow, rows, y);
  }

  /// −x where the bit is 1, x where it is 0.
  private static LongVector negatedWhere(LongVector bit, LongVector x) {
    return x.lanewise(VectorOperators.XOR, bit.neg()).add(bit);
  }
}
