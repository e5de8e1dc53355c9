package org.blindread.mpc.graph;

import java.util.List;
import org.blindread.mpc.tensor.Shape;

/// One value of a [Graph] and how it is computed.
///
/// @param name name of the value, unique in the graph; errors and reports speak of it
/// @param op what is computed
/// @param operands names of inputs, constants or earlier nodes
/// @param shape shape of the value, 1×C×spatial for feature maps
public record Node(String name, Op op, List<String> operands, Shape shape) {
  public Node {
    operands = List.copyOf(operands);
  }
}
