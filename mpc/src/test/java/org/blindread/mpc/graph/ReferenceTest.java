package org.blindread.mpc.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static RealTensor random(long seed, int... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    Shape shape = Shape.of(extents);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return new RealTensor(shape, values);
  }

  private static void assertValues(Op op, List<RealTensor> operands, RealTensor expected) {
    RealTensor value = Reference.value(op, operands);
    assertEquals(expected.shape(), value.shape());
    assertArrayEquals(expected.values(), value.values(), 1e-5f, op.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void convolutionIsTheSumOverTapsAndChannelsAndThenTheBias(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int groups = random.nextInt(1, 4);
    int inputs = groups * random.nextInt(1, 5);
    int outputs = groups * random.nextInt(1, 6);
    int height = random.nextInt(5, 9);
    int width = random.nextInt(5, 9);
    Window window =
        new Window(List.of(3, 2), List.of(2, 1), List.of(1, 0), List.of(0, 2), List.of(1, 2));
    RealTensor x = random(seed, 1, inputs, height, width);
    RealTensor w = random(seed + 100L, outputs, inputs / groups, 3, 2);
    RealTensor b = random(seed + 200L, outputs);
    int rows = (height + 1 - 3) / 2 + 1;
    int columns = width + 2 - 3 + 1;
    float[] expected = new float[outputs * rows * columns];
    for (int m = 0; m < outputs; m++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          double sum = b.values()[m];
          for (int i = 0; i < inputs / groups; i++) {
            int channel = m / (outputs / groups) * (inputs / groups) + i;
            for (int ky = 0; ky < 3; ky++) {
              for (int kx = 0; kx < 2; kx++) {
                int y = 2 * r + ky - 1;
                int z = c + 2 * kx;
                if (y >= 0 && y < height && z < width) {
                  sum +=
                      (double) x.values()[(channel * height + y) * width + z]
                          * w.values()[((m * (inputs / groups) + i) * 3 + ky) * 2 + kx];
                }
              }
            }
          }
          expected[(m * rows + r) * columns + c] = (float) sum;
        }
      }
    }
    assertValues(
        new Op.Conv(window, groups),
        List.of(x, w, b),
        RealTensor.of(Shape.of(1, outputs, rows, columns), expected));
  }

  @Test
  void convolutionSpansOneOrThreeAxesToo() {
    RealTensor line = RealTensor.of(Shape.of(1, 1, 4), 1, 2, 3, 4);
    assertValues(
        new Op.Conv(Window.of(List.of(2), List.of(1)), 1),
        List.of(line, RealTensor.of(Shape.of(1, 1, 2), 10, 1)),
        RealTensor.of(Shape.of(1, 1, 3), 12, 23, 34));
    RealTensor cube = RealTensor.of(Shape.of(1, 1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    assertValues(
        new Op.Conv(Window.of(List.of(2, 1, 1), List.of(1, 1, 1)), 1),
        List.of(cube, RealTensor.of(Shape.of(1, 1, 2, 1, 1), 1, -1)),
        RealTensor.of(Shape.of(1, 1, 1, 2, 2), -4, -4, -4, -4));
  }

  @Test
  void matrixProductsMultiplyRowsByColumns() {
    RealTensor a = random(1, 2, 3, 5);
    RealTensor b = random(2, 5, 7);
    float[] expected = new float[2 * 3 * 7];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 7; j++) {
        for (int k = 0; k < 5; k++) {
          expected[i * 7 + j] += a.values()[i * 5 + k] * b.values()[k * 7 + j];
        }
      }
    }
    assertValues(new Op.MatMul(), List.of(a, b), RealTensor.of(Shape.of(2, 3, 7), expected));
  }

  @Test
  void batchNormScalesEveryChannelByItsOwnStatistics() {
    RealTensor x = RealTensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    assertValues(
        new Op.BatchNorm(1f),
        List.of(
            x,
            RealTensor.of(Shape.of(2), 2, -1),
            RealTensor.of(Shape.of(2), 0.5f, 0),
            RealTensor.of(Shape.of(2), 1, 3),
            RealTensor.of(Shape.of(2), 3, 0)),
        RealTensor.of(Shape.of(1, 2, 2), 0.5f, 1.5f, 0, -1));
  }

  @Test
  void activationsActOnEveryElement() {
    RealTensor x = RealTensor.of(Shape.of(5), -2, -0.5f, 0, 0.5f, 7);
    assertValues(new Op.Relu(), List.of(x), RealTensor.of(Shape.of(5), 0, 0, 0, 0.5f, 7));
    assertValues(
        new Op.LeakyRelu(0.1f), List.of(x), RealTensor.of(Shape.of(5), -0.2f, -0.05f, 0, 0.5f, 7));
    assertValues(new Op.Clip(-1, 6), List.of(x), RealTensor.of(Shape.of(5), -1, -0.5f, 0, 0.5f, 6));
    assertValues(
        new Op.Clip(0, Float.POSITIVE_INFINITY),
        List.of(x),
        RealTensor.of(Shape.of(5), 0, 0, 0, 0.5f, 7));
    assertValues(
        new Op.Sigmoid(),
        List.of(RealTensor.of(Shape.of(3), 0, 1, -200)),
        RealTensor.of(Shape.of(3), 0.5f, 0.7310586f, 0));
    assertValues(
        new Op.Softmax(0),
        List.of(RealTensor.of(Shape.of(2, 2), 1000, 0, 1000, (float) Math.log(3))),
        RealTensor.of(Shape.of(2, 2), 0.5f, 0.25f, 0.5f, 0.75f));
  }

  @Test
  void maximaIgnorePaddingAndAveragesCountItOnlyWhenTold() {
    RealTensor x = RealTensor.of(Shape.of(1, 1, 2, 2), -1, -2, -3, -4);
    Window window = Window.square(2, 1, 1);
    Shape shape = Shape.of(1, 1, 3, 3);
    assertValues(
        new Op.MaxPool(window),
        List.of(x),
        RealTensor.of(shape, -1, -1, -2, -1, -1, -2, -3, -3, -4));
    assertValues(
        new Op.AveragePool(window, true),
        List.of(x),
        RealTensor.of(shape, -0.25f, -0.75f, -0.5f, -1, -2.5f, -1.5f, -0.75f, -1.75f, -1));
    assertValues(
        new Op.AveragePool(window, false),
        List.of(x),
        RealTensor.of(shape, -1, -1.5f, -2, -2, -2.5f, -3, -3, -3.5f, -4));
  }

  @Test
  void aDilatedPoolingSkipsElements() {
    Window window = new Window(List.of(2), List.of(1), List.of(0), List.of(0), List.of(2));
    assertValues(
        new Op.MaxPool(window),
        List.of(RealTensor.of(Shape.of(1, 2, 4), 9, 1, 2, 3, 0, 5, 4, 1)),
        RealTensor.of(Shape.of(1, 2, 2), 9, 3, 4, 5));
  }

  @Test
  void aPoolingWindowOverPaddingAloneIsRefused() {
    Window window = new Window(List.of(1), List.of(1), List.of(1), List.of(0), List.of(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Reference.value(new Op.MaxPool(window), List.of(random(1, 1, 1, 3))));
  }

  @Test
  void elementwiseOperationsBroadcastFromTheRight() {
    RealTensor a = RealTensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4);
    RealTensor b = RealTensor.of(Shape.of(3, 1), 10, 20, 30);
    Shape shape = Shape.of(2, 3, 2);
    assertValues(
        new Op.Add(),
        List.of(a, b),
        RealTensor.of(shape, 11, 12, 21, 22, 31, 32, 13, 14, 23, 24, 33, 34));
    assertValues(
        new Op.Subtract(),
        List.of(a, b),
        RealTensor.of(shape, -9, -8, -19, -18, -29, -28, -7, -6, -17, -16, -27, -26));
    assertValues(
        new Op.Multiply(),
        List.of(a, b),
        RealTensor.of(shape, 10, 20, 20, 40, 30, 60, 30, 40, 60, 80, 90, 120));
    assertValues(
        new Op.Divide(),
        List.of(a, RealTensor.of(Shape.of(), 2)),
        RealTensor.of(a.shape(), .5f, 1, 1.5f, 2));
  }

  @Test
  void movesOfElementsKeepTheirValues() {
    RealTensor x = RealTensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertValues(
        new Op.Transpose(List.of(1, 0)),
        List.of(x),
        RealTensor.of(Shape.of(3, 2), 1, 4, 2, 5, 3, 6));
    assertValues(new Op.Reshape(Shape.of(6)), List.of(x), x.as(Shape.of(6)));
    assertValues(new Op.Slice(1, 2, -2, 2), List.of(x), RealTensor.of(Shape.of(2, 2), 3, 1, 6, 4));
    assertValues(
        new Op.Pad(List.of(0, 1), List.of(1, 0), 9),
        List.of(x),
        RealTensor.of(Shape.of(3, 4), 9, 1, 2, 3, 9, 4, 5, 6, 9, 9, 9, 9));
    assertValues(
        new Op.Concat(1),
        List.of(x, RealTensor.of(Shape.of(2, 1), 7, 8)),
        RealTensor.of(Shape.of(2, 4), 1, 2, 3, 7, 4, 5, 6, 8));
    assertValues(new Op.Mean(List.of(1)), List.of(x), RealTensor.of(Shape.of(2, 1), 2, 5));
    assertValues(new Op.Mean(List.of(0, 1)), List.of(x), RealTensor.of(Shape.of(1, 1), 3.5f));
  }

  @Test
  void theFirstOfTheLargestIsFound() {
    RealTensor x = RealTensor.of(Shape.of(2, 3), 1, 3, 3, -1, -2, -1);
    assertValues(new Op.ArgMax(1), List.of(x), RealTensor.of(Shape.of(2, 1), 1, 0));
    assertValues(new Op.ArgMax(0), List.of(x), RealTensor.of(Shape.of(1, 3), 0, 0, 0));
    assertValues(
        new Op.ArgMax(1), List.of(x.as(Shape.of(1, 3, 2))), RealTensor.of(Shape.of(1, 1, 2), 1, 0));
  }

  @Test
  void transposesOfThreeAxesFollowThePermutation() {
    RealTensor x = random(3, 2, 3, 4);
    float[] expected = new float[24];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          expected[(k * 2 + i) * 3 + j] = x.values()[(i * 3 + j) * 4 + k];
        }
      }
    }
    assertValues(
        new Op.Transpose(List.of(2, 0, 1)), List.of(x), RealTensor.of(Shape.of(4, 2, 3), expected));
  }

  private static Graph small() {
    Shape map = Shape.of(1, 3, 4, 4);
    return new Graph(
        "small",
        Map.of("x", Shape.of(1, 2, 4, 4)),
        Map.of("w", random(5, 3, 2, 3, 3), "v", random(6, 3, 2)),
        List.of(
            new Node("conv", new Op.Conv(Window.square(3, 1, 1), 1), List.of("x", "w"), map),
            new Node("unused", new Op.Relu(), List.of("x"), Shape.of(1, 2, 4, 4)),
            new Node("relu", new Op.Relu(), List.of("conv"), map),
            new Node("sum", new Op.Add(), List.of("conv", "relu"), map),
            new Node("mean", new Op.Mean(List.of(2, 3)), List.of("sum"), Shape.of(1, 3, 1, 1)),
            new Node("flat", new Op.Reshape(Shape.of(1, 3)), List.of("mean"), Shape.of(1, 3)),
            new Node("y", new Op.MatMul(), List.of("flat", "v"), Shape.of(1, 2))),
        List.of("y", "relu"));
  }

  @Test
  void aGraphIsEvaluatedNodeByNodeAndObserved() {
    Graph graph = small();
    RealTensor x = random(7, 1, 2, 4, 4);
    List<String> seen = new ArrayList<>();
    Reference reference = new Reference(graph);
    Map<String, RealTensor> outputs =
        reference.run(
            Map.of("x", x),
            (node, value) -> {
              seen.add(node);
              assertEquals(graph.shape(node), value.shape());
            });
    assertEquals(List.of("conv", "unused", "relu", "sum", "mean", "flat", "y"), seen);
    assertEquals(List.of("y", "relu"), List.copyOf(outputs.keySet()));
    RealTensor conv =
        Reference.value(graph.nodes().getFirst().op(), List.of(x, graph.constants().get("w")));
    RealTensor relu = Reference.value(new Op.Relu(), List.of(conv));
    RealTensor sum = Reference.value(new Op.Add(), List.of(conv, relu));
    RealTensor mean = Reference.value(new Op.Mean(List.of(2, 3)), List.of(sum));
    RealTensor y =
        Reference.value(
            new Op.MatMul(), List.of(mean.as(Shape.of(1, 3)), graph.constants().get("v")));
    assertArrayEquals(y.values(), outputs.get("y").values());
    assertArrayEquals(relu.values(), outputs.get("relu").values());
    assertArrayEquals(
        y.values(), reference.run(Map.of("x", x)).get("y").values(), "with packed weights");
  }

  @Test
  void aMissingOrMisshapenInputIsNamed() {
    var missing =
        assertThrows(IllegalArgumentException.class, () -> Reference.evaluate(small(), Map.of()));
    assertTrue(missing.getMessage().contains("no value for input 'x'"));
    var shape =
        assertThrows(
            IllegalArgumentException.class,
            () -> Reference.evaluate(small(), Map.of("x", random(1, 1, 2, 4, 5))));
    assertTrue(shape.getMessage().contains("has shape 1×2×4×4, given 1×2×4×5"));
  }
}
