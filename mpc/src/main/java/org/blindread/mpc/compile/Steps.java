package org.blindread.mpc.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// What [Lowering] has written so far: which step holds each value of the graph, at which scale.
/// New steps go under the layer of the original graph that their node comes from.
final class Steps {
  private final Graph graph;
  private final FixedPoint numbers;
  private final Emitter emitter;
  private final Map<String, Integer> values = new HashMap<>();
  private final Set<String> layers = new HashSet<>();

  /// @param graph the graph after all passes, whose nodes are lowered
  /// @param original the graph before all passes: it names the layers
  Steps(Graph graph, Graph original, FixedPoint numbers) {
    this.graph = graph;
    this.numbers = numbers;
    this.emitter = new Emitter(numbers);
    original.nodes().forEach(node -> layers.add(node.name()));
  }

  Graph graph() {
    return graph;
  }

  FixedPoint numbers() {
    return numbers;
  }

  /// The scale f that ReLU, linear layers and outputs need.
  int fractionBits() {
    return numbers.fractionBits();
  }

  void put(String value, int step) {
    values.put(value, step);
  }

  boolean hold(String value) {
    return values.containsKey(value);
  }

  /// The step that holds a value of the graph.
  int value(String name) {
    return values.get(name);
  }

  /// The step that holds a node's first operand.
  int operand(Node node) {
    return value(node.operands().getFirst());
  }

  Shape shape(int x) {
    return emitter.step(x).shape();
  }

  int scale(int x) {
    return emitter.step(x).scale();
  }

  Instruction instruction(int x) {
    return emitter.step(x).instruction();
  }

  /// Writes a step with the node's own shape.
  int emit(Node node, Instruction instruction, int scale) {
    return emit(node, instruction, ChannelsLast.of(node.shape()), scale);
  }

  /// Writes a step on the way to the node's value.
  int emit(Node node, Instruction instruction, Shape shape, int scale) {
    return emit(layer(node), instruction, shape, scale);
  }

  int emit(String layer, Instruction instruction, Shape shape, int scale) {
    return emitter.emit(layer, instruction, shape, scale);
  }

  int weight(Node node, Role role, RealTensor tensor, int scale) {
    return emitter.weight(layer(node), node.name(), role, tensor, scale);
  }

  /// x at scale f, truncated if it stands above.
  int truncated(int x) {
    int bits = scale(x) - fractionBits();
    return bits <= 0
        ? x
        : emit(
            emitter.step(x).layer(), new Instruction.Truncate(x, bits), shape(x), fractionBits());
  }

  /// x times a power of two, so that it stands at a scale.
  int raised(Node node, int x, int scale) {
    int bits = scale - scale(x);
    return bits == 0
        ? x
        : emit(node, new Instruction.Scale(x, List.of(1L << bits), bits), shape(x), scale);
  }

  /// The highest scale among a node's operands.
  int highestScale(Node node) {
    return node.operands().stream()
        .mapToInt(operand -> scale(value(operand)))
        .max()
        .orElse(fractionBits());
  }

  Plan plan() {
    return emitter.plan(graph.name());
  }

  Map<String, RingTensor> weights() {
    return emitter.weights();
  }

  /// The node of the original graph that a node comes from; passes add suffixes to its name.
  private String layer(Node node) {
    String name = node.name();
    while (!layers.contains(name)) {
      int cut = Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'));
      if (cut <= 0) {
        return node.name();
      }
      name = name.substring(0, cut);
    }
    return name;
  }
}
