package org.blindread.mpc.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [BlockLoops] on vector registers: the transposes of [VectorBits], on planes instead of values,
/// the two halves of each element zipped at the end; sums of sixteen leaves held in registers; sums
/// of one element a register.
final class VectorBlocks implements BlockLoops {
  private static final VectorSpecies<Long> SPECIES = VectorBits.SPECIES;
  private static final VectorSpecies<Long> PAIRS = LongVector.SPECIES_128;
  private static final VectorShuffle<Long> ZIP_LOW = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Long> ZIP_HIGH = VectorShuffle.makeZip(SPECIES, 1);
  private static final int LANES = SPECIES.length();
  private static final int ROW = 8;
  private static final int ROWS = Long.SIZE;
  private static final int QUARTER = ROWS / 4;
  private static final int PAIR = 2;

  @Override
  public void transpose(long[] planes, int from, int planeWords, int blocks, long[] out, int to) {
    long[] low = new long[ROWS * LANES];
    long[] high = new long[ROWS * LANES];
    for (int b = 0; b < blocks; b++) {
      for (int lane = 0; lane < ROW; lane += LANES) {
        int at = from + b * ROW + lane;
        half(planes, at, planeWords, low);
        half(planes, at + ROWS * planeWords, planeWords, high);
        zip(low, high, out, to + PAIR * (b * Kernels.BLOCK + lane));
      }
    }
  }

  private static void half(long[] planes, int at, int planeWords, long[] rows) {
    steps32And16(planes, at, planeWords, rows);
    VectorBits.steps8And4(rows, ROWS);
    VectorBits.steps2And1(rows, ROWS, rows, 0, LANES);
  }

  private static void steps32And16(long[] planes, int at, int planeWords, long[] rows) {
    LongVector mask32 = LongVector.broadcast(SPECIES, 0x00000000FFFFFFFFL);
    LongVector mask16 = LongVector.broadcast(SPECIES, 0x0000FFFF0000FFFFL);
    LongVector t;
    for (int r = 0; r < QUARTER; r++) {
      int from = at + r * planeWords;
      LongVector r0 = LongVector.fromArray(SPECIES, planes, from);
      LongVector r1 = LongVector.fromArray(SPECIES, planes, from + 1 * QUARTER * planeWords);
      LongVector r2 = LongVector.fromArray(SPECIES, planes, from + 2 * QUARTER * planeWords);
      LongVector r3 = LongVector.fromArray(SPECIES, planes, from + 3 * QUARTER * planeWords);
      t = r0.lanewise(LSHR, 32).lanewise(XOR, r2).and(mask32);
      r0 = r0.lanewise(XOR, t.lanewise(LSHL, 32));
      r2 = r2.lanewise(XOR, t);
      t = r1.lanewise(LSHR, 32).lanewise(XOR, r3).and(mask32);
      r1 = r1.lanewise(XOR, t.lanewise(LSHL, 32));
      r3 = r3.lanewise(XOR, t);
      t = r0.lanewise(LSHR, 16).lanewise(XOR, r1).and(mask16);
      r0 = r0.lanewise(XOR, t.lanewise(LSHL, 16));
      r1 = r1.lanewise(XOR, t);
      t = r2.lanewise(LSHR, 16).lanewise(XOR, r3).and(mask16);
      r2 = r2.lanewise(XOR, t.lanewise(LSHL, 16));
      r3 = r3.lanewise(XOR, t);
      r0.intoArray(rows, r * LANES);
      r1.intoArray(rows, (r + 1 * QUARTER) * LANES);
      r2.intoArray(rows, (r + 2 * QUARTER) * LANES);
      r3.intoArray(rows, (r + 3 * QUARTER) * LANES);
    }
  }

  private static void zip(long[] low, long[] high, long[] out, int to) {
    for (int k = 0; k < ROWS; k++) {
      LongVector a = LongVector.fromArray(SPECIES, low, k * LANES);
      LongVector b = LongVector.fromArray(SPECIES, high, k * LANES);
      int at = to + PAIR * ROW * k;
      a.rearrange(ZIP_LOW, b).intoArray(out, at);
      a.rearrange(ZIP_HIGH, b).intoArray(out, at + LANES);
    }
  }

