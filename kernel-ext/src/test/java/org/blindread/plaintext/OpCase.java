package org.blindread.plaintext;

import static java.util.Collections.nCopies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.ShapeRule;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A graph of one operation on seeded numbers: the first operand is the image, the others are
/// constants.
///
/// @param positive the constants that hold positive numbers only (a variance, a divisor)
record OpCase(Op op, List<Shape> operands, List<Integer> positive) {
  OpCase {
    operands = List.copyOf(operands);
    positive = List.copyOf(positive);
  }

  Graph graph(long seed) {
    Random random = new Random(seed);
    Map<String, RealTensor> constants = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(List.of("x"));
    for (int i = 1; i < operands.size(); i++) {
      float[] values = numbers(random, operands.get(i));
      for (int k = 0; k < values.length && positive.contains(i); k++) {
        values[k] = Math.abs(values[k]) + 0.5f;
      }
      constants.put("c" + i, new RealTensor(operands.get(i), values));
      names.add("c" + i);
    }
    return new Graph(
        "seed " + seed,
        Map.of("x", operands.getFirst()),
        constants,
        List.of(new Node("y", op, names, ShapeRule.of(op, operands))),
        List.of("y"));
  }

  float[] image(long seed) {
    return numbers(new Random(~seed), operands.getFirst());
  }

