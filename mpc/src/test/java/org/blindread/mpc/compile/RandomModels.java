package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.ShapeRule;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Seeded random models: structure from one seed, weights from another.
final class RandomModels {
  private final Random structure;
  private final Random weights;
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, RealTensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private int count;

  private RandomModels(long structure, long weights) {
    this.structure = new Random(structure);
    this.weights = new Random(weights);
  }

  /// A small network with branches, residual sums, concatenations and every kind of layer.
  static Graph network(long structureSeed, long weightSeed) {
    RandomModels m = new RandomModels(structureSeed, weightSeed);
    int channels = 1 + m.structure.nextInt(3);
    Shape in = Shape.of(1, channels, 7 + m.structure.nextInt(7), 6 + m.structure.nextInt(8));
    m.shapes.put("image", in);
    String x = m.conv("image", 4 + m.structure.nextInt(5), 3, 1, 1);
    for (int block = 0; block < 4; block++) {
      x = m.block(x);
    }
    return m.headed(x, in);
  }

  /// Stem, dense blocks with transitions, final norm, global mean and classifier, as DenseNet.
  static Graph denseNet(long structureSeed, long weightSeed, int size) {
    RandomModels m = new RandomModels(structureSeed, weightSeed);
    Shape in = Shape.of(1, 1, size, size);
    m.shapes.put("image", in);
    String x = m.relu(m.norm(m.conv("image", 8, 7, 2, 3)));
    x = m.node(new Op.MaxPool(Window.square(3, 2, 1)), x);
    for (int block = 0; block < 2; block++) {
      for (int layer = 0; layer < 3; layer++) {
        String bottleneck = m.conv(m.relu(m.norm(x)), 8, 1, 1, 0);
        String grown = m.conv(m.relu(m.norm(bottleneck)), 4, 3, 1, 1);
        x = m.node(new Op.Concat(1), x, grown);
      }
      if (block == 0) {
        x = m.conv(m.relu(m.norm(x)), m.channels(x) / 2, 1, 1, 0);
        x = m.node(new Op.AveragePool(Window.square(2, 2, 0), false), x);
      }
    }
    return m.headed(m.relu(m.norm(x)), in);
  }