  @Override
  public void fold(long[][] leaves, int words, long[] planes, int to) {
    for (int w = 0; w < words; w += LANES) {
      LongVector x0 = LongVector.fromArray(SPECIES, leaves[0], w);
      LongVector x1 = LongVector.fromArray(SPECIES, leaves[1], w);
      LongVector x2 = LongVector.fromArray(SPECIES, leaves[2], w);
      LongVector x3 = LongVector.fromArray(SPECIES, leaves[3], w);
      LongVector x4 = LongVector.fromArray(SPECIES, leaves[4], w);
      LongVector x5 = LongVector.fromArray(SPECIES, leaves[5], w);
      LongVector x6 = LongVector.fromArray(SPECIES, leaves[6], w);
      LongVector x7 = LongVector.fromArray(SPECIES, leaves[7], w);
      LongVector x8 = LongVector.fromArray(SPECIES, leaves[8], w);
      LongVector x9 = LongVector.fromArray(SPECIES, leaves[9], w);
      LongVector x10 = LongVector.fromArray(SPECIES, leaves[10], w);
      LongVector x11 = LongVector.fromArray(SPECIES, leaves[11], w);
      LongVector x12 = LongVector.fromArray(SPECIES, leaves[12], w);
      LongVector x13 = LongVector.fromArray(SPECIES, leaves[13], w);
      LongVector x14 = LongVector.fromArray(SPECIES, leaves[14], w);
      LongVector x15 = LongVector.fromArray(SPECIES, leaves[15], w);
      LongVector p0 =
          x1.lanewise(XOR, x3)
              .lanewise(XOR, x5)
              .lanewise(XOR, x7)
              .lanewise(XOR, x9)
              .lanewise(XOR, x11)
              .lanewise(XOR, x13)
              .lanewise(XOR, x15);
      p0.intoArray(planes, to + 0 * words + w);
      x0 = x0.lanewise(XOR, x1);
      x2 = x2.lanewise(XOR, x3);
      x4 = x4.lanewise(XOR, x5);
      x6 = x6.lanewise(XOR, x7);
      x8 = x8.lanewise(XOR, x9);
      x10 = x10.lanewise(XOR, x11);
      x12 = x12.lanewise(XOR, x13);
      x14 = x14.lanewise(XOR, x15);
      LongVector p1 = x2.lanewise(XOR, x6).lanewise(XOR, x10).lanewise(XOR, x14);
      p1.intoArray(planes, to + 1 * words + w);
      x0 = x0.lanewise(XOR, x2);
      x4 = x4.lanewise(XOR, x6);
      x8 = x8.lanewise(XOR, x10);
      x12 = x12.lanewise(XOR, x14);
      LongVector p2 = x4.lanewise(XOR, x12);
      p2.intoArray(planes, to + 2 * words + w);
      x0 = x0.lanewise(XOR, x4);
      x8 = x8.lanewise(XOR, x12);
      LongVector p3 = x8;
      p3.intoArray(planes, to + 3 * words + w);
      x0 = x0.lanewise(XOR, x8);
      x0.intoArray(leaves[0], w);
    }
  }

  @Override
  public void add(long[] x, int mask, long[] rows, int from, int count, long[] y, int to) {
    for (int i = 0; i < count; i++) {
      int row = from + SparseCode.ROW_WORDS * i;
      long r0 = rows[row];
      long r1 = rows[row + 1];
      long r2 = rows[row + 2];
      long r3 = rows[row + 3];
      long r4 = rows[row + 4];
      LongVector a = LongVector.fromArray(PAIRS, y, to + PAIR * i);
      LongVector b = LongVector.fromArray(PAIRS, x, PAIR * ((int) r0 & mask));
      a = a.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) (r0 >>> 32) & mask)));
      b = b.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) r1 & mask)));
      a = a.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) (r1 >>> 32) & mask)));
      b = b.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) r2 & mask)));
      a = a.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) (r2 >>> 32) & mask)));
      b = b.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) r3 & mask)));
      a = a.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) (r3 >>> 32) & mask)));
      b = b.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) r4 & mask)));
      a = a.lanewise(XOR, LongVector.fromArray(PAIRS, x, PAIR * ((int) (r4 >>> 32) & mask)));
      a.lanewise(XOR, b).intoArray(y, to + PAIR * i);
    }
  }
}
