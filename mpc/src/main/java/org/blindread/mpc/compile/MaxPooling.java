package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Lowers max-pooling axis by axis: the taps of a window as shifted copies, the larger of two at a
/// time. A tap in the padding is replaced by the nearest one of its window that is not.
final class MaxPooling {
  private final Steps steps;

  MaxPooling(Steps steps) {
    this.steps = steps;
  }

  /// @throws CompileException if a window lies in the padding
  int of(Node node, Window window) throws CompileException {
    int x = steps.operand(node);
    Shape shape = steps.shape(x);
    Shape result = ChannelsLast.of(node.shape());
    for (int axis = window.axes() - 1; axis >= 0; axis--) {
      int extent = shape.extent(axis);
      shape = shape.with(axis, result.extent(axis));
      List<Integer> taps = new ArrayList<>();
      for (List<Integer> positions : taps(window, axis, extent, result.extent(axis), node)) {
        boolean same = positions.equals(IntStream.range(0, extent).boxed().toList());
        int tap =
            same
                ? x
                : steps.emit(node, new Instruction.Take(x, axis, positions), shape, steps.scale(x));
        if (!taps.contains(tap)) {
          taps.add(tap);
        }
      }
      x = largest(node, taps, shape);
    }
    return x;
  }

  private int largest(Node node, List<Integer> taps, Shape shape) {
    List<Integer> left = taps;
    while (left.size() > 1) {
      List<Integer> larger = new ArrayList<>();
      for (int i = 0; i + 1 < left.size(); i += 2) {
        larger.add(
            steps.emit(
                node,
                new Instruction.Maximum(left.get(i), left.get(i + 1)),
                shape,
                steps.scale(left.get(i))));
      }
      if (left.size() % 2 == 1) {
        larger.add(left.getLast());
      }
      left = larger;
    }
    return left.getFirst();
  }

  /// For every tap of the kernel along an axis, where it reads for each output.
  private static List<List<Integer>> taps(
      Window window, int axis, int extent, int outputs, Node node) throws CompileException {
    int kernel = window.kernel().get(axis);
    int dilation = window.dilations().get(axis);
    List<List<Integer>> taps = new ArrayList<>();
    for (int tap = 0; tap < kernel; tap++) {
      List<Integer> positions = new ArrayList<>();
      for (int out = 0; out < outputs; out++) {
        int first = out * window.strides().get(axis) - window.low().get(axis);
        int low = first >= 0 ? 0 : (-first + dilation - 1) / dilation;
        int high = Math.floorDiv(extent - 1 - first, dilation);
        if (low > Math.min(high, kernel - 1)) {
          throw new CompileException(
              "node '%s' pools a window that lies in the padding".formatted(node.name()));
        }
        positions.add(first + Math.clamp(tap, low, Math.min(high, kernel - 1)) * dilation);
      }
      taps.add(positions);
    }
    return taps;
  }
}
