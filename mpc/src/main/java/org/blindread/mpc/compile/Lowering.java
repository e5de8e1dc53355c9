package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Turns a model after its passes into steps on ring elements, channels last ([ChannelsLast]).
///
/// Scales: a linear layer reads scale f and gives 2f; its result stays there until a ReLU, a linear
/// layer or an output needs f. Sums and concatenations raise the lower scale. One truncation serves
/// all readers of a value.
///
/// Inputs, convolutions and outputs are lowered here; [Rectifiers], [MaxPooling], [Averages] and
/// [Rearrangements] lower the rest and write to the same [Steps].
final class Lowering {
  private final Model model;
  private final Graph original;
  private final Options options;
  private final int f;
  private final Steps steps;
  private final Rearrangements rearrangements;
  private final Rectifiers rectifiers;
  private final MaxPooling maxPooling;
  private final Averages averages;

  /// @param original the graph before all passes: it names the outputs and the layers
  Lowering(Model model, Graph original, FixedPoint numbers, Options options) {
    this.model = model;
    this.original = original;
    this.options = options;
    this.f = numbers.fractionBits();
    this.steps = new Steps(model.graph(), original, numbers);
    this.rearrangements = new Rearrangements(steps);
    this.rectifiers = new Rectifiers(steps);
    this.maxPooling = new MaxPooling(steps);
    this.averages = new Averages(steps, rearrangements, options.divide());
  }

