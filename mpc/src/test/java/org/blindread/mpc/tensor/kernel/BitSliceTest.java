package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitSliceTest {
  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();
  private static final int[][] RANGES = {
    {0, 64}, {0, 32}, {0, 1}, {63, 1}, {31, 33}, {32, 32}, {20, 17}, {5, 2}, {0, 33}, {3, 8}, {7, 9}
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 207, 511, 512, 513, 4098})
  void bothFormsPutEveryBitInItsCanonicalPlace(int count) {
    for (int[] range : RANGES) {
      check(count, range[0], range[1]);
    }
  }

  static void check(int count, int lowBit, int bits) {
    int from = 3;
    int to = 5;
    int words = BitSlice.words(count);
    long[] values = new SplittableRandom(count).longs(count + 2L * from).toArray();
    long[] expected = new long[to + bits * words];
    for (int v = 0; v < count; v++) {
      int word = v / 512 * 8 + v % 8;
      int bit = v % 512 / 8;
      for (int i = 0; i < bits; i++) {
        expected[to + i * words + word] |= (values[from + v] >>> (lowBit + i) & 1) << bit;
      }
    }
    for (Kernels kernels : List.of(SCALAR, VECTOR)) {
      String what =
          "%s, %d values, bits %d + %d"
              .formatted(kernels.getClass().getSimpleName(), count, lowBit, bits);
      long[] planes = new long[to + bits * words];
      java.util.Arrays.fill(planes, to, planes.length, -1);
      BitSlice.slice(kernels, values, from, count, lowBit, bits, planes, to);
      assertArrayEquals(expected, planes, what);

      int plane = bits - 1;
      long[] out = new long[count + 2];
      long[] expectedOut = new long[count + 2];
      for (int v = 0; v < count; v++) {
        expectedOut[v + 1] = values[from + v] >>> (lowBit + plane) & 1;
      }
      BitSlice.spread(kernels, planes, to + plane * words, count, out, 1);
      assertArrayEquals(expectedOut, out, what);
    }
  }

  @Test
  void theOrderOnTheWireIsFixed() {
    long[] values = new long[600];
    values[1] = 1; // block 0, word 1, bit 0
    values[8] = 1; // block 0, word 0, bit 1
    values[511] = 1; // block 0, word 7, bit 63
    values[512 + 17] = 1; // block 1, word 1, bit 2
    long[] plane = new long[16];
    BitSlice.slice(values, 0, 600, 0, 1, plane, 0);
    long[] expected = {2, 1, 0, 0, 0, 0, 0, Long.MIN_VALUE, 0, 4, 0, 0, 0, 0, 0, 0};
    assertArrayEquals(expected, plane);
  }

  @Test
  void aPlaneTakesWholeBlocks() {
    assertEquals(0, BitSlice.words(0));
    assertEquals(8, BitSlice.words(1));
    assertEquals(8, BitSlice.words(512));
    assertEquals(16, BitSlice.words(513));
  }

  @Test
  void rangesOutsideAreRefused() {
    long[] values = new long[512];
    long[] planes = new long[16];
    assertThrows(
        IllegalArgumentException.class, () -> BitSlice.slice(values, 0, 512, 60, 5, planes, 0));
    assertThrows(
        IllegalArgumentException.class, () -> BitSlice.slice(values, 0, 512, 0, 0, planes, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> BitSlice.slice(values, 1, 512, 0, 1, planes, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> BitSlice.slice(values, 0, 512, 0, 2, planes, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> BitSlice.spread(planes, 9, 512, values, 0));
  }
}
