package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

class RingConvolutionTest {
  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();

  private static final int[] WIDTHS = {16, 31, 32, 33, 37, 64};

  @Test
  void bothFormsEqualTheDefinitionOnEdges() {
    for (int i = 0; i < Cases.EDGES.size(); i++) {
      check(Cases.EDGES.get(i), i, WIDTHS);
    }
  }

  @Test
  void bothFormsEqualTheDefinitionOnRandomShapes() {
    for (int seed = 0; seed < Cases.RANDOM; seed++) {
      check(Cases.random(new SplittableRandom(seed)), seed, WIDTHS);
    }
  }

  static void check(Cases shape, long seed, int... widths) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] x = random.longs(shape.inputLength()).toArray();
    long[] w = random.longs(shape.weightLength()).toArray();
    long[] expected = new long[shape.outputLength()];
    shape.visit((y, from, k) -> expected[y] += from < 0 ? 0 : x[from] * w[k]);
    for (int bits : widths) {
      String what = "seed %d, ℓ=%d, %s".formatted(seed, bits, shape);
      long[] low = low(expected, bits);
      assertArrayEquals(low, low(convolved(SCALAR, shape, x, w, bits), bits), "scalar " + what);
      assertArrayEquals(low, low(convolved(VECTOR, shape, x, w, bits), bits), "vector " + what);
    }
  }

  private static long[] convolved(Kernels kernels, Cases shape, long[] x, long[] w, int bits) {
    int perGroup = shape.inputs() / shape.groups();
    var kernel =
        RingConvolution.prepare(
            kernels, w, shape.outputs(), shape.window().taps(), perGroup, shape.groups(), bits);
    long[] y = new long[shape.outputLength()];
    Arrays.fill(y, 0x5555555555555555L); // whatever was there must not count
    RingConvolution.apply(kernel, x, shape.extents(), shape.window(), y);
    return y;
  }

  private static long[] low(long[] values, int bits) {
    return Arrays.stream(values).map(value -> value << (64 - bits)).toArray();
  }

  @Test
  void oneKernelServesManyThreadsAndExtents() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    Window window = Window.square(3, 1, 1);
    long[] w = random.longs(9 * 16 * 32).toArray();
    var kernel = RingConvolution.prepare(w, 32, 9, 16, 1, 64);
    long[] x = random.longs(12 * 10 * 16).toArray();
    long[] expected = new long[12 * 10 * 32];
    RingConvolution.apply(kernel, x, List.of(12, 10), window, expected);
    long[][] results = new long[4][];
    Thread[] threads = new Thread[results.length];
    for (int t = 0; t < threads.length; t++) {
      int number = t;
      threads[t] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 20; round++) {
                      int side = 1 + (number + round) % 5;
                      RingConvolution.apply(
                          kernel,
                          new long[side * side * 16],
                          List.of(side, side),
                          window,
                          new long[side * side * 32]);
                      results[number] = new long[expected.length];
                      RingConvolution.apply(kernel, x, List.of(12, 10), window, results[number]);
                    }
                  });
    }
    for (int t = 0; t < threads.length; t++) {
      threads[t].join();
      assertArrayEquals(expected, results[t], "thread " + t);
    }
  }

  @Test
  void aWrongLengthIsNamedWithItsShape() {
    var kernel = RingConvolution.prepare(new long[9 * 2 * 3], 3, 9, 2, 1, 64);
    Window window = Window.square(3, 1, 1);
    var shortInput =
        assertThrows(
            IllegalArgumentException.class,
            () -> RingConvolution.apply(kernel, new long[7], List.of(2, 2), window, new long[12]));
    assertTrue(shortInput.getMessage().contains("holds 8 values, given 7"));
    var shortOutput =
        assertThrows(
            IllegalArgumentException.class,
            () -> RingConvolution.apply(kernel, new long[8], List.of(2, 2), window, new long[13]));
    assertTrue(shortOutput.getMessage().contains("holds 12 values, given 13"));
    var taps =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                RingConvolution.apply(
                    kernel, new long[8], List.of(2, 2), Window.square(2, 1, 1), new long[27]));
    assertTrue(taps.getMessage().contains("prepared for 9 taps, the window has 4"));
  }

  @Test
  void kernelsThatDoNotHoldTogetherAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> RingConvolution.prepare(new long[6], 3, 1, 2, 1, 15));
    assertThrows(
        IllegalArgumentException.class, () -> RingConvolution.prepare(new long[6], 3, 1, 2, 1, 65));
    assertThrows(
        IllegalArgumentException.class, () -> RingConvolution.prepare(new long[5], 3, 1, 2, 1, 64));
    assertThrows(
        IllegalArgumentException.class, () -> RingConvolution.prepare(new long[6], 3, 1, 2, 2, 64));
    long[] same = new long[4];
    var identity = RingConvolution.prepare(new long[] {1}, 1, 1, 1, 1, 64);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            RingConvolution.apply(
                identity, same, List.of(4), Window.of(List.of(1), List.of(1)), same));
  }

  @Test
  void theTextOfAKernelShowsNoWeight() {
    var kernel = RingConvolution.prepare(new long[] {7777777}, 1, 1, 1, 1, 64);
    assertFalse(kernel.toString().contains("7777777"));
  }
}
