package org.blindread.mpc.compile;

import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Shape;

/// The rule that one run reads one image: feature maps have a batch of 1; other operations may have
/// any first axis, but not change whether it is one.
final class SingleBatch {
  private SingleBatch() {}

  static void check(Graph graph, Node node) throws CompileException {
    boolean single = single(node.shape());
    boolean free =
        switch (node.op()) {
          case Op.Conv _, Op.MaxPool _, Op.AveragePool _ -> false;
          case Op.Concat _, Op.Pad _, Op.Slice _, Op.Add _, Op.Subtract _ ->
              node.operands().stream().map(graph::shape).allMatch(shape -> single(shape) == single);
          case Op.BatchNorm _,
              Op.Relu _,
              Op.LeakyRelu _,
              Op.Clip _,
              Op.Mean _,
              Op.Multiply _,
              Op.Divide _,
              Op.MatMul _,
              Op.Reshape _,
              Op.Transpose _,
              Op.Sigmoid _,
              Op.Softmax _,
              Op.ArgMax _ ->
              true;
        };
    if (!single && !free) {
      throw new CompileException(
          "node '%s' has shape %s: the batch must be 1".formatted(node.name(), node.shape()));
    }
    if (!free && !(node.op() instanceof Op.Conv)) {
      for (String operand : node.operands()) {
        Shape shape = graph.shape(operand);
        if (!single(shape)) {
          throw new CompileException(
              "node '%s' reads %s: the batch must be 1".formatted(node.name(), shape));
        }
      }
    }
  }

  private static boolean single(Shape shape) {
    return shape.rank() < 2 || shape.extent(0) == 1;
  }
}
