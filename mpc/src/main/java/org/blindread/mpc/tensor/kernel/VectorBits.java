package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Bit slicing with the eight 64×64 transposes of a block side by side in the lanes: 64 rows of 8
/// values pass through the butterflies of Warren's transpose (Hacker's Delight, 7-3) without a
/// shuffle, in two passes of 8 registers. Half the work serves up to 32 planes, a single pass of
/// shifts one plane.
final class VectorBits {
  private static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() > 8
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROW = 8;
  private static final int BLOCK = Kernels.BLOCK;
  private static final int HALF = 32;

  private VectorBits() {}

  /// See [Kernels].
  static void slice(
      long[] values,
      int from,
      int blocks,
      int lowBit,
      int bits,
      long[] planes,
      int planesFrom,
      int planeWords) {
    long[] rows = new long[Long.SIZE * LANES];
    for (int b = 0; b < blocks; b++) {
      for (int lane = 0; lane < ROW; lane += LANES) {
        int at = from + b * BLOCK + lane;
        int to = planesFrom + b * ROW + lane;
        if (bits == 1) {
          plane(values, at, lowBit, planes, to);
          continue;
        }
        boolean half = bits <= HALF;
        for (int r = 0; r < ROW; r++) {
          if (half) {
            coarseHalf(values, at + r * ROW, lowBit, rows, r * LANES);
          } else {
            coarse(values, at + r * ROW, lowBit, rows, r * LANES);
          }
        }
        for (int first = 0; first < bits; first += ROW) {
          fine(
              rows,
              first * LANES,
              planes,
              to + first * planeWords,
              planeWords,
              Math.min(ROW, bits - first));
        }
      }
    }
  }

  /// One plane of one group of lanes: bit `bit` of row k becomes bit k.
  private static void plane(long[] values, int at, int bit, long[] planes, int to) {
    LongVector word = LongVector.zero(SPECIES);
    int up = Long.SIZE - 1 - bit;
    for (int k = 0; k < Long.SIZE; k++) {
      LongVector row = LongVector.fromArray(SPECIES, values, at + k * ROW);
      LongVector top = row.lanewise(VectorOperators.LSHL, up).and(Long.MIN_VALUE);
      word = word.lanewise(VectorOperators.LSHR, 1).or(top);
    }
    word.intoArray(planes, to);
  }

