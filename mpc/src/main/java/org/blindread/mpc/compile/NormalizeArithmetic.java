package org.blindread.mpc.compile;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Brings batch normalisations and arithmetic with constants to one form, [Affine]; constants that
/// differ from position to position are given to the convolution before, or treated as channels.
///
/// A product or quotient of two values of the image has no secure form here and is refused.
public final class NormalizeArithmetic implements Pass {
  @Override
  public String name() {
    return "arithmetic with constants becomes s·x + t";
  }

  @Override
  public Model apply(Model model) throws CompileException {
    return Draft.visited(
        model,
        (draft, node) -> {
          switch (node.op()) {
            case Op.BatchNorm _ -> batchNorm(draft, node);
            case Op.Add _, Op.Subtract _, Op.Multiply _, Op.Divide _ -> arithmetic(draft, node);
            case Op.Conv _ -> constantWeights(draft, node);
            case Op.Relu _,
                Op.LeakyRelu _,
                Op.Clip _,
                Op.MaxPool _,
                Op.AveragePool _,
                Op.Mean _,
                Op.MatMul _,
                Op.Concat _,
                Op.Reshape _,
                Op.Transpose _,
                Op.Pad _,
                Op.Slice _,
                Op.Sigmoid _,
                Op.Softmax _,
                Op.ArgMax _ -> {}
          }
        });
  }

  private static void constantWeights(Draft draft, Node node) throws CompileException {
    for (String operand : node.operands().subList(1, node.operands().size())) {
      if (!draft.isConstant(operand)) {
        throw new CompileException(
            "the weights '%s' of node '%s' must be constants".formatted(operand, node.name()));
      }
    }
  }

  private static void batchNorm(Draft draft, Node node) throws CompileException {
    constantWeights(draft, node);
    Affine.of(draft, node).define(draft, node.name(), node.operands().getFirst());
  }

  private static void arithmetic(Draft draft, Node node) throws CompileException {
    String a = node.operands().get(0);
    String b = node.operands().get(1);
    boolean secret = draft.isConstant(a) || draft.isConstant(b);
    if (draft.isConstant(a) && draft.isConstant(b)) {
      throw new CompileException(
          "node '%s' joins two constants: evaluate it before compiling".formatted(node.name()));
    }
    boolean sum = node.op() instanceof Op.Add || node.op() instanceof Op.Subtract;
    if (!secret && sum) {
      return;
    }
    boolean constantFirst = draft.isConstant(a);
    if (!secret || (constantFirst && node.op() instanceof Op.Divide)) {
      throw new CompileException(
          "node '%s' (%s of %s and %s): only products and quotients by constants are supported"
              .formatted(node.name(), node.op(), a, b));
    }
    String x = constantFirst ? b : a;
    RealTensor constant = draft.constant(constantFirst ? a : b);
    Shape shape = node.shape();
    if (!draft.shape(x).equals(shape)) {
      throw new CompileException(
          "node '%s' broadcasts %s to %s by a constant, which is not supported"
              .formatted(node.name(), draft.shape(x), shape));
    }
    double[] values = broadcast(constant, shape);
    Optional<double[]> channels = perChannel(values, constant.shape(), shape);
    if (channels.isPresent()) {
      affine(node.op(), channels.get(), constantFirst).define(draft, node.name(), x);
      return;
    }
    Affine map = affine(node.op(), values, constantFirst);
    Optional<Node> conv = draft.node(x).filter(n -> n.op() instanceof Op.Conv);
    if (sum && conv.isPresent() && draft.onlyReader(x).isPresent()) {
      double[] ones = new double[shape.extent(1)];
      java.util.Arrays.fill(ones, constantFirst && node.op() instanceof Op.Subtract ? -1 : 1);
      Weights.after(draft, conv.get(), ones, new double[ones.length]);
      Node turned = draft.node(x).orElseThrow();
      Weights.add(draft, turned, Weights.vector(map.t()).as(shape));
      draft.range(x, draft.range(node.name()));
      draft.redirect(node.name(), x);
      draft.remove(node.name());
      return;
    }
    // Every element becomes a channel of its own.
    Shape flat = Shape.of(1, shape.size(), 1);
    String name = node.name();
    Extremes range = draft.range(name);
    String in = draft.fresh(name + ".elements");
    draft.put(in, new Op.Reshape(flat), x);
    draft.range(in, Extremes.within(draft.range(x).magnitude(), shape.size()));
    String restored = draft.fresh(name + ".restored");
    draft.redirect(name, restored);
    map.define(draft, name, in);
    draft.range(name, Extremes.within(range.magnitude(), shape.size()));
    draft.put(restored, new Op.Reshape(shape), name);
    draft.range(restored, range);
  }

  private static Affine affine(Op op, double[] constant, boolean constantFirst) {
    double[] s = new double[constant.length];
    double[] t = new double[constant.length];
    for (int i = 0; i < s.length; i++) {
      double c = constant[i];
      switch (op) {
        case Op.Multiply _ -> s[i] = c;
        case Op.Divide _ -> s[i] = 1 / c;
        case Op.Subtract _ -> {
          s[i] = constantFirst ? -1 : 1;
          t[i] = constantFirst ? c : -c;
        }
        case Op _ -> {
          s[i] = 1;
          t[i] = c;
        }
      }
    }
    return new Affine(s, t);
  }

  private static double[] broadcast(RealTensor constant, Shape shape) {
    Shape from = constant.shape();
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int rest = i;
      int at = 0;
      int step = 1;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        int index = rest % shape.extent(axis);
        rest /= shape.extent(axis);
        int own = axis - shape.rank() + from.rank();
        if (own >= 0) {
          at += from.extent(own) == 1 ? 0 : index * step;
          step *= from.extent(own);
        }
      }
      values[i] = constant.values()[at];
    }
    return values;
  }

  /// One value a channel, if the constant's shape varies along axis 1 alone.
  private static Optional<double[]> perChannel(double[] values, Shape constant, Shape shape) {
    if (shape.rank() < 2 || shape.extent(0) != 1) {
      return Optional.empty();
    }
    List<Integer> extents = constant.extents();
    for (int i = 0; i < extents.size(); i++) {
      if (extents.get(i) > 1 && i - extents.size() + shape.rank() != 1) {
        return Optional.empty();
      }
    }
    double[] channels = new double[shape.extent(1)];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = values[c * shape.inner(1)];
    }
    return Optional.of(channels);
  }
}
