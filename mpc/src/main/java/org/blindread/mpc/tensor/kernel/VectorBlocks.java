package org.blindread.mpc.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [BlockLoops] on vector registers: the transposes of [VectorBits], on planes instead of values,
/// the two halves of each element zipped at the end; and sums of one element a register.
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
