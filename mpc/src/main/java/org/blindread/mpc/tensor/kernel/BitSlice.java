package org.blindread.mpc.tensor.kernel;

import java.util.Arrays;
import java.util.Objects;

/// Ring values to bit planes and back.
///
/// A plane holds one bit of each of n values in [#words] longs: within each block of 512 values,
/// value 8k + j is bit k (0 … 63) of word j (0 … 7). The order goes over the wire, so both forms of
/// the loops and both parties agree on it; it is the one in which the lanes of a register never
/// exchange bits.
///
/// ```java
/// long[] planes = new long[64 * BitSlice.words(n)];
/// BitSlice.slice(values, 0, n, 0, 64, planes, 0); // plane i is bit i of all values
/// BitSlice.spread(planes, 63 * BitSlice.words(n), n, signs, 0); // the top bit, as 0 or 1
/// ```
public final class BitSlice {
  private static final int BLOCK_WORDS = Kernels.BLOCK / Long.SIZE;

  private BitSlice() {}

  /// Longs of a plane of `count` values: 8·⌈count/512⌉.
  public static int words(int count) {
    return Math.ceilDiv(count, Kernels.BLOCK) * BLOCK_WORDS;
  }

  /// Cuts values into planes: bit `lowBit + i` of `values[from …]` becomes the plane at
  /// `planes[planesFrom + i·words(count)]`. The values a last block lacks read as 0.
  ///
  /// @param lowBit first bit, 0 … 63
  /// @param bits number of planes, 1 … 64 − lowBit
  /// @throws IllegalArgumentException if the bits are not among 0 … 63
  /// @throws IndexOutOfBoundsException if an array is too short
  public static void slice(
      long[] values, int from, int count, int lowBit, int bits, long[] planes, int planesFrom) {
    slice(KernelChoice.CHOSEN, values, from, count, lowBit, bits, planes, planesFrom);
  }

  static void slice(
      Kernels kernels,
      long[] values,
      int from,
      int count,
      int lowBit,
      int bits,
      long[] planes,
      int planesFrom) {
    if (lowBit < 0 || bits < 1 || bits > Long.SIZE - lowBit) {
      throw new IllegalArgumentException(
          "bits %d … %d are not bits of a long".formatted(lowBit, lowBit + bits - 1));
    }
    Objects.checkFromIndexSize(from, count, values.length);
    int planeWords = words(count);
    Objects.checkFromIndexSize(planesFrom, (long) bits * planeWords, planes.length);
    int whole = count / Kernels.BLOCK;
    kernels.slice(values, from, whole, lowBit, bits, planes, planesFrom, planeWords);
    int done = whole * Kernels.BLOCK;
    if (done < count) {
      long[] last = Arrays.copyOfRange(values, from + done, from + count);
      last = Arrays.copyOf(last, Kernels.BLOCK);
      int to = planesFrom + whole * BLOCK_WORDS;
      kernels.slice(last, 0, 1, lowBit, bits, planes, to, planeWords);
    }
  }

  /// Spreads one plane: `out[outFrom + i]` becomes bit i of the plane, 0 or 1.
  ///
  /// @throws IndexOutOfBoundsException if an array is too short
  public static void spread(long[] plane, int planeFrom, int count, long[] out, int outFrom) {
    spread(KernelChoice.CHOSEN, plane, planeFrom, count, out, outFrom);
  }

  static void spread(
      Kernels kernels, long[] plane, int planeFrom, int count, long[] out, int outFrom) {
    Objects.checkFromIndexSize(planeFrom, words(count), plane.length);
    Objects.checkFromIndexSize(outFrom, count, out.length);
    int whole = count / Kernels.BLOCK;
    kernels.spread(plane, planeFrom, whole, out, outFrom);
    int done = whole * Kernels.BLOCK;
    if (done < count) {
      long[] last = new long[Kernels.BLOCK];
      kernels.spread(plane, planeFrom + whole * BLOCK_WORDS, 1, last, 0);
      System.arraycopy(last, 0, out, outFrom + done, count - done);
    }
  }
}
