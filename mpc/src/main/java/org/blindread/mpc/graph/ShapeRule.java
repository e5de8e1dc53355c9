package org.blindread.mpc.graph;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// The shape of every [Op]'s result.
public final class ShapeRule {
  private ShapeRule() {}

  /// The result's shape for operands of the given shapes.
  ///
  /// @throws IllegalArgumentException stating the rule and the shapes that break it
  public static Shape of(Op op, List<Shape> operands) {
    return switch (op) {
      case Op.Conv conv -> convolution(conv, operands);
      case Op.BatchNorm _ -> batchNorm(operands);
      case Op.Relu _, Op.LeakyRelu _, Op.Clip _, Op.Sigmoid _ -> only(op, operands);
      case Op.Softmax softmax -> {
        axis(softmax.axis(), only(op, operands));
        yield operands.getFirst();
      }
      case Op.ArgMax arg -> {
        axis(arg.axis(), only(op, operands));
        yield operands.getFirst().with(arg.axis(), 1);
      }
      case Op.MaxPool pool -> pool(pool.window(), only(op, operands));
      case Op.AveragePool pool -> pool(pool.window(), only(op, operands));
      case Op.Mean mean -> mean(mean, only(op, operands));
      case Op.Add _, Op.Subtract _, Op.Multiply _, Op.Divide _ -> broadcast(operands);
      case Op.MatMul _ -> matMul(operands);
      case Op.Concat concat -> concat(concat.axis(), operands);
      case Op.Reshape reshape -> reshape(reshape.shape(), only(op, operands));
      case Op.Transpose transpose -> transpose(transpose.permutation(), only(op, operands));
      case Op.Pad pad -> pad(pad, only(op, operands));
      case Op.Slice slice -> slice(slice, only(op, operands));
    };
  }

  private static Shape only(Op op, List<Shape> operands) {
    check(operands.size() == 1, "%s takes one operand, given %s", op, operands);
    return operands.getFirst();
  }

  private static Shape convolution(Op.Conv conv, List<Shape> operands) {
    check(operands.size() == 2 || operands.size() == 3, "Conv takes x, w and b: %s", operands);
    Shape x = operands.get(0);
    Shape w = operands.get(1);
    int axes = conv.window().axes();
    check(x.rank() == axes + 2 && w.rank() == axes + 2, "Conv needs N×C×spatial: %s", operands);
    int groups = conv.groups();
    check(
        groups >= 1 && x.extent(1) == w.extent(1) * groups && w.extent(0) % groups == 0,
        "channels of x and w do not match with %s groups: %s",
        groups,
        operands);
    check(
        w.extents().subList(2, w.rank()).equals(conv.window().kernel()),
        "w %s is not of kernel %s",
        w,
        conv.window().kernel());
    check(
        operands.size() == 2 || operands.get(2).equals(Shape.of(w.extent(0))),
        "the bias must hold one value an output channel: %s",
        operands);
    return spatial(x, w.extent(0), conv.window());
  }

  private static Shape pool(Window window, Shape x) {
    check(x.rank() == window.axes() + 2, "pooling needs N×C×spatial, given %s", x);
    return spatial(x, x.extent(1), window);
  }

  private static Shape spatial(Shape x, int channels, Window window) {
    List<Integer> extents = new ArrayList<>(List.of(x.extent(0), channels));
    extents.addAll(window.outputExtents(x.extents().subList(2, x.rank())));
    return new Shape(extents);
  }

  private static Shape batchNorm(List<Shape> operands) {
    check(operands.size() == 5, "BatchNorm takes five operands: %s", operands);
    Shape x = operands.getFirst();
    check(x.rank() >= 2, "BatchNorm needs a channel axis, given %s", x);
    for (Shape parameter : operands.subList(1, 5)) {
      check(parameter.equals(Shape.of(x.extent(1))), "BatchNorm shapes differ: %s", operands);
    }
    return x;
  }

  private static Shape mean(Op.Mean mean, Shape x) {
    Shape result = x;
    for (int axis : mean.axes()) {
      axis(axis, x);
      result = result.with(axis, 1);
    }
    return result;
  }

  private static Shape broadcast(List<Shape> operands) {
    check(operands.size() == 2, "an elementwise operation takes two operands: %s", operands);
    Shape a = operands.get(0);
    Shape b = operands.get(1);
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> extents = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int fromA = i < rank - a.rank() ? 1 : a.extent(i - rank + a.rank());
      int fromB = i < rank - b.rank() ? 1 : b.extent(i - rank + b.rank());
      check(fromA == fromB || fromA == 1 || fromB == 1, "shapes differ: %s and %s", a, b);
      extents.add(Math.max(fromA, fromB));
    }
    return new Shape(extents);
  }

  private static Shape matMul(List<Shape> operands) {
    check(operands.size() == 2, "MatMul takes two operands: %s", operands);
    Shape a = operands.get(0);
    Shape b = operands.get(1);
    check(
        a.rank() >= 2 && b.rank() == 2 && a.extent(-1) == b.extent(0),
        "MatMul needs …×M×K by K×N, given %s and %s",
        a,
        b);
    return a.with(a.rank() - 1, b.extent(1));
  }

  private static Shape concat(int axis, List<Shape> operands) {
    check(!operands.isEmpty(), "Concat takes at least one operand");
    Shape first = operands.getFirst();
    axis(axis, first);
    int extent = 0;
    for (Shape shape : operands) {
      check(
          shape.rank() == first.rank() && shape.with(axis, 1).equals(first.with(axis, 1)),
          "Concat along axis %s needs equal other extents: %s",
          axis,
          operands);
      extent += shape.extent(axis);
    }
    return first.with(axis, extent);
  }

  private static Shape reshape(Shape target, Shape x) {
    check(target.size() == x.size(), "cannot reshape %s to %s", x, target);
    return target;
  }

  private static Shape transpose(List<Integer> permutation, Shape x) {
    check(
        permutation.stream().sorted().toList().equals(axes(x.rank())),
        "%s is no permutation of the axes of %s",
        permutation,
        x);
    return new Shape(permutation.stream().map(x::extent).toList());
  }

  private static Shape pad(Op.Pad pad, Shape x) {
    check(
        pad.low().size() == x.rank() && pad.high().size() == x.rank(),
        "Pad needs one entry per axis of %s",
        x);
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      check(pad.low().get(axis) >= 0 && pad.high().get(axis) >= 0, "Pad must not be negative");
      extents.add(
          Math.addExact(x.extent(axis), Math.addExact(pad.low().get(axis), pad.high().get(axis))));
    }
    return new Shape(extents);
  }

  private static Shape slice(Op.Slice slice, Shape x) {
    axis(slice.axis(), x);
    long last = slice.start() + (long) slice.step() * (slice.count() - 1);
    int extent = x.extent(slice.axis());
    check(
        slice.count() >= 1
            && slice.start() >= 0
            && slice.start() < extent
            && last >= 0
            && last < extent,
        "%s leaves the extent of %s",
        slice,
        x);
    return x.with(slice.axis(), slice.count());
  }

  private static void axis(int axis, Shape x) {
    check(axis >= 0 && axis < x.rank(), "axis %s is not one of %s", axis, x);
  }

  private static List<Integer> axes(int rank) {
    return java.util.stream.IntStream.range(0, rank).boxed().toList();
  }

  private static void check(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}
