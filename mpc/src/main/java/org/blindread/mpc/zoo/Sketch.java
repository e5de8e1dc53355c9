package org.blindread.mpc.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.ShapeRule;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A graph being drawn, layer by layer; every method adds a node of the given name and returns that
/// name.
///
/// Weights are drawn from a stream of their own name, so they depend neither on the image size nor
/// on the order of drawing. Constants known beforehand (BatchNorm statistics above all) are taken
/// as they are.
final class Sketch {
  static final String IMAGE = "image";

  private static final float EPSILON = 1e-5f;
  private static final double BIAS_DEVIATION = 0.05;
  private static final double NORM_DEVIATION = 0.1;

  private final long seed;
  private final Map<String, RealTensor> known;
  private final Map<String, RealTensor> constants = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Shape image;

  Sketch(long seed, Shape image, Map<String, RealTensor> known) {
    this.seed = seed;
    this.image = image;
    this.known = known;
    shapes.put(IMAGE, image);
  }

  Graph graph(String name, String output) {
    return new Graph(name, Map.of(IMAGE, image), constants, nodes, List.of(output));
  }

  int channels(String value) {
    return shapeOf(value).extent(1);
  }

  private Shape shapeOf(String value) {
    if (!shapes.containsKey(value)) {
      throw new IllegalArgumentException("nothing named '" + value + "' has been drawn");
    }
    return shapes.get(value);
  }

  private String node(String name, Op op, String... operands) {
    Shape shape = ShapeRule.of(op, List.of(operands).stream().map(this::shapeOf).toList());
    shapes.put(name, shape);
    nodes.add(new Node(name, op, List.of(operands), shape));
    return name;
  }

  private String constant(String name, Shape shape, double mean, double deviation) {
    RealTensor tensor =
        known.containsKey(name)
            ? known.get(name)
            : new RealTensor(
                shape, SeededNumbers.of(seed, name).normals(shape.size(), mean, deviation));
    constants.put(name, tensor);
    shapes.put(name, shape);
    return name;
  }

  /// Square convolution with He weights, N(0, 2/fan-in), without bias.
  String convolution(String name, String x, int outputs, int kernel, int stride, int padding) {
    return node(
        name,
        new Op.Conv(Window.square(kernel, stride, padding), 1),
        x,
        filters(name, x, outputs, kernel));
  }

  /// As above with a bias of N(0, 0.05²).
  String biasedConvolution(
      String name, String x, int outputs, int kernel, int stride, int padding) {
    String weights = filters(name, x, outputs, kernel);
    String bias = constant(name + ".bias", Shape.of(outputs), 0, BIAS_DEVIATION);
    return node(name, new Op.Conv(Window.square(kernel, stride, padding), 1), x, weights, bias);
  }

  private String filters(String name, String x, int outputs, int kernel) {
    int inputs = channels(x);
    double deviation = Math.sqrt(2.0 / (inputs * kernel * kernel));
    return constant(name + ".weight", Shape.of(outputs, inputs, kernel, kernel), 0, deviation);
  }

  /// BatchNorm with γ ~ N(1, 0.1²), β ~ N(0, 0.1²); mean and variance are placeholders (0 and 1, as
  /// N(·, 0)) until [BatchStatistics] has measured them.
  String batchNorm(String name, String x) {
    Shape shape = Shape.of(channels(x));
    return node(
        name,
        new Op.BatchNorm(EPSILON),
        x,
        constant(name + ".weight", shape, 1, NORM_DEVIATION),
        constant(name + ".bias", shape, 0, NORM_DEVIATION),
        constant(name + ".running_mean", shape, 0, 0),
        constant(name + ".running_var", shape, 1, 0));
  }

  String relu(String name, String x) {
    return node(name, new Op.Relu(), x);
  }

  String add(String name, String a, String b) {
    return node(name, new Op.Add(), a, b);
  }

  String concat(String name, List<String> operands) {
    return node(name, new Op.Concat(1), operands.toArray(String[]::new));
  }

  String maxPool(String name, String x, Window window) {
    return node(name, new Op.MaxPool(window), x);
  }

  /// Kernel 3, stride 2, with the high padding that makes the last window fit (`ceil_mode`).
  String ceilingMaxPool(String name, String x) {
    List<Integer> high = new ArrayList<>();
    Shape shape = shapeOf(x);
    for (int extent : shape.extents().subList(2, shape.rank())) {
      int outputs = Math.ceilDiv(Math.max(extent - 3, 0), 2) + 1;
      high.add(Math.max(0, 2 * (outputs - 1) + 3 - extent));
    }
    return maxPool(
        name, x, new Window(List.of(3, 3), List.of(2, 2), List.of(0, 0), high, List.of(1, 1)));
  }

  String averagePool(String name, String x, int kernel) {
    return node(name, new Op.AveragePool(Window.square(kernel, kernel, 0), true), x);
  }

  /// Mean of every channel, as 1×C: nodes `name` and `name.flat`.
  String globalAverage(String name, String x) {
    String mean = node(name, new Op.Mean(List.of(2, 3)), x);
    return node(name + ".flat", new Op.Reshape(Shape.of(1, channels(mean))), mean);
  }

  /// x·W + b with W ~ N(0, 2/fan-in): nodes `name.product` and `name`.
  String dense(String name, String x, int outputs) {
    int inputs = channels(x);
    String weights =
        constant(name + ".weight", Shape.of(inputs, outputs), 0, Math.sqrt(2.0 / inputs));
    String bias = constant(name + ".bias", Shape.of(outputs), 0, BIAS_DEVIATION);
    return add(name, node(name + ".product", new Op.MatMul(), x, weights), bias);
  }
}
