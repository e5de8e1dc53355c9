package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Arrays;
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

/// Writes small graphs node by node; weights are seeded.
final class TestGraph {
  private final Random random = new Random(42);
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, RealTensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  static TestGraph input(int... extents) {
    TestGraph graph = new TestGraph();
    graph.inputs.put("x", Shape.of(extents));
    graph.shapes.put("x", Shape.of(extents));
    return graph;
  }

  TestGraph node(String name, Op op, String... operands) {
    Shape shape = ShapeRule.of(op, Arrays.stream(operands).map(shapes::get).toList());
    shapes.put(name, shape);
    nodes.add(new Node(name, op, List.of(operands), shape));
    return this;
  }

  TestGraph constant(String name, RealTensor tensor) {
    constants.put(name, tensor);
    shapes.put(name, tensor.shape());
    return this;
  }

  TestGraph gaussian(String name, int... extents) {
    return constant(name, RandomModels.gaussian(random, Shape.of(extents), 1));
  }

  TestGraph conv(String name, String x, int outputs, Window window) {
    List<Integer> extents = new ArrayList<>(List.of(outputs, shapes.get(x).extent(1)));
    extents.addAll(window.kernel());
    constant(name + ".w", RandomModels.gaussian(random, new Shape(extents), 0.3));
    gaussian(name + ".b", outputs);
    return node(name, new Op.Conv(window, 1), x, name + ".w", name + ".b");
  }

  /// A normalisation γ·x + β; one γ and β a channel.
  TestGraph norm(String name, String x, float[] gamma, float[] beta) {
    Shape channels = Shape.of(gamma.length);
    constant(name + ".g", new RealTensor(channels, gamma));
    constant(name + ".t", new RealTensor(channels, beta));
    constant(name + ".m", RealTensor.filled(channels, 0));
    constant(name + ".v", RealTensor.filled(channels, 1));
    String[] operands = {x, name + ".g", name + ".t", name + ".m", name + ".v"};
    return node(name, new Op.BatchNorm(0), operands);
  }

  Graph output(String... names) {
    return new Graph("test", inputs, constants, nodes, List.of(names));
  }

  static Model model(Graph graph) {
    Ranges ranges = Calibration.measure(graph, RandomModels.images(graph, 3, 5));
    return Model.of(graph, new Ranges(32, ranges.values()));
  }
}
