package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Lowers average pooling and means: a sum over a window, then a division by a public count.
final class Averages {
  private final Steps steps;
  private final Rearrangements rearrangements;
  private final boolean exact;

  /// @param exact whether to divide by [Instruction.Divide]
  Averages(Steps steps, Rearrangements rearrangements, boolean exact) {
    this.steps = steps;
    this.rearrangements = rearrangements;
    this.exact = exact;
  }

  /// @param sumOnly whether the weights after it have taken the division over
  int pool(Node node, Op.AveragePool pool, boolean sumOnly) {
    int x = steps.truncated(steps.operand(node));
    int sum = steps.emit(node, new Instruction.SumPool(x, pool.window()), steps.fractionBits());
    if (sumOnly) {
      return sum;
    }
    if (pool.countPadding() || !pool.window().padded()) {
      return divided(node, sum, List.of(pool.window().taps()));
    }
    return divided(node, sum, counts(pool.window(), steps.shape(x), node));
  }

  /// How many taps of each output position meet the input.
  private static List<Integer> counts(Window window, Shape x, Node node) {
    Shape y = ChannelsLast.of(node.shape());
    List<Integer> counts = new ArrayList<>();
    int positions = y.size() / y.extent(-1);
    for (int position = 0; position < positions; position++) {
      int rest = position;
      int count = 1;
      for (int axis = window.axes() - 1; axis >= 0; axis--) {
        int first = rest % y.extent(axis) * window.strides().get(axis) - window.low().get(axis);
        rest /= y.extent(axis);
        int along = 0;
        for (int tap = 0; tap < window.kernel().get(axis); tap++) {
          int at = first + tap * window.dilations().get(axis);
          along += at >= 0 && at < x.extent(axis) ? 1 : 0;
        }
        count *= Math.max(1, along);
      }
      counts.add(count);
    }
    return counts;
  }

  int mean(Node node, List<Integer> axes) {
    int x = steps.truncated(steps.operand(node));
    Shape graph = steps.graph().shape(node.operands().getFirst());
    List<Integer> order = ChannelsLast.order(graph);
    int divisor = 1;
    for (int axis : axes) {
      divisor *= graph.extent(axis);
    }
    boolean spatial =
        graph.rank() >= 3 && graph.rank() <= 5 && graph.extent(0) == 1 && !axes.contains(1);
    int sum =
        spatial ? spatialSum(node, axes, graph, x) : sumAxisByAxis(node, axes, graph, order, x);
    sum = rearrangements.placed(node, sum, order, ChannelsLast.order(node.shape()), node.shape());
    return divided(node, sum, List.of(divisor));
  }

  private int spatialSum(Node node, List<Integer> axes, Shape graph, int x) {
    List<Integer> kernel =
        IntStream.range(2, graph.rank())
            .mapToObj(a -> axes.contains(a) ? graph.extent(a) : 1)
            .toList();
    Window window = Window.of(kernel, kernel);
    return window.taps() > 1
        ? steps.emit(node, new Instruction.SumPool(x, window), steps.fractionBits())
        : x;
  }

  private int sumAxisByAxis(
      Node node, List<Integer> axes, Shape graph, List<Integer> order, int x) {
    int sum = x;
    Shape shape = steps.shape(x);
    for (int axis : axes) {
      int at = order.indexOf(axis);
      if (at < 0 || graph.extent(axis) == 1) {
        continue;
      }
      Window window = Window.of(List.of(1, shape.extent(at)), List.of(1, 1));
      Shape columns = Shape.of(shape.outer(at), shape.extent(at), shape.inner(at));
      sum = rearrangements.reshaped(node, sum, columns);
      sum =
          steps.emit(
              node, new Instruction.SumPool(sum, window), columns.with(1, 1), steps.fractionBits());
      shape = shape.with(at, 1);
      sum = rearrangements.reshaped(node, sum, shape);
    }
    return sum;
  }

  /// Division by public counts: times ⌊2^f/d⌉, or only a change of scale where all are one power of
  /// two. Exact, if it shall be, where all counts are equal: none of the study's poolings leaves
  /// padding out of its counts.
  private int divided(Node node, int sum, List<Integer> divisors) {
    int f = steps.fractionBits();
    int d = divisors.getFirst();
    boolean equal = divisors.stream().allMatch(other -> other == d);
    if (equal && d == 1) {
      return sum;
    }
    if (equal && exact) {
      return steps.emit(node, new Instruction.Divide(sum, d), f);
    }
    if (equal && Integer.bitCount(d) == 1) {
      int bits = Integer.numberOfTrailingZeros(d);
      return steps.emit(node, new Instruction.Scale(sum, List.of(1L), bits), f + bits);
    }
    List<Long> factors =
        (equal ? List.of(d) : divisors)
            .stream().map(n -> Math.round(Math.scalb(1.0, f) / n)).toList();
    return steps.emit(node, new Instruction.Scale(sum, factors, f), 2 * f);
  }
}
