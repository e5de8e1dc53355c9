package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Turns 128 planes of n bits into n elements of 128 bits, pairs of words (low, high): the step of
/// OT extensions from columns to rows.
///
/// Planes are ordered as those of [BitSlice]: within each block of 512 columns, column 8k + j is
/// bit k (0 … 63) of word j (0 … 7).
public final class BitTransposition {
  private static final int PLANES = 128;

  private BitTransposition() {}

  /// Bit c of plane i becomes bit i of element `toElement + c`, for c < count. Plane i begins at
  /// `planes[from + i·planeWords]`.
  ///
  /// @param planeWords words from one plane to the next, at least those of `count` bits
  /// @param count columns, a multiple of 512
  /// @throws IllegalArgumentException if the count is none
  /// @throws IndexOutOfBoundsException if an array is too short
  public static void apply(
      long[] planes, int from, int planeWords, int count, long[] out, int toElement) {
    apply(KernelChoice.CHOSEN.blocks(), planes, from, planeWords, count, out, toElement);
  }

  static void apply(
      BlockLoops loops,
      long[] planes,
      int from,
      int planeWords,
      int count,
      long[] out,
      int toElement) {
    if (count % Kernels.BLOCK != 0 || count < 0 || planeWords < count / Long.SIZE) {
      throw new IllegalArgumentException(
          "%d columns of planes of %d words; columns come in blocks of %d"
              .formatted(count, planeWords, Kernels.BLOCK));
    }
    if (count == 0) {
      return;
    }
    Objects.checkFromIndexSize(from, (PLANES - 1L) * planeWords + count / Long.SIZE, planes.length);
    Objects.checkFromIndexSize(2L * toElement, 2L * count, out.length);
    loops.transpose(planes, from, planeWords, count / Kernels.BLOCK, out, 2 * toElement);
  }
}
