package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A graph between two passes, with what the passes know beyond the graph: calibrated ranges and
/// three annotations that change what a node computes. [#toGraph] writes the annotations out.
///
/// @param graph operations and constants
/// @param ranges extremes of every input and node; of a node in `sums`, those of the mean
/// @param thresholds by name of a `Relu` node: its secret offset and flips
/// @param biasMaps by name of a `Conv` node: a tensor of the result's shape that is added to it
/// @param sums names of `AveragePool` nodes that do not divide: their divisor is in the next
///   weights
public record Model(
    Graph graph,
    Ranges ranges,
    Map<String, Thresholds> thresholds,
    Map<String, RealTensor> biasMaps,
    Set<String> sums) {
  public Model {
    thresholds = Map.copyOf(thresholds);
    biasMaps = Map.copyOf(biasMaps);
    sums = Collections.unmodifiableSet(new TreeSet<>(sums));
  }

  /// A model as it comes from the front end.
  public static Model of(Graph graph, Ranges ranges) {
    return new Model(graph, ranges, Map.of(), Map.of(), Set.of());
  }

  /// The same function without annotations, for [org.blindread.mpc.graph.Reference].
  ///
  /// With s = 1 − 2n a ReLU with thresholds is s·max(s·(x + C), 0).
  public Graph toGraph() {
    Map<String, RealTensor> constants = new LinkedHashMap<>(graph.constants());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      String name = node.name();
      Shape shape = node.shape();
      if (thresholds.containsKey(name)) {
        Thresholds t = thresholds.get(name);
        float[] sign = new float[t.flips().length];
        for (int c = 0; c < sign.length; c++) {
          sign[c] = t.flips()[c] ? -1 : 1;
        }
        constants.put(name + "~C", perChannel(t.offset(), shape));
        constants.put(name + "~s", perChannel(sign, shape));
        String x = node.operands().getFirst();
        nodes.add(new Node(name + "~shift", new Op.Add(), List.of(x, name + "~C"), shape));
        nodes.add(
            new Node(
                name + "~turn", new Op.Multiply(), List.of(name + "~shift", name + "~s"), shape));
        nodes.add(new Node(name + "~relu", node.op(), List.of(name + "~turn"), shape));
        nodes.add(new Node(name, new Op.Multiply(), List.of(name + "~relu", name + "~s"), shape));
      } else if (biasMaps.containsKey(name)) {
        constants.put(name + "~map", biasMaps.get(name));
        nodes.add(new Node(name + "~conv", node.op(), node.operands(), shape));
        nodes.add(new Node(name, new Op.Add(), List.of(name + "~conv", name + "~map"), shape));
      } else if (sums.contains(name) && node.op() instanceof Op.AveragePool pool) {
        constants.put(name + "~d", RealTensor.of(Shape.of(), pool.window().taps()));
        nodes.add(new Node(name + "~mean", node.op(), node.operands(), shape));
        nodes.add(new Node(name, new Op.Multiply(), List.of(name + "~mean", name + "~d"), shape));
      } else {
        nodes.add(node);
      }
    }
    return new Graph(graph.name(), graph.inputs(), constants, nodes, graph.outputs());
  }

  private static RealTensor perChannel(float[] values, Shape shape) {
    Shape broadcast = shape;
    for (int axis = 0; axis < shape.rank(); axis++) {
      broadcast = axis == 1 ? broadcast : broadcast.with(axis, 1);
    }
    return new RealTensor(broadcast, values);
  }

  /// One line a node: name, operation, operands, shape and annotations; no value of a constant.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(graph.name()).append('\n');
    for (Node node : graph.nodes()) {
      text.append(
          "  %s = %s %s : %s".formatted(node.name(), node.op(), node.operands(), node.shape()));
      text.append(thresholds.containsKey(node.name()) ? " with thresholds" : "");
      text.append(biasMaps.containsKey(node.name()) ? " with bias map" : "");
      text.append(sums.contains(node.name()) ? " as sum" : "");
      text.append('\n');
    }
    return text.append("  outputs ").append(graph.outputs()).append('\n').toString();
  }
}