  Compiled lower(RangeReport report) throws CompileException {
    Graph graph = model.graph();
    graph
        .inputs()
        .forEach(
            (name, shape) ->
                steps.put(
                    name,
                    steps.emit(
                        name,
                        new Instruction.Input(options.inputOwner(), name),
                        ChannelsLast.of(shape),
                        f)));
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Op.Sigmoid) && !(node.op() instanceof Op.Softmax)) {
        steps.put(node.name(), lower(node));
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      output(graph.outputs().get(i), original.outputs().get(i));
    }
    return new Compiled(steps.plan(), steps.weights(), report);
  }

  private int lower(Node node) throws CompileException {
    for (String operand : values(node)) {
      if (!steps.hold(operand)) {
        throw new CompileException(
            (model.graph().constants().containsKey(operand)
                    ? "node '%s' reads the constant '%s' where a value of the image is needed"
                    : "node '%s' reads '%s': sigmoid and softmax may only be the last node")
                .formatted(node.name(), operand));
      }
      if (steps.scale(steps.value(operand)) < f && !(node.op() instanceof Op.Reshape)) {
        throw new CompileException(
            "node '%s' reads '%s': the place of a largest element may only be an output"
                .formatted(node.name(), operand));
      }
    }
    SingleBatch.check(model.graph(), node);
    return switch (node.op()) {
      case Op.Conv conv -> convolve(node, conv);
      case Op.Relu _ ->
          rectifiers.relu(node, Optional.ofNullable(model.thresholds().get(node.name())));
      case Op.LeakyRelu leaky -> rectifiers.leakyRelu(node, leaky.alpha());
      case Op.Clip clip -> rectifiers.clip(node, clip);
      case Op.ArgMax arg -> argMax(node, arg.axis());
      case Op.MaxPool pool -> maxPooling.of(node, pool.window());
      case Op.AveragePool pool -> averages.pool(node, pool, model.sums().contains(node.name()));
      case Op.Mean mean -> averages.mean(node, mean.axes());
      case Op.Add _ -> {
        List<Integer> ab = rearrangements.aligned(node);
        Instruction add = new Instruction.Add(ab.get(0), ab.get(1));
        yield steps.emit(node, add, steps.scale(ab.get(0)));
      }
      case Op.Subtract _ -> {
        List<Integer> ab = rearrangements.aligned(node);
        Instruction subtract = new Instruction.Subtract(ab.get(0), ab.get(1));
        yield steps.emit(node, subtract, steps.scale(ab.get(0)));
      }
      case Op.Concat concat -> rearrangements.concat(node, concat.axis());
      case Op.Reshape _ -> rearrangements.reshape(node);
      case Op.Transpose transpose -> rearrangements.transpose(node, transpose.permutation());
      case Op.Pad pad -> rearrangements.pad(node, pad);
      case Op.Slice slice -> rearrangements.slice(node, slice);
      case Op.BatchNorm _, Op.MatMul _, Op.Multiply _, Op.Divide _, Op.Sigmoid _, Op.Softmax _ ->
          throw new CompileException(
              "node '%s' (%s) has no secure form".formatted(node.name(), node.op()));
    };
  }

  /// What a node reads of the image.
  private List<String> values(Node node) {
    return switch (node.op()) {
      case Op.Conv _ -> List.of(node.operands().getFirst());
      case Op.ArgMax arg -> List.of(inOrder(node.operands().getFirst(), arg.axis()));
      case Op _ -> node.operands();
    };
  }

  /// A value whose elements along an axis are ordered as those of another: sigmoid and softmax
  /// change no order.
  private String inOrder(String value, int axis) {
    for (Node node : model.graph().nodes()) {
      if (node.name().equals(value)
          && (node.op() instanceof Op.Sigmoid
              || (node.op() instanceof Op.Softmax softmax && softmax.axis() == axis))) {
        return inOrder(node.operands().getFirst(), axis);
      }
    }
    return value;
  }

  private int argMax(Node node, int axis) throws CompileException {
    String value = inOrder(node.operands().getFirst(), axis);
    Shape shape = model.graph().shape(value);
    List<Integer> order = new ArrayList<>(ChannelsLast.order(shape));
    if (!order.removeIf(other -> other == axis)) {
      throw new CompileException("node '%s' works along the batch axis".formatted(node.name()));
    }
    order.add(axis);
    int x = rearrangements.ordered(node, steps.value(value), order, shape);
    Shape places = steps.shape(x).with(order.size() - 1, 1);
    int found = steps.emit(node, new Instruction.ArgMax(x), places, 0);
    return rearrangements.placed(
        node, found, order, ChannelsLast.order(node.shape()), node.shape());
  }

  private int convolve(Node node, Op.Conv conv) {
    int x = steps.truncated(steps.operand(node));
    RealTensor w = model.graph().constants().get(node.operands().get(1));
    List<Integer> axes = new ArrayList<>(List.of(0));
    IntStream.range(2, w.shape().rank()).forEach(axes::add);
    axes.add(1);
    int kernel = steps.weight(node, Role.KERNEL, ChannelsLast.permute(w, axes), f);
    OptionalInt bias = OptionalInt.empty();
    if (model.biasMaps().containsKey(node.name())) {
      RealTensor map = ChannelsLast.of(model.biasMaps().get(node.name()));
      bias = OptionalInt.of(steps.weight(node, Role.BIAS, map, 2 * f));
    } else if (node.operands().size() == 3) {
      RealTensor b = model.graph().constants().get(node.operands().get(2));
      bias = OptionalInt.of(steps.weight(node, Role.BIAS, b, 2 * f));
    }
    return steps.emit(
        node, new Instruction.Convolve(x, kernel, bias, conv.window(), conv.groups()), 2 * f);
  }

  private void output(String value, String name) throws CompileException {
    Head head = Head.NONE;
    String x = value;
    for (Node node : model.graph().nodes()) {
      if (node.name().equals(value)
          && (node.op() instanceof Op.Sigmoid || node.op() instanceof Op.Softmax)) {
        head = node.op() instanceof Op.Sigmoid ? Head.SIGMOID : Head.SOFTMAX;
        x = node.operands().getFirst();
        if (node.op() instanceof Op.Softmax softmax
            && !(node.shape().rank() == 2 && softmax.axis() == 1)) {
          throw new CompileException(
              "node '%s': softmax as an output needs 1×N and axis 1".formatted(value));
        }
      }
    }
    if (!steps.hold(x)) {
      throw new CompileException("output '%s' is no value of the image".formatted(value));
    }
    int truncated = steps.truncated(steps.value(x));
    steps.emit(
        name,
        new Instruction.Output(truncated, name, head),
        steps.shape(truncated),
        steps.scale(truncated));
  }
}