  static List<Map<String, RealTensor>> images(Graph graph, int count, long seed) {
    Random random = new Random(seed);
    List<Map<String, RealTensor>> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, RealTensor> image = new HashMap<>();
      graph.inputs().forEach((name, shape) -> image.put(name, gaussian(random, shape, 1)));
      images.add(image);
    }
    return images;
  }

  private Graph headed(String x, Shape in) {
    String y = x;
    int k;
    if (structure.nextBoolean()) {
      y = node(new Op.Mean(List.of(2, 3)), y);
      k = channels(y);
      y = node(new Op.Reshape(Shape.of(1, k)), y);
    } else {
      k = shapes.get(y).size();
      y = node(new Op.Reshape(Shape.of(1, k)), y);
    }
    String w = constant(gaussian(weights, Shape.of(k, 5), 1 / Math.sqrt(k)));
    y = node(new Op.MatMul(), y, w);
    y = node(new Op.Add(), y, constant(gaussian(weights, Shape.of(5), 0.5)));
    List<String> outputs = new ArrayList<>(List.of(y));
    if (structure.nextBoolean()) {
      outputs.add(node(new Op.Sigmoid(), y));
    }
    return new Graph("random", Map.of("image", in), constants, nodes, outputs);
  }

  private String block(String x) {
    Shape shape = shapes.get(x);
    boolean room = shape.extent(2) >= 4 && shape.extent(3) >= 4;
    return switch (structure.nextInt(11)) {
      case 0 -> relu(norm(conv(x, 3 + structure.nextInt(6), 3, 1, 1)));
      case 1 -> conv(relu(norm(x)), 3 + structure.nextInt(6), 3, 1, structure.nextInt(2));
      case 2 -> {
        String grown = conv(relu(norm(x)), 3, 3, 1, 1);
        yield node(new Op.Concat(1), x, grown);
      }
      case 3 -> {
        String same = conv(relu(norm(conv(x, 5, 1, 1, 0))), channels(x), 3, 1, 1);
        yield relu(node(new Op.Add(), same, x));
      }
      case 4 -> room ? node(new Op.MaxPool(Window.square(3, 2, 1)), relu(norm(x))) : relu(x);
      case 5 -> {
        String y = relu(norm(x));
        String left = conv(y, 4, 3, 1, 1);
        String right = conv(y, 4, 1, 1, 0);
        yield node(new Op.Subtract(), left, right);
      }
      case 6 -> {
        String y = conv(relu(norm(x)), 4, 1, 1, 0);
        yield room ? node(new Op.AveragePool(Window.square(2, 2, 0), false), y) : y;
      }
      case 7 ->
          conv(
              node(
                  new Op.AveragePool(Window.square(3, 1, 1), structure.nextBoolean()),
                  relu(norm(x))),
              5,
              3,
              1,
              1);
      case 8 -> {
        Shape map = structure.nextBoolean() ? shape : Shape.of(shape.extent(1), 1, 1);
        String c = constant(gaussian(weights, map, 1));
        yield structure.nextBoolean() ? node(new Op.Add(), x, c) : node(new Op.Subtract(), c, x);
      }
      case 9 -> {
        String y = node(new Op.LeakyRelu(0.1f), conv(x, 4, 3, 1, 1));
        yield node(new Op.Clip(structure.nextBoolean() ? 0 : -1.5f, 2), y);
      }
      default -> {
        String scaled = node(new Op.Multiply(), x, constant(RealTensor.of(Shape.of(), 0.7f)));
        List<Integer> none = List.of(0, 0, 0, 0);
        String padded = node(new Op.Pad(List.of(0, 0, 1, 0), none, 0.5f), norm(scaled));
        yield node(new Op.Slice(3, shape.extent(3) - 1, -1, shape.extent(3)), padded);
      }
    };
  }

  private int channels(String x) {
    return shapes.get(x).extent(1);
  }

  private String relu(String x) {
    return node(new Op.Relu(), x);
  }

  private String conv(String x, int outputs, int kernel, int stride, int padding) {
    int k =
        Math.min(kernel, Math.min(shapes.get(x).extent(2), shapes.get(x).extent(3)) + 2 * padding);
    Window window = Window.square(k, stride, padding);
    int fan = channels(x) * window.taps();
    String w =
        constant(gaussian(weights, Shape.of(outputs, channels(x), k, k), 1 / Math.sqrt(fan)));
    return structure.nextBoolean()
        ? node(new Op.Conv(window, 1), x, w)
        : node(new Op.Conv(window, 1), x, w, constant(gaussian(weights, Shape.of(outputs), 0.3)));
  }

  /// Mixed signs, 5 % of the scales zero, some channels scaled by 2^±6.
  private String norm(String x) {
    int c = channels(x);
    float[] gamma = new float[c];
    float[] variance = new float[c];
    for (int i = 0; i < c; i++) {
      gamma[i] = (float) (weights.nextGaussian() + 0.5);
      gamma[i] = weights.nextInt(20) == 0 ? 0 : gamma[i];
      variance[i] = 0.5f + weights.nextFloat();
      if (weights.nextInt(10) == 0) {
        gamma[i] = Math.scalb(gamma[i], weights.nextBoolean() ? -6 : 2);
      }
    }
    return node(
        new Op.BatchNorm(1e-5f),
        x,
        constant(new RealTensor(Shape.of(c), gamma)),
        constant(gaussian(weights, Shape.of(c), 0.5)),
        constant(gaussian(weights, Shape.of(c), 0.5)),
        constant(new RealTensor(Shape.of(c), variance)));
  }

  private String constant(RealTensor tensor) {
    String name = "c" + count++;
    constants.put(name, tensor);
    shapes.put(name, tensor.shape());
    return name;
  }

  private String node(Op op, String... operands) {
    String name = op.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + count++;
    Shape shape = ShapeRule.of(op, Arrays.stream(operands).map(shapes::get).toList());
    nodes.add(new Node(name, op, List.of(operands), shape));
    shapes.put(name, shape);
    return name;
  }

  static RealTensor gaussian(Random random, Shape shape, double deviation) {
    float[] values = new float[shape.size()];
    IntStream.range(0, values.length)
        .forEach(i -> values[i] = (float) (random.nextGaussian() * deviation));
    return new RealTensor(shape, values);
  }
}
