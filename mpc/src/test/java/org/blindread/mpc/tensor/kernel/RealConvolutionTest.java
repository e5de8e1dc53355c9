package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

class RealConvolutionTest {
  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels VECTOR = new VectorKernels();

  @Test
  void bothFormsGiveTheBitsOfTheDefinitionOnEdges() {
    for (int i = 0; i < Cases.EDGES.size(); i++) {
      check(Cases.EDGES.get(i), i);
    }
  }

  @Test
  void bothFormsGiveTheBitsOfTheDefinitionOnRandomShapes() {
    for (int seed = 0; seed < Cases.RANDOM; seed++) {
      check(Cases.random(new SplittableRandom(seed)), seed);
    }
  }

  static void check(Cases shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = numbers(random, shape.inputLength());
    float[] w = numbers(random, shape.weightLength());
    float[] expected = new float[shape.outputLength()];
    shape.visit((y, from, k) -> expected[y] = Math.fma(from < 0 ? 0 : x[from], w[k], expected[y]));
    String what = "seed %d, %s".formatted(seed, shape);
    assertArrayEquals(bits(expected), bits(convolved(SCALAR, shape, x, w)), "scalar " + what);
    assertArrayEquals(bits(expected), bits(convolved(VECTOR, shape, x, w)), "vector " + what);
  }

  private static float[] numbers(SplittableRandom random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  private static float[] convolved(Kernels kernels, Cases shape, float[] x, float[] w) {
    var kernel =
        RealConvolution.prepare(
            kernels,
            w,
            shape.outputs(),
            shape.window().taps(),
            shape.inputs() / shape.groups(),
            shape.groups());
    float[] y = new float[shape.outputLength()];
    Arrays.fill(y, Float.NaN); // whatever was there must not count
    RealConvolution.apply(kernel, x, shape.extents(), shape.window(), y);
    return y;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void aWrongLengthIsRefused() {
    var kernel = RealConvolution.prepare(new float[6], 3, 1, 2, 1);
    Window window = Window.square(1, 1, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> RealConvolution.apply(kernel, new float[7], List.of(2, 2), window, new float[12]));
    assertThrows(
        IllegalArgumentException.class, () -> RealConvolution.prepare(new float[5], 3, 1, 2, 1));
  }
}
