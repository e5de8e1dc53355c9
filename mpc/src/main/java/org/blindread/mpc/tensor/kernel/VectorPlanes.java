package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [PlaneLoops] on the widest registers. The fold keeps all its 19 inputs in registers: on 512 bits
/// one pass serves 512 values.
final class VectorPlanes implements PlaneLoops {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  @Override
  public void andXor(
      long[] out,
      int to,
      long[] a,
      int fromA,
      long[] b,
      int fromB,
      long[] c,
      int fromC,
      int words) {
    for (int w = 0; w < words; w += SPECIES.length()) {
      LongVector.fromArray(SPECIES, a, fromA + w)
          .and(LongVector.fromArray(SPECIES, b, fromB + w))
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, c, fromC + w))
          .intoArray(out, to + w);
    }
  }

  @Override
  public void and(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    for (int w = 0; w < words; w += SPECIES.length()) {
      LongVector.fromArray(SPECIES, a, fromA + w)
          .and(LongVector.fromArray(SPECIES, b, fromB + w))
          .intoArray(out, to + w);
    }
  }

  @Override
  public void xor(long[] out, int to, long[] a, int fromA, long[] b, int fromB, int words) {
    for (int w = 0; w < words; w += SPECIES.length()) {
      LongVector.fromArray(SPECIES, a, fromA + w)
          .lanewise(VectorOperators.XOR, LongVector.fromArray(SPECIES, b, fromB + w))
          .intoArray(out, to + w);
    }
  }

  @Override
  public void foldFour(
      boolean propagate,
      long[] d,
      int from,
      long[] m,
      int at,
      long one,
      long[] out,
      int to,
      int words) {
    LongVector ones = LongVector.broadcast(SPECIES, one);
    for (int w = 0; w < words; w += SPECIES.length()) {
      LongVector d0 = LongVector.fromArray(SPECIES, d, from + w);
      LongVector d1 = LongVector.fromArray(SPECIES, d, from + words + w);
      LongVector d2 = LongVector.fromArray(SPECIES, d, from + 2 * words + w);
      LongVector d3 = LongVector.fromArray(SPECIES, d, from + 3 * words + w);
      LongVector m1 = LongVector.fromArray(SPECIES, m, at + w);
      LongVector m2 = LongVector.fromArray(SPECIES, m, at + words + w);
      LongVector m3 = LongVector.fromArray(SPECIES, m, at + 2 * words + w);
      LongVector m4 = LongVector.fromArray(SPECIES, m, at + 3 * words + w);
      LongVector m5 = LongVector.fromArray(SPECIES, m, at + 4 * words + w);
      LongVector m6 = LongVector.fromArray(SPECIES, m, at + 5 * words + w);
      LongVector m7 = LongVector.fromArray(SPECIES, m, at + 6 * words + w);
      LongVector m8 = LongVector.fromArray(SPECIES, m, at + 7 * words + w);
      LongVector m9 = LongVector.fromArray(SPECIES, m, at + 8 * words + w);
      LongVector m10 = LongVector.fromArray(SPECIES, m, at + 9 * words + w);
      LongVector m11 = LongVector.fromArray(SPECIES, m, at + 10 * words + w);
      LongVector m12 = LongVector.fromArray(SPECIES, m, at + 11 * words + w);
      LongVector m13 = LongVector.fromArray(SPECIES, m, at + 12 * words + w);
      LongVector m14 = LongVector.fromArray(SPECIES, m, at + 13 * words + w);
      LongVector m15 = LongVector.fromArray(SPECIES, m, at + 14 * words + w);
      LongVector x0 = d0.and(m1);
      LongVector x2 = d0.and(m3);
      LongVector x4 = d0.and(m5);
      LongVector x6 = d0.and(m7);
      LongVector x8 = d0.and(m9);
      LongVector x10 = d0.and(m11);
      LongVector x12 = d0.and(m13);
      LongVector x14 = d0.and(m15);
      x0 = d1.and(m2.lanewise(VectorOperators.XOR, x0)).lanewise(VectorOperators.XOR, x2);
      x4 = d1.and(m6.lanewise(VectorOperators.XOR, x4)).lanewise(VectorOperators.XOR, x6);
      x8 = d1.and(m10.lanewise(VectorOperators.XOR, x8)).lanewise(VectorOperators.XOR, x10);
      x12 = d1.and(m14.lanewise(VectorOperators.XOR, x12)).lanewise(VectorOperators.XOR, x14);
      x0 = d2.and(m4.lanewise(VectorOperators.XOR, x0)).lanewise(VectorOperators.XOR, x4);
      x8 = d2.and(m12.lanewise(VectorOperators.XOR, x8)).lanewise(VectorOperators.XOR, x12);
      x0 = d3.and(m8.lanewise(VectorOperators.XOR, x0)).lanewise(VectorOperators.XOR, x8);
      x0.intoArray(out, to + w);
      if (propagate) {
        LongVector y0 = d0.and(ones).lanewise(VectorOperators.XOR, m1);
        LongVector y2 = d0.and(m2).lanewise(VectorOperators.XOR, m3);
        LongVector y4 = d0.and(m4).lanewise(VectorOperators.XOR, m5);
        LongVector y6 = d0.and(m6).lanewise(VectorOperators.XOR, m7);
        LongVector y8 = d0.and(m8).lanewise(VectorOperators.XOR, m9);
        LongVector y10 = d0.and(m10).lanewise(VectorOperators.XOR, m11);
        LongVector y12 = d0.and(m12).lanewise(VectorOperators.XOR, m13);
        LongVector y14 = d0.and(m14).lanewise(VectorOperators.XOR, m15);
        y0 = d1.and(y0).lanewise(VectorOperators.XOR, y2);
        y4 = d1.and(y4).lanewise(VectorOperators.XOR, y6);
        y8 = d1.and(y8).lanewise(VectorOperators.XOR, y10);
        y12 = d1.and(y12).lanewise(VectorOperators.XOR, y14);
        y0 = d2.and(y0).lanewise(VectorOperators.XOR, y4);
        y8 = d2.and(y8).lanewise(VectorOperators.XOR, y12);
        y0 = d3.and(y0).lanewise(VectorOperators.XOR, y8);
        y0.intoArray(out, to + words + w);
      }
    }
  }
}