  private static float[] numbers(Random random, Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 3;
    }
    return values;
  }

  private static OpCase of(Op op, Shape... operands) {
    return new OpCase(op, List.of(operands), List.of());
  }

  /// Every kind of [Op], on shapes and attributes that a careless engine trips over.
  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    addWindows(cases);
    addArithmetic(cases);
    addRearrangements(cases);
    for (int seed = 0; seed < 150; seed++) {
      cases.addAll(random(new Random(seed)));
    }
    return cases;
  }

  private static void addWindows(List<OpCase> cases) {
    Window uneven =
        new Window(List.of(3, 2), List.of(2, 1), List.of(0, 2), List.of(2, 1), List.of(1, 3));
    cases.add(of(new Op.Conv(uneven, 1), Shape.of(1, 5, 7, 6), Shape.of(4, 5, 3, 2)));
    cases.add(of(new Op.Conv(uneven, 3), Shape.of(1, 6, 7, 6), Shape.of(9, 2, 3, 2), Shape.of(9)));
    // depthwise, one filter and two filters a channel
    for (int filters : new int[] {1, 2}) {
      cases.add(
          of(
              new Op.Conv(Window.square(3, 1, 1), 13),
              Shape.of(1, 13, 5, 5),
              Shape.of(13 * filters, 1, 3, 3),
              Shape.of(13 * filters)));
    }
    // 1×1, with and without stride and groups; one channel, one position
    for (int stride : new int[] {1, 2}) {
      Window point = Window.square(1, stride, 0);
      cases.add(of(new Op.Conv(point, 1), Shape.of(1, 7, 5, 3), Shape.of(13, 7, 1, 1)));
      cases.add(of(new Op.Conv(point, 2), Shape.of(1, 6, 5, 3), Shape.of(4, 3, 1, 1)));
      cases.add(of(new Op.Conv(point, 1), Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1)));
    }
    // the window covers the whole tensor
    cases.add(
        of(new Op.Conv(Window.square(5, 1, 0), 1), Shape.of(1, 2, 5, 5), Shape.of(3, 2, 5, 5)));
    // several images
    cases.add(
        of(new Op.Conv(Window.square(3, 1, 1), 1), Shape.of(3, 4, 5, 5), Shape.of(2, 4, 3, 3)));
    cases.add(
        of(new Op.Conv(Window.square(3, 2, 1), 2), Shape.of(3, 4, 5, 5), Shape.of(6, 2, 3, 3)));
    Window ceiling =
        new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0), List.of(1, 1), List.of(1, 1));
    for (Window window : List.of(ceiling, uneven, Window.square(2, 2, 0), Window.square(3, 2, 1))) {
      cases.add(of(new Op.MaxPool(window), Shape.of(1, 3, 8, 6)));
      cases.add(of(new Op.MaxPool(window), Shape.of(2, 1, 6, 8)));
      cases.add(of(new Op.AveragePool(window, true), Shape.of(1, 3, 8, 6)));
      cases.add(of(new Op.AveragePool(window, false), Shape.of(2, 3, 8, 6)));
    }
    cases.add(of(new Op.MaxPool(Window.square(1, 2, 0)), Shape.of(1, 3, 5, 5)));
    cases.add(of(new Op.MaxPool(Window.square(1, 1, 0)), Shape.of(1, 3, 5, 5)));
    cases.add(of(new Op.AveragePool(Window.square(7, 7, 0), true), Shape.of(1, 207, 7, 7)));
  }

  private static void addArithmetic(List<OpCase> cases) {
    List<Shape> shapes =
        List.of(
            Shape.of(),
            Shape.of(1),
            Shape.of(13),
            Shape.of(1, 1),
            Shape.of(1, 207),
            Shape.of(1, 3, 5),
            Shape.of(1, 3, 1, 7),
            Shape.of(2, 3, 2, 1, 4));
    for (Shape shape : shapes) {
      cases.add(of(new Op.Relu(), shape));
      cases.add(of(new Op.LeakyRelu(0.01f), shape));
      cases.add(of(new Op.LeakyRelu(1.5f), shape));
      cases.add(of(new Op.LeakyRelu(-0.5f), shape));
      cases.add(of(new Op.Clip(-1.25f, 2), shape));
      cases.add(of(new Op.Clip(0, Float.POSITIVE_INFINITY), shape));
      cases.add(of(new Op.Clip(Float.NEGATIVE_INFINITY, 0.5f), shape));
      cases.add(of(new Op.Clip(0.3f, 0.3f), shape));
      cases.add(of(new Op.Clip(2, -1), shape));
      cases.add(of(new Op.Sigmoid(), shape));
      for (int axis = 0; axis < shape.rank(); axis++) {
        cases.add(of(new Op.Softmax(axis), shape));
        cases.add(of(new Op.ArgMax(axis), shape));
        cases.add(of(new Op.Mean(List.of(axis)), shape));
        cases.add(of(new Op.Mean(List.of(shape.rank() - 1, axis, axis)), shape));
        cases.add(of(new Op.Concat(axis), shape, shape, shape.with(axis, 2), shape));
        cases.add(of(new Op.Concat(axis), shape));
      }
      cases.add(of(new Op.Mean(List.of()), shape));
      for (Shape other : List.of(shape, Shape.of(), Shape.of(1), Shape.of(1, 1, 1, 1, 1, 1))) {
        addPair(cases, shape, other);
      }
    }
    addPair(cases, Shape.of(1, 3, 4, 5), Shape.of(3, 1, 1));
    addPair(cases, Shape.of(3, 1), Shape.of(2, 1, 4));
    addPair(cases, Shape.of(5), Shape.of(1, 3, 4, 5));
    addPair(cases, Shape.of(1, 3, 1, 5), Shape.of(1, 1, 4, 1));
    for (Shape shape : shapes.subList(3, shapes.size())) {
      Shape parameter = Shape.of(shape.extent(1));
      cases.add(
          new OpCase(
              new Op.BatchNorm(1e-3f),
              List.of(shape, parameter, parameter, parameter, parameter),
              List.of(4)));
      cases.add(of(new Op.MatMul(), shape, Shape.of(shape.extent(-1), 1)));
      cases.add(of(new Op.MatMul(), shape, Shape.of(shape.extent(-1), 13)));
    }
  }

  private static void addPair(List<OpCase> cases, Shape a, Shape b) {
    cases.add(of(new Op.Add(), a, b));
    cases.add(of(new Op.Subtract(), a, b));
    cases.add(of(new Op.Multiply(), a, b));
    cases.add(new OpCase(new Op.Divide(), List.of(a, b), List.of(1)));
  }

  private static void addRearrangements(List<OpCase> cases) {
    Shape x = Shape.of(1, 3, 4, 5);
    cases.add(of(new Op.Reshape(Shape.of(60)), x));
    cases.add(of(new Op.Reshape(Shape.of(5, 1, 12, 1)), x));
    cases.add(of(new Op.Reshape(Shape.of()), Shape.of(1, 1)));
    cases.add(of(new Op.Reshape(Shape.of(1, 1, 1)), Shape.of()));
    cases.add(of(new Op.Transpose(List.of(0, 2, 3, 1)), x));
    cases.add(of(new Op.Transpose(List.of(3, 2, 1, 0)), x));
    cases.add(of(new Op.Transpose(List.of(0, 1, 2, 3)), x));
    cases.add(of(new Op.Transpose(List.of(1, 0)), Shape.of(1, 13)));
    cases.add(of(new Op.Transpose(List.of(0)), Shape.of(1)));
    cases.add(of(new Op.Transpose(List.of(2, 4, 0, 3, 1)), Shape.of(2, 3, 4, 1, 5)));
    cases.add(of(new Op.Pad(List.of(0, 1, 0, 2), List.of(3, 0, 1, 0), -1.5f), x));
    cases.add(of(new Op.Pad(nCopies(4, 0), nCopies(4, 0), 0), x));
    cases.add(of(new Op.Pad(List.of(4), List.of(0), Float.NEGATIVE_INFINITY), Shape.of(1)));
    for (int axis = 0; axis < 4; axis++) {
      int last = x.extent(axis) - 1;
      cases.add(of(new Op.Slice(axis, 0, 1, last + 1), x));
      cases.add(of(new Op.Slice(axis, last, 1, 1), x));
      cases.add(of(new Op.Slice(axis, 0, 2, last / 2 + 1), x));
      cases.add(of(new Op.Slice(axis, last, -1, last + 1), x));
      cases.add(of(new Op.Slice(axis, last, -3, last / 3 + 1), x));
    }
    cases.add(of(new Op.Slice(0, 12, -5, 3), Shape.of(13)));
    cases.add(of(new Op.Slice(0, 0, 7, 1), Shape.of(1)));
  }

  /// A convolution and three poolings with a random window over 1 to 3 axes.
  private static List<OpCase> random(Random random) {
    int axes = 1 + random.nextInt(3);
    List<Integer> kernel = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> dilations = new ArrayList<>();
    List<Integer> spatial = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      kernel.add(1 + random.nextInt(4));
      strides.add(1 + random.nextInt(3));
      dilations.add(1 + random.nextInt(3));
      // Less padding than the kernel has taps: every window meets the tensor somewhere if the
      // tensor is at least as long as the window.
      low.add(random.nextInt(kernel.getLast()));
      high.add(random.nextInt(kernel.getLast()));
      spatial.add(dilations.getLast() * (kernel.getLast() - 1) + 1 + random.nextInt(5));
    }
    Window window = new Window(kernel, strides, low, high, dilations);
    int groups = 1 + random.nextInt(3);
    int inputs = 1 + random.nextInt(3);
    int outputs = groups * (1 + random.nextInt(3));
    List<Integer> x = new ArrayList<>(List.of(1 + random.nextInt(2), groups * inputs));
    x.addAll(spatial);
    List<Integer> w = new ArrayList<>(List.of(outputs, inputs));
    w.addAll(kernel);
    Shape image = new Shape(x);
    return List.of(
        of(new Op.Conv(window, groups), image, new Shape(w), Shape.of(outputs)),
        of(new Op.MaxPool(window), image),
        of(new Op.AveragePool(window, true), image),
        of(new Op.AveragePool(window, false), image));
  }
}
