package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.ShapeRule;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A [Model] that a pass is changing. Order of nodes and dead values do not matter here: [#toModel]
/// sorts and drops.
final class Draft {
  final Map<String, Thresholds> thresholds;
  final Map<String, RealTensor> biasMaps;
  final Set<String> sums;
  private final Model origin;
  private final Map<String, RealTensor> constants;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<String> outputs;
  private final Map<String, Extremes> ranges;

  Draft(Model model) {
    origin = model;
    constants = new LinkedHashMap<>(model.graph().constants());
    model.graph().nodes().forEach(node -> nodes.put(node.name(), node));
    outputs = new ArrayList<>(model.graph().outputs());
    ranges = new HashMap<>(model.ranges().values());
    thresholds = new HashMap<>(model.thresholds());
    biasMaps = new HashMap<>(model.biasMaps());
    sums = new TreeSet<>(model.sums());
  }

  /// The model after a visit to each of its nodes in order: every node as it stands when its turn
  /// comes, and none that an earlier visit has removed.
  static <E extends Exception> Model visited(Model model, Visit<E> visit) throws E {
    Draft draft = new Draft(model);
    for (String name : List.copyOf(draft.nodes.keySet())) {
      if (draft.nodes.containsKey(name)) {
        visit.to(draft, draft.nodes.get(name));
      }
    }
    return draft.toModel();
  }

  /// What a pass does at a node.
  @FunctionalInterface
  interface Visit<E extends Exception> {
    void to(Draft draft, Node node) throws E;
  }

  /// The node that defines a value; absent for inputs, constants and removed nodes.
  Optional<Node> node(String value) {
    return Optional.ofNullable(nodes.get(value));
  }

  boolean isConstant(String value) {
    return constants.containsKey(value);
  }

  RealTensor constant(String value) {
    return constants.get(value);
  }

  Extremes range(String value) {
    return ranges.get(value);
  }

  void range(String value, Extremes extremes) {
    ranges.put(value, extremes);
  }

  Shape shape(String value) {
    if (nodes.containsKey(value)) {
      return nodes.get(value).shape();
    }
    return constants.containsKey(value)
        ? constants.get(value).shape()
        : origin.graph().inputs().get(value);
  }

  boolean isOutput(String value) {
    return outputs.contains(value);
  }

  /// The nodes that read a value.
  List<Node> readers(String value) {
    return nodes.values().stream().filter(node -> node.operands().contains(value)).toList();
  }

  /// The only node that reads a value, if there is exactly one and the value is no output.
  Optional<Node> onlyReader(String value) {
    List<Node> readers = readers(value);
    return readers.size() == 1 && !isOutput(value)
        ? Optional.of(readers.getFirst())
        : Optional.empty();
  }

  /// Adds a constant under a name near `hint`.
  String add(String hint, RealTensor tensor) {
    String name = fresh(hint);
    constants.put(name, tensor);
    return name;
  }

  /// A name that is not taken.
  String fresh(String hint) {
    String name = hint;
    for (int i = 2; taken(name); i++) {
      name = hint + "#" + i;
    }
    return name;
  }

  private boolean taken(String name) {
    return nodes.containsKey(name)
        || constants.containsKey(name)
        || origin.graph().inputs().containsKey(name);
  }

  /// Defines or redefines a node; its shape follows from its operands.
  void put(String name, Op op, String... operands) {
    put(name, op, List.of(operands));
  }

  void put(String name, Op op, List<String> operands) {
    Shape shape = ShapeRule.of(op, operands.stream().map(this::shape).toList());
    nodes.put(name, new Node(name, op, operands, shape));
  }

  /// Removes a node that nobody reads any more.
  void remove(String name) {
    nodes.remove(name);
  }

  /// Makes every reader of `from`, and the outputs, read `to` instead.
  void redirect(String from, String to) {
    for (Node reader : readers(from)) {
      if (!reader.name().equals(to)) {
        List<String> operands =
            reader.operands().stream().map(o -> o.equals(from) ? to : o).toList();
        nodes.put(reader.name(), new Node(reader.name(), reader.op(), operands, reader.shape()));
      }
    }
    outputs.replaceAll(o -> o.equals(from) ? to : o);
  }

  /// The changed model, in evaluation order, without dead nodes and constants.
  Model toModel() {
    Set<String> live = new LinkedHashSet<>();
    outputs.forEach(output -> visit(output, live, new HashSet<>()));
    List<Node> sorted = live.stream().filter(nodes::containsKey).map(nodes::get).toList();
    Map<String, RealTensor> kept = new LinkedHashMap<>(constants);
    kept.keySet().retainAll(live);
    Graph old = origin.graph();
    ranges.keySet().removeIf(v -> !live.contains(v) && !old.inputs().containsKey(v));
    thresholds.keySet().retainAll(live);
    biasMaps.keySet().retainAll(live);
    sums.retainAll(live);
    return new Model(
        new Graph(old.name(), old.inputs(), kept, sorted, outputs),
        new Ranges(origin.ranges().images(), ranges),
        thresholds,
        biasMaps,
        sums);
  }

  private void visit(String value, Set<String> live, Set<String> open) {
    if (live.contains(value)) {
      return;
    }
    if (!open.add(value)) {
      throw new IllegalStateException("a pass made '" + value + "' depend on itself");
    }
    node(value).ifPresent(node -> node.operands().forEach(o -> visit(o, live, open)));
    live.add(value);
  }
}
