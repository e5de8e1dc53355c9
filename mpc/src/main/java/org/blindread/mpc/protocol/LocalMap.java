package org.blindread.mpc.protocol;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// The affine maps with public coefficients ([Instruction.Local]) on plain arrays of ring elements,
/// modulo 2^64. A protocol applies them to each array of a share.
public final class LocalMap {
  private LocalMap() {}

  /// What becomes of the public constants an affine map adds ([Instruction.Offset],
  /// [Instruction.Pad]): exactly one summand of a sharing may carry them.
  public enum Constants {
    ADD,
    LEAVE_OUT
  }

  /// Applies `op` to arrays of ring elements.
  ///
  /// @param operands one array an operand, row-major
  /// @param shapes their shapes
  /// @param result shape of the result
  public static long[] apply(
      Instruction.Local op,
      List<long[]> operands,
      List<Shape> shapes,
      Shape result,
      Constants constants) {
    boolean add = constants == Constants.ADD;
    return switch (op) {
      case Instruction.Add _ -> add(operands.get(0), operands.get(1));
      case Instruction.Subtract _ -> subtract(operands.get(0), operands.get(1));
      case Instruction.Scale scale -> scale(operands.getFirst(), scale.factors());
      case Instruction.Offset offset -> offset(operands.getFirst(), add ? offset.value() : 0);
      case Instruction.SumPool pool ->
          sumPool(operands.getFirst(), shapes.getFirst(), pool.window(), result);
      case Instruction.Pad pad ->
          pad(operands.getFirst(), shapes.getFirst(), pad, add ? pad.value() : 0, result);
      case Instruction.Take take -> take(operands.getFirst(), shapes.getFirst(), take);
      case Instruction.Concat concat -> concat(operands, shapes, concat.axis(), result);
      case Instruction.Reshape _ -> operands.getFirst();
      case Instruction.Permute permute ->
          permute(operands.getFirst(), shapes.getFirst(), permute.axes(), result);
    };
  }

  /// a + b.
  public static long[] add(long[] a, long[] b) {
    long[] sum = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  /// a − b.
  public static long[] subtract(long[] a, long[] b) {
    long[] difference = new long[a.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /// Adds values of a channel each, or of every element, to z in place.
  ///
  /// @param period what repeats over z; nothing is added where it is empty
  public static void addPeriodic(long[] z, long[] period) {
    for (int from = 0; from < z.length && period.length > 0; from += period.length) {
      for (int i = 0; i < period.length; i++) {
        z[from + i] += period[i];
      }
    }
  }

  private static long[] scale(long[] x, List<Long> factors) {
    long[] product = new long[x.length];
    int run = x.length / factors.size();
    for (int position = 0; position < factors.size(); position++) {
      long factor = factors.get(position);
      for (int i = position * run; i < (position + 1) * run; i++) {
        product[i] = x[i] * factor;
      }
    }
    return product;
  }

  private static long[] offset(long[] x, long value) {
    long[] sum = new long[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = x[i] + value;
    }
    return sum;
  }

  private static long[] concat(List<long[]> parts, List<Shape> shapes, int axis, Shape result) {
    long[] joined = new long[result.size()];
    int outer = result.outer(axis);
    int row = joined.length / outer;
    int offset = 0;
    for (int p = 0; p < parts.size(); p++) {
      int run = shapes.get(p).size() / outer;
      for (int o = 0; o < outer; o++) {
        System.arraycopy(parts.get(p), o * run, joined, o * row + offset, run);
      }
      offset += run;
    }
    return joined;
  }

  private static long[] take(long[] x, Shape shape, Instruction.Take take) {
    int outer = shape.outer(take.axis());
    int inner = shape.inner(take.axis());
    int extent = shape.extent(take.axis());
    List<Integer> positions = take.positions();
    long[] taken = new long[outer * positions.size() * inner];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int position : positions) {
        System.arraycopy(x, (o * extent + position) * inner, taken, at, inner);
        at += inner;
      }
    }
    return taken;
  }

  private static long[] pad(long[] x, Shape shape, Instruction.Pad pad, long value, Shape result) {
    long[] padded = new long[result.size()];
    Arrays.fill(padded, value);
    int row = shape.extent(-1);
    int last = shape.rank() - 1;
    int[] index = new int[shape.rank()];
    for (int from = 0; from < x.length; from += row) {
      int to = 0;
      for (int axis = 0; axis <= last; axis++) {
        to = to * result.extent(axis) + index[axis] + pad.low().get(axis);
      }
      System.arraycopy(x, from, padded, to, row);
      advance(index, shape, last - 1);
    }
    return padded;
  }

  private static void advance(int[] index, Shape shape, int fromAxis) {
    for (int axis = fromAxis; axis >= 0; axis--) {
      if (++index[axis] < shape.extent(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  private static long[] permute(long[] x, Shape shape, List<Integer> axes, Shape result) {
    int rank = shape.rank();
    int[] strides = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = shape.inner(axes.get(axis));
    }
    long[] permuted = new long[x.length];
    int[] index = new int[rank];
    for (int to = 0; to < permuted.length; to++) {
      int from = 0;
      for (int axis = 0; axis < rank; axis++) {
        from += index[axis] * strides[axis];
      }
      permuted[to] = x[from];
      advance(index, result, rank - 1);
    }
    return permuted;
  }

  private static long[] sumPool(long[] x, Shape shape, Window window, Shape result) {
    int axes = window.axes();
    int channels = shape.extent(-1);
    long[] sums = new long[result.size()];
    int[] out = new int[axes];
    int[] tap = new int[axes];
    Shape taps = new Shape(window.kernel());
    Shape spatial = new Shape(result.extents().subList(0, axes));
    for (int to = 0; to < sums.length; to += channels) {
      Arrays.fill(tap, 0);
      for (int t = 0; t < window.taps(); t++) {
        int from = position(shape, window, out, tap);
        if (from >= 0) {
          addInto(sums, to, x, from * channels, channels);
        }
        advance(tap, taps, axes - 1);
      }
      advance(out, spatial, axes - 1);
    }
    return sums;
  }

  private static void addInto(long[] sums, int to, long[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      sums[to + i] += x[from + i];
    }
  }

  /// The flat spatial position a tap reads, or −1 in the padding.
  private static int position(Shape shape, Window window, int[] out, int[] tap) {
    int position = 0;
    for (int axis = 0; axis < out.length; axis++) {
      int at =
          out[axis] * window.strides().get(axis)
              - window.low().get(axis)
              + tap[axis] * window.dilations().get(axis);
      if (at < 0 || at >= shape.extent(axis)) {
        return -1;
      }
      position = position * shape.extent(axis) + at;
    }
    return position;
  }
}
