package org.blindread.mpc.compile;

import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Shape;

/// Which operations leave axis 1 alone.
final class Channels {
  private Channels() {}

  /// Whether a node is a reshape 1×C×… to 1×C×….
  static boolean keptByReshape(Draft draft, Node node) {
    return node.op() instanceof Op.Reshape
        && kept(draft.shape(node.operands().getFirst()), node.shape());
  }

  /// Whether both shapes are 1×C×… with the same C.
  static boolean kept(Shape from, Shape to) {
    return from.rank() >= 2
        && to.rank() >= 2
        && from.extent(0) == 1
        && to.extent(0) == 1
        && from.extent(1) == to.extent(1);
  }
}
