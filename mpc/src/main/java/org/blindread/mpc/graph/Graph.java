package org.blindread.mpc.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A model on real numbers in single-assignment order: every operand is an input, a constant or an
/// earlier node. [GraphVerifier] checks it on construction, so a graph is valid by existing.
///
/// Constants are the vendor's secret; shapes, operations and names are public.
///
/// @param name the model's name
/// @param inputs shape by input name, N = 1
/// @param constants tensor by constant name
/// @param nodes in evaluation order
/// @param outputs names of nodes, in the model's order
public record Graph(
    String name,
    Map<String, Shape> inputs,
    Map<String, RealTensor> constants,
    List<Node> nodes,
    List<String> outputs) {
  /// @throws IllegalArgumentException naming the node, if the graph is not well formed
  public Graph {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    GraphVerifier.verify(inputs, constants, nodes, outputs);
  }

  /// The shape of an input, constant or node.
  ///
  /// @throws IllegalArgumentException if there is no such value
  public Shape shape(String value) {
    if (inputs.containsKey(value)) {
      return inputs.get(value);
    }
    if (constants.containsKey(value)) {
      return constants.get(value).shape();
    }
    return nodes.stream()
        .filter(node -> node.name().equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no value '" + value + "' in " + name))
        .shape();
  }

  @Override
  public String toString() {
    return "Graph[%s, %d nodes]".formatted(name, nodes.size());
  }
}