  /// Steps 32, 16 and 8 for rows r, r + 8, …, r + 56.
  private static void coarse(long[] values, int at, int lowBit, long[] rows, int to) {
    LongVector r0 =
        LongVector.fromArray(SPECIES, values, at + 0).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r1 =
        LongVector.fromArray(SPECIES, values, at + 64).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r2 =
        LongVector.fromArray(SPECIES, values, at + 128).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r3 =
        LongVector.fromArray(SPECIES, values, at + 192).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r4 =
        LongVector.fromArray(SPECIES, values, at + 256).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r5 =
        LongVector.fromArray(SPECIES, values, at + 320).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r6 =
        LongVector.fromArray(SPECIES, values, at + 384).lanewise(VectorOperators.LSHR, lowBit);
    LongVector r7 =
        LongVector.fromArray(SPECIES, values, at + 448).lanewise(VectorOperators.LSHR, lowBit);
    LongVector t;
    t = swapped(r0, r4, 32, 0x00000000FFFFFFFFL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 32));
    r4 = r4.lanewise(VectorOperators.XOR, t);
    t = swapped(r1, r5, 32, 0x00000000FFFFFFFFL);
    r1 = r1.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 32));
    r5 = r5.lanewise(VectorOperators.XOR, t);
    t = swapped(r2, r6, 32, 0x00000000FFFFFFFFL);
    r2 = r2.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 32));
    r6 = r6.lanewise(VectorOperators.XOR, t);
    t = swapped(r3, r7, 32, 0x00000000FFFFFFFFL);
    r3 = r3.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 32));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    t = swapped(r0, r2, 16, 0x0000FFFF0000FFFFL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r2 = r2.lanewise(VectorOperators.XOR, t);
    t = swapped(r1, r3, 16, 0x0000FFFF0000FFFFL);
    r1 = r1.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    t = swapped(r4, r6, 16, 0x0000FFFF0000FFFFL);
    r4 = r4.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r6 = r6.lanewise(VectorOperators.XOR, t);
    t = swapped(r5, r7, 16, 0x0000FFFF0000FFFFL);
    r5 = r5.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    t = swapped(r0, r1, 8, 0x00FF00FF00FF00FFL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r1 = r1.lanewise(VectorOperators.XOR, t);
    t = swapped(r2, r3, 8, 0x00FF00FF00FF00FFL);
    r2 = r2.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    t = swapped(r4, r5, 8, 0x00FF00FF00FF00FFL);
    r4 = r4.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r5 = r5.lanewise(VectorOperators.XOR, t);
    t = swapped(r6, r7, 8, 0x00FF00FF00FF00FFL);
    r6 = r6.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    r0.intoArray(rows, to + 0 * ROW * LANES);
    r1.intoArray(rows, to + 1 * ROW * LANES);
    r2.intoArray(rows, to + 2 * ROW * LANES);
    r3.intoArray(rows, to + 3 * ROW * LANES);
    r4.intoArray(rows, to + 4 * ROW * LANES);
    r5.intoArray(rows, to + 5 * ROW * LANES);
    r6.intoArray(rows, to + 6 * ROW * LANES);
    r7.intoArray(rows, to + 7 * ROW * LANES);
  }

  /// As above where only the low 32 bits count: rows k and k + 32 share a register.
  private static void coarseHalf(long[] values, int at, int lowBit, long[] rows, int to) {
    LongVector r0 = joined(values, at + 0, lowBit);
    LongVector r1 = joined(values, at + 64, lowBit);
    LongVector r2 = joined(values, at + 128, lowBit);
    LongVector r3 = joined(values, at + 192, lowBit);
    LongVector t;
    t = swapped(r0, r2, 16, 0x0000FFFF0000FFFFL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r2 = r2.lanewise(VectorOperators.XOR, t);
    t = swapped(r1, r3, 16, 0x0000FFFF0000FFFFL);
    r1 = r1.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 16));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    t = swapped(r0, r1, 8, 0x00FF00FF00FF00FFL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r1 = r1.lanewise(VectorOperators.XOR, t);
    t = swapped(r2, r3, 8, 0x00FF00FF00FF00FFL);
    r2 = r2.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 8));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    r0.intoArray(rows, to + 0 * ROW * LANES);
    r1.intoArray(rows, to + 1 * ROW * LANES);
    r2.intoArray(rows, to + 2 * ROW * LANES);
    r3.intoArray(rows, to + 3 * ROW * LANES);
  }

  private static LongVector joined(long[] values, int at, int lowBit) {
    LongVector low =
        LongVector.fromArray(SPECIES, values, at).lanewise(VectorOperators.LSHR, lowBit);
    LongVector high =
        LongVector.fromArray(SPECIES, values, at + HALF * ROW)
            .lanewise(VectorOperators.LSHR, lowBit);
    return low.and(0x00000000FFFFFFFFL).or(high.lanewise(VectorOperators.LSHL, HALF));
  }

  /// Steps 4, 2 and 1 for 8 rows side by side, which then are planes; the first `count` are
  /// written.
  private static void fine(long[] rows, int at, long[] planes, int to, int planeWords, int count) {
    LongVector r0 = LongVector.fromArray(SPECIES, rows, at + 0 * LANES);
    LongVector r1 = LongVector.fromArray(SPECIES, rows, at + 1 * LANES);
    LongVector r2 = LongVector.fromArray(SPECIES, rows, at + 2 * LANES);
    LongVector r3 = LongVector.fromArray(SPECIES, rows, at + 3 * LANES);
    LongVector r4 = LongVector.fromArray(SPECIES, rows, at + 4 * LANES);
    LongVector r5 = LongVector.fromArray(SPECIES, rows, at + 5 * LANES);
    LongVector r6 = LongVector.fromArray(SPECIES, rows, at + 6 * LANES);
    LongVector r7 = LongVector.fromArray(SPECIES, rows, at + 7 * LANES);
    LongVector t;
    t = swapped(r0, r4, 4, 0x0F0F0F0F0F0F0F0FL);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 4));
    r4 = r4.lanewise(VectorOperators.XOR, t);
    t = swapped(r1, r5, 4, 0x0F0F0F0F0F0F0F0FL);
    r1 = r1.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 4));
    r5 = r5.lanewise(VectorOperators.XOR, t);
    t = swapped(r2, r6, 4, 0x0F0F0F0F0F0F0F0FL);
    r2 = r2.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 4));
    r6 = r6.lanewise(VectorOperators.XOR, t);
    t = swapped(r3, r7, 4, 0x0F0F0F0F0F0F0F0FL);
    r3 = r3.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 4));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    t = swapped(r0, r2, 2, 0x3333333333333333L);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 2));
    r2 = r2.lanewise(VectorOperators.XOR, t);
    t = swapped(r1, r3, 2, 0x3333333333333333L);
    r1 = r1.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 2));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    t = swapped(r4, r6, 2, 0x3333333333333333L);
    r4 = r4.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 2));
    r6 = r6.lanewise(VectorOperators.XOR, t);
    t = swapped(r5, r7, 2, 0x3333333333333333L);
    r5 = r5.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 2));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    t = swapped(r0, r1, 1, 0x5555555555555555L);
    r0 = r0.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 1));
    r1 = r1.lanewise(VectorOperators.XOR, t);
    t = swapped(r2, r3, 1, 0x5555555555555555L);
    r2 = r2.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 1));
    r3 = r3.lanewise(VectorOperators.XOR, t);
    t = swapped(r4, r5, 1, 0x5555555555555555L);
    r4 = r4.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 1));
    r5 = r5.lanewise(VectorOperators.XOR, t);
    t = swapped(r6, r7, 1, 0x5555555555555555L);
    r6 = r6.lanewise(VectorOperators.XOR, t.lanewise(VectorOperators.LSHL, 1));
    r7 = r7.lanewise(VectorOperators.XOR, t);
    r0.intoArray(planes, to);
    if (count > 1) {
      r1.intoArray(planes, to + 1 * planeWords);
    }
    if (count > 2) {
      r2.intoArray(planes, to + 2 * planeWords);
    }
    if (count > 3) {
      r3.intoArray(planes, to + 3 * planeWords);
    }
    if (count > 4) {
      r4.intoArray(planes, to + 4 * planeWords);
    }
    if (count > 5) {
      r5.intoArray(planes, to + 5 * planeWords);
    }
    if (count > 6) {
      r6.intoArray(planes, to + 6 * planeWords);
    }
    if (count > 7) {
      r7.intoArray(planes, to + 7 * planeWords);
    }
  }

  private static LongVector swapped(LongVector low, LongVector high, int step, long mask) {
    return low.lanewise(VectorOperators.LSHR, step).lanewise(VectorOperators.XOR, high).and(mask);
  }

  /// See [Kernels].
  static void spread(long[] plane, int planeFrom, int blocks, long[] out, int outFrom) {
    for (int b = 0; b < blocks; b++) {
      for (int lane = 0; lane < ROW; lane += LANES) {
        spread(plane, planeFrom + b * ROW + lane, out, outFrom + b * BLOCK + lane);
      }
    }
  }

  private static void spread(long[] plane, int from, long[] out, int to) {
    LongVector word = LongVector.fromArray(SPECIES, plane, from);
    for (int k = 0; k < Long.SIZE; k++) {
      word.and(1).intoArray(out, to + k * ROW);
      word = word.lanewise(VectorOperators.LSHR, 1);
    }
  }
}
