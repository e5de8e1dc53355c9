package org.blindread.mpc.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// Bit slicing with the eight 64×64 transposes of a block side by side in the lanes: 64 rows of 8
/// values pass through the butterflies of Warren's transpose (Hacker's Delight, 7-3) without a
/// shuffle. Half the work serves up to 32 planes, a single pass of shifts one plane.
///
/// Three passes of two steps over 4 registers each, not two passes of three over 8: a method of
/// that many vector operations is beyond what the compiler inlines (NodeCountInliningCutoff), and
/// then every vector is boxed, which is 15 times slower.
final class VectorBits {
  static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() > 8
          ? LongVector.SPECIES_512
          : LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROW = 8;
  private static final int ROWS = Long.SIZE;
  private static final int HALF = ROWS / 2;
  private static final int QUARTER = ROWS / 4;
  private static final int BLOCK = Kernels.BLOCK;

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
    long[] rows = new long[ROWS * LANES];
    for (int b = 0; b < blocks; b++) {
      for (int lane = 0; lane < ROW; lane += LANES) {
        int at = from + b * BLOCK + lane;
        int to = planesFrom + b * ROW + lane;
        if (bits == 1) {
          plane(values, at, lowBit, planes, to);
        } else {
          if (bits <= HALF) {
            joinedSteps16(values, at, lowBit, rows);
          } else {
            steps32And16(values, at, lowBit, rows);
          }
          steps8And4(rows, bits);
          steps2And1(rows, bits, planes, to, planeWords);
        }
      }
    }
  }

  /// One plane of one group of lanes: bit `bit` of row k becomes bit k.
  private static void plane(long[] values, int at, int bit, long[] planes, int to) {
    LongVector word = LongVector.zero(SPECIES);
    int up = Long.SIZE - 1 - bit;
    for (int k = 0; k < ROWS; k++) {
      LongVector row = LongVector.fromArray(SPECIES, values, at + k * ROW);
      LongVector top = row.lanewise(LSHL, up).and(Long.MIN_VALUE);
      word = word.lanewise(LSHR, 1).or(top);
    }
    word.intoArray(planes, to);
  }

  /// The exchange between rows a distance of `step` apart: the high columns of the lower row for
  /// the low columns of the upper. It stands written out, for a method returning a vector may box
  /// it.
  private static void steps32And16(long[] values, int at, int lowBit, long[] rows) {
    LongVector mask32 = LongVector.broadcast(SPECIES, 0x00000000FFFFFFFFL);
    LongVector mask16 = LongVector.broadcast(SPECIES, 0x0000FFFF0000FFFFL);
    LongVector t;
    for (int r = 0; r < QUARTER; r++) {
      int from = at + r * ROW;
      LongVector r0 = LongVector.fromArray(SPECIES, values, from).lanewise(LSHR, lowBit);
      LongVector r1 =
          LongVector.fromArray(SPECIES, values, from + 1 * QUARTER * ROW).lanewise(LSHR, lowBit);
      LongVector r2 =
          LongVector.fromArray(SPECIES, values, from + 2 * QUARTER * ROW).lanewise(LSHR, lowBit);
      LongVector r3 =
          LongVector.fromArray(SPECIES, values, from + 3 * QUARTER * ROW).lanewise(LSHR, lowBit);
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

  /// Where only the low 32 bits count, rows k and k + 32 share a register, which is step 32.
  private static void joinedSteps16(long[] values, int at, int lowBit, long[] rows) {
    LongVector mask32 = LongVector.broadcast(SPECIES, 0x00000000FFFFFFFFL);
    LongVector mask16 = LongVector.broadcast(SPECIES, 0x0000FFFF0000FFFFL);
    LongVector t;
    for (int r = 0; r < QUARTER; r++) {
      int from = at + r * ROW;
      LongVector r0 =
          LongVector.fromArray(SPECIES, values, from).lanewise(LSHR, lowBit).and(mask32);
      LongVector r1 =
          LongVector.fromArray(SPECIES, values, from + QUARTER * ROW)
              .lanewise(LSHR, lowBit)
              .and(mask32);
      LongVector r2 =
          LongVector.fromArray(SPECIES, values, from + 2 * QUARTER * ROW).lanewise(LSHR, lowBit);
      LongVector r3 =
          LongVector.fromArray(SPECIES, values, from + 3 * QUARTER * ROW).lanewise(LSHR, lowBit);
      r0 = r0.or(r2.lanewise(LSHL, 32));
      r1 = r1.or(r3.lanewise(LSHL, 32));
      t = r0.lanewise(LSHR, 16).lanewise(XOR, r1).and(mask16);
      r0 = r0.lanewise(XOR, t.lanewise(LSHL, 16));
      r1 = r1.lanewise(XOR, t);
      r0.intoArray(rows, r * LANES);
      r1.intoArray(rows, (r + QUARTER) * LANES);
    }
  }

  /// In place, for the groups of 16 rows that hold one of the first `bits` planes.
  static void steps8And4(long[] rows, int bits) {
    LongVector mask8 = LongVector.broadcast(SPECIES, 0x00FF00FF00FF00FFL);
    LongVector mask4 = LongVector.broadcast(SPECIES, 0x0F0F0F0F0F0F0F0FL);
    LongVector t;
    for (int first = 0; first < bits; first += 16) {
      for (int r = first; r < first + 4; r++) {
        LongVector r0 = LongVector.fromArray(SPECIES, rows, r * LANES);
        LongVector r1 = LongVector.fromArray(SPECIES, rows, (r + 4) * LANES);
        LongVector r2 = LongVector.fromArray(SPECIES, rows, (r + 8) * LANES);
        LongVector r3 = LongVector.fromArray(SPECIES, rows, (r + 12) * LANES);
        t = r0.lanewise(LSHR, 8).lanewise(XOR, r2).and(mask8);
        r0 = r0.lanewise(XOR, t.lanewise(LSHL, 8));
        r2 = r2.lanewise(XOR, t);
        t = r1.lanewise(LSHR, 8).lanewise(XOR, r3).and(mask8);
        r1 = r1.lanewise(XOR, t.lanewise(LSHL, 8));
        r3 = r3.lanewise(XOR, t);
        t = r0.lanewise(LSHR, 4).lanewise(XOR, r1).and(mask4);
        r0 = r0.lanewise(XOR, t.lanewise(LSHL, 4));
        r1 = r1.lanewise(XOR, t);
        t = r2.lanewise(LSHR, 4).lanewise(XOR, r3).and(mask4);
        r2 = r2.lanewise(XOR, t.lanewise(LSHL, 4));
        r3 = r3.lanewise(XOR, t);
        r0.intoArray(rows, r * LANES);
        r1.intoArray(rows, (r + 4) * LANES);
        r2.intoArray(rows, (r + 8) * LANES);
        r3.intoArray(rows, (r + 12) * LANES);
      }
    }
  }

  /// Four rows side by side become planes; the first `bits` planes are written.
  static void steps2And1(long[] rows, int bits, long[] planes, int to, int planeWords) {
    LongVector mask2 = LongVector.broadcast(SPECIES, 0x3333333333333333L);
    LongVector mask1 = LongVector.broadcast(SPECIES, 0x5555555555555555L);
    LongVector t;
    for (int r = 0; r < bits; r += 4) {
      LongVector r0 = LongVector.fromArray(SPECIES, rows, r * LANES);
      LongVector r1 = LongVector.fromArray(SPECIES, rows, (r + 1) * LANES);
      LongVector r2 = LongVector.fromArray(SPECIES, rows, (r + 2) * LANES);
      LongVector r3 = LongVector.fromArray(SPECIES, rows, (r + 3) * LANES);
      t = r0.lanewise(LSHR, 2).lanewise(XOR, r2).and(mask2);
      r0 = r0.lanewise(XOR, t.lanewise(LSHL, 2));
      r2 = r2.lanewise(XOR, t);
      t = r1.lanewise(LSHR, 2).lanewise(XOR, r3).and(mask2);
      r1 = r1.lanewise(XOR, t.lanewise(LSHL, 2));
      r3 = r3.lanewise(XOR, t);
      t = r0.lanewise(LSHR, 1).lanewise(XOR, r1).and(mask1);
      r0 = r0.lanewise(XOR, t.lanewise(LSHL, 1));
      r1 = r1.lanewise(XOR, t);
      t = r2.lanewise(LSHR, 1).lanewise(XOR, r3).and(mask1);
      r2 = r2.lanewise(XOR, t.lanewise(LSHL, 1));
      r3 = r3.lanewise(XOR, t);
      int plane = to + r * planeWords;
      r0.intoArray(planes, plane);
      if (r + 1 < bits) {
        r1.intoArray(planes, plane + 1 * planeWords);
      }
      if (r + 2 < bits) {
        r2.intoArray(planes, plane + 2 * planeWords);
      }
      if (r + 3 < bits) {
        r3.intoArray(planes, plane + 3 * planeWords);
      }
    }
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
    for (int k = 0; k < ROWS; k++) {
      word.and(1).intoArray(out, to + k * ROW);
      word = word.lanewise(LSHR, 1);
    }
  }
}
