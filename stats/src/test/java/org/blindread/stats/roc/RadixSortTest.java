package org.blindread.stats.roc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadixSortTest {

  private static void assertSorts(double[] scores) {
    long[] keys = Arrays.stream(scores).mapToLong(RadixSort::key).toArray();
    RadixSort.Sorted found =
        RadixSort.sort(keys.clone(), IntStream.range(0, keys.length).toArray());
    double[] expected = Arrays.stream(scores).map(s -> s + 0.0).toArray();
    Arrays.sort(expected);
    double[] actual = Arrays.stream(found.tags()).mapToDouble(i -> scores[i] + 0.0).toArray();
    assertArrayEquals(expected, actual);
    long[] before = Arrays.stream(found.tags()).mapToLong(i -> keys[i]).toArray();
    assertArrayEquals(before, found.keys());
    int[] order = found.tags().clone();
    Arrays.sort(order);
    for (int i = 0; i < order.length; i++) {
      assertEquals(i, order[i]);
    }
  }

  private static double[] draw(int n, int seed, ToDoubleFunction<Random> law) {
    Random random = new Random(seed);
    return random.ints(n).mapToDouble(i -> law.applyAsDouble(random)).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 13, 207, 5000})
  void scoresOfEveryKind(int n) {
    assertSorts(draw(n, n, Random::nextGaussian));
    assertSorts(draw(n, n, Random::nextFloat));
    assertSorts(draw(n, n, random -> random.nextInt(5) - 2));
    assertSorts(
        draw(n, n, random -> Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000)));
    // alike in the upper bits, so that insertion gives up
    assertSorts(draw(n, n, random -> 1 + random.nextInt(1 << 30) * 0x1p-52));
    assertSorts(draw(n, n, random -> 1 + random.nextInt(1 << 3) * 0x1p-52));
    assertSorts(new double[n]);
  }

  @Test
  void theEndsOfTheRange() {
    assertSorts(
        new double[] {
          Double.MAX_VALUE,
          -0.0,
          Double.NEGATIVE_INFINITY,
          Double.MIN_VALUE,
          0.0,
          -Double.MIN_VALUE,
          Double.POSITIVE_INFINITY,
          -Double.MAX_VALUE,
          1
        });
    assertEquals(RadixSort.key(0.0), RadixSort.key(-0.0));
  }
}
