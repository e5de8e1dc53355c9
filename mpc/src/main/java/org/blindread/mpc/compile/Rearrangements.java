package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.tensor.Shape;

/// Lowers what moves elements and computes nothing: from the graph's axes to the plan's
/// ([ChannelsLast]), with as few permutations and reshapes as the axes of extent 1 allow.
final class Rearrangements {
  private final Steps steps;

  Rearrangements(Steps steps) {
    this.steps = steps;
  }

  int concat(Node node, int axis) throws CompileException {
    int scale = steps.highestScale(node);
    List<Integer> raised =
        node.operands().stream().map(o -> steps.raised(node, steps.value(o), scale)).toList();
    return raised.size() == 1
        ? raised.getFirst()
        : steps.emit(node, new Instruction.Concat(raised, planAxis(node, axis)), scale);
  }

  int slice(Node node, Op.Slice slice) throws CompileException {
    int x = steps.operand(node);
    List<Integer> positions =
        IntStream.range(0, slice.count()).mapToObj(i -> slice.start() + i * slice.step()).toList();
    Instruction take = new Instruction.Take(x, planAxis(node, slice.axis()), positions);
    return steps.emit(node, take, steps.scale(x));
  }

  int pad(Node node, Op.Pad pad) throws CompileException {
    int x = steps.operand(node);
    List<Integer> order = ChannelsLast.order(node.shape());
    if (order.size() < node.shape().rank() && pad.low().getFirst() + pad.high().getFirst() > 0) {
      throw new CompileException("node '%s' pads the batch".formatted(node.name()));
    }
    return steps.emit(
        node,
        new Instruction.Pad(
            x,
            order.stream().map(pad.low()::get).toList(),
            order.stream().map(pad.high()::get).toList(),
            steps.numbers().encode(pad.value(), steps.scale(x))),
        steps.scale(x));
  }

  private static int planAxis(Node node, int axis) throws CompileException {
    int at = ChannelsLast.order(node.shape()).indexOf(axis);
    if (at < 0) {
      throw new CompileException("node '%s' works along the batch axis".formatted(node.name()));
    }
    return at;
  }

  /// The operands of a sum at one scale and one shape.
  List<Integer> aligned(Node node) throws CompileException {
    List<Integer> ab = new ArrayList<>();
    int scale = steps.highestScale(node);
    for (String operand : node.operands()) {
      ab.add(broadcast(node, operand, steps.raised(node, steps.value(operand), scale)));
    }
    return ab;
  }

  private int broadcast(Node node, String operand, int x) throws CompileException {
    Shape from = steps.graph().shape(operand);
    if (from.rank() != node.shape().rank()) {
      throw new CompileException(
          "node '%s' broadcasts %s to %s: equal ranks are needed"
              .formatted(node.name(), from, node.shape()));
    }
    int result = x;
    Shape shape = steps.shape(x);
    Shape target = ChannelsLast.of(node.shape());
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.extent(axis) != target.extent(axis)) {
        shape = shape.with(axis, target.extent(axis));
        result =
            steps.emit(
                node,
                new Instruction.Take(result, axis, Collections.nCopies(target.extent(axis), 0)),
                shape,
                steps.scale(x));
      }
    }
    return result;
  }

  int reshape(Node node) {
    Shape from = steps.graph().shape(node.operands().getFirst());
    List<Integer> before = ChannelsLast.order(from);
    List<Integer> after = ChannelsLast.order(node.shape());
    int x = permuted(node, steps.operand(node), before, before.stream().sorted().toList(), from);
    return placed(node, x, after.stream().sorted().toList(), after, node.shape());
  }

  int transpose(Node node, List<Integer> permutation) {
    Shape from = steps.graph().shape(node.operands().getFirst());
    List<Integer> wanted = ChannelsLast.order(node.shape()).stream().map(permutation::get).toList();
    int x = permuted(node, steps.operand(node), ChannelsLast.order(from), wanted, from);
    return reshaped(node, x, ChannelsLast.of(node.shape()));
  }

  /// A value of the graph with all axes of the plan in another order.
  ///
  /// @param shape its shape in the graph
  int ordered(Node node, int x, List<Integer> order, Shape shape) {
    int moved = permuted(node, x, ChannelsLast.order(shape), order, shape);
    return reshaped(node, moved, new Shape(order.stream().map(shape::extent).toList()));
  }

  /// Brings axes that stand in order `from` into order `to`; axes of extent 1 vanish where that
  /// takes a permutation.
  private int permuted(Node node, int x, List<Integer> from, List<Integer> to, Shape shape) {
    List<Integer> source = wide(from, shape);
    List<Integer> target = wide(to, shape);
    if (source.equals(target)) {
      return x;
    }
    int squeezed = reshaped(node, x, new Shape(source.stream().map(shape::extent).toList()));
    return steps.emit(
        node,
        new Instruction.Permute(squeezed, target.stream().map(source::indexOf).toList()),
        new Shape(target.stream().map(shape::extent).toList()),
        steps.scale(x));
  }

  private static List<Integer> wide(List<Integer> axes, Shape shape) {
    return axes.stream().filter(axis -> shape.extent(axis) > 1).toList();
  }

  /// As [#permuted], ending in the plan's form of `shape`.
  int placed(Node node, int x, List<Integer> from, List<Integer> to, Shape shape) {
    return reshaped(node, permuted(node, x, from, to, shape), ChannelsLast.of(shape));
  }

  /// The same elements under another shape, skipping reshapes that undo one another.
  int reshaped(Node node, int x, Shape shape) {
    int from = x;
    while (!steps.shape(from).equals(shape)
        && steps.instruction(from) instanceof Instruction.Reshape(int inner, Shape _)) {
      from = inner;
    }
    if (steps.shape(from).equals(shape)) {
      return from;
    }
    return steps.emit(node, new Instruction.Reshape(from, shape), shape, steps.scale(x));
  }
}
