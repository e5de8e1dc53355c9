package org.blindread.mpc.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Checks that a graph is in single-assignment order, that names are unique and shapes follow
/// [ShapeRule].
final class GraphVerifier {
  private GraphVerifier() {}

  static void verify(
      Map<String, Shape> inputs,
      Map<String, RealTensor> constants,
      List<Node> nodes,
      List<String> outputs) {
    Map<String, Shape> known = new HashMap<>(inputs);
    constants.forEach((name, tensor) -> define(known, name, tensor.shape()));
    for (Node node : nodes) {
      List<Shape> operands = new ArrayList<>();
      for (String operand : node.operands()) {
        if (!known.containsKey(operand)) {
          throw new IllegalArgumentException(
              "node '%s' reads '%s' before it is defined".formatted(node.name(), operand));
        }
        operands.add(known.get(operand));
      }
      Shape shape;
      try {
        shape = ShapeRule.of(node.op(), operands);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " in node '" + node.name() + "'", e);
      }
      if (!shape.equals(node.shape())) {
        throw new IllegalArgumentException(
            "node '%s' states shape %s, its operands give %s"
                .formatted(node.name(), node.shape(), shape));
      }
      define(known, node.name(), shape);
    }
    for (String output : outputs) {
      if (!known.containsKey(output)) {
        throw new IllegalArgumentException("output '" + output + "' is not defined");
      }
    }
  }

  private static void define(Map<String, Shape> known, String name, Shape shape) {
    if (known.put(name, shape) != null) {
      throw new IllegalArgumentException("the name '" + name + "' is defined twice");
    }
  }
}
