package org.blindread.mpc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.blindread.mpc.tensor.kernel.RingConvolution;
import org.junit.jupiter.api.Test;

final class PatchesTest {
  /// A row of three pixels, two channels, kernel 2, a margin of one at the end.
  @Test
  void aTapSeesItsPixelsInARow() {
    Window window = new Window(List.of(2), List.of(1), List.of(0), List.of(1), List.of(1));
    long[] x = {1, 2, 3, 4, 5, 6};
    var one = new Patches(List.of(3), 2, window, 1);
    assertEquals(4, one.inner());
    assertEquals(3, one.columns());
    assertArrayEquals(
        new long[] {
          1, 3, 5, // tap 0, channel 0
          2, 4, 6, // tap 0, channel 1
          3, 5, 0, // tap 1, channel 0
          4, 6, 0 // tap 1, channel 1
        },
        one.of(x));
    var two = new Patches(List.of(3), 2, window, 2);
    assertEquals(2, two.inner());
    assertArrayEquals(new long[] {1, 3, 5, 3, 5, 0, 2, 4, 6, 4, 6, 0}, two.of(x));
    assertArrayEquals(
        new long[] {1, 4, 2, 5, 3, 6}, one.channelsLast(new long[] {1, 2, 3, 4, 5, 6}, 2));
  }

  @Test
  void productsOfPatchesAreTheDirectConvolution() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int axes = random.nextInt(1, 4);
      Window window =
          new Window(
              several(random, axes, 1, 4),
              several(random, axes, 1, 4),
              several(random, axes, 0, 3),
              several(random, axes, 0, 3),
              several(random, axes, 1, 3));
      List<Integer> extents = several(random, axes, 5, 9);
      int groups = random.nextInt(1, 4);
      int channels = groups * random.nextInt(1, 4);
      int outputs = groups * random.nextInt(1, 4);
      var patches = new Patches(extents, channels, window, groups);
      long[] x = random.longs(extents.stream().reduce(channels, (a, b) -> a * b)).toArray();
      long[] w = random.longs((long) outputs * patches.inner()).toArray();
      long[] y = new long[outputs * patches.columns()];
      var kernel =
          RingConvolution.prepare(w, outputs, window.taps(), channels / groups, groups, 64);
      RingConvolution.apply(kernel, x, extents, window, y);
      long[] products = product(patches, outputs, w, patches.of(x));
      assertArrayEquals(
          y, patches.channelsLast(products, outputs), "seed %d, %s".formatted(seed, patches));
    }
  }

  private static List<Integer> several(SplittableRandom random, int axes, int from, int to) {
    List<Integer> list = new ArrayList<>();
    for (int a = 0; a < axes; a++) {
      list.add(random.nextInt(from, to));
    }
    return list;
  }

  /// Row `output` of the weights by the matrix of its group.
  private static long[] product(Patches patches, int outputs, long[] w, long[] matrices) {
    int inner = patches.inner();
    int columns = patches.columns();
    int rows = outputs / patches.groups();
    long[] products = new long[outputs * columns];
    for (int output = 0; output < outputs; output++) {
      for (int k = 0; k < inner; k++) {
        for (int column = 0; column < columns; column++) {
          products[output * columns + column] +=
              w[output * inner + k] * matrices[(output / rows * inner + k) * columns + column];
        }
      }
    }
    return products;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Window window = Window.square(3, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> new Patches(List.of(2, 9), 1, window, 1));
    var groups =
        assertThrows(
            IllegalArgumentException.class, () -> new Patches(List.of(5, 5), 3, window, 2));
    assertEquals("3 channels do not fall into 2 groups", groups.getMessage());
    var patches = new Patches(List.of(5, 5), 2, window, 1);
    var length = assertThrows(IllegalArgumentException.class, () -> patches.of(new long[49]));
    assertEquals(
        "image of 49 elements where 50 are due: image [5, 5] with 2 channels, kernel=[3,3] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1]",
        length.getMessage());
    assertThrows(IllegalArgumentException.class, () -> patches.channelsLast(new long[17], 2));
  }
}
