package org.blindread.mpc.protocol.plain;

import java.util.List;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A convolution without wrapping, in double precision: judges a layer whose 64-bit result may have
/// wrapped. Plain loops; it runs only where the operands' extremes do not exclude a wrap.
final class WideConvolution {
  private WideConvolution() {}

  /// Magnitudes of the result, as integers of the ring before reduction, to 53 bits.
  ///
  /// @param x spatial×Cin
  /// @param weights Cout×kernel×(Cin/groups)
  static double[] magnitudes(
      long[] x,
      Shape shape,
      long[] weights,
      Shape kernel,
      Window window,
      int groups,
      Shape result) {
    int axes = window.axes();
    int outputs = result.extent(-1);
    int inputs = shape.extent(-1);
    int depth = kernel.extent(-1);
    List<Integer> spatial = result.extents().subList(0, axes);
    double[] z = new double[result.size()];
    for (int position = 0; position < z.length / outputs; position++) {
      for (int tap = 0; tap < window.taps(); tap++) {
        int from = source(shape, window, spatial, position, tap);
        for (int m = 0; from >= 0 && m < outputs; m++) {
          int group = m / (outputs / groups);
          double sum = 0;
          for (int c = 0; c < depth; c++) {
            sum +=
                (double) x[from * inputs + group * depth + c]
                    * weights[(m * window.taps() + tap) * depth + c];
          }
          z[position * outputs + m] += sum;
        }
      }
    }
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.abs(z[i]);
    }
    return z;
  }

  /// The flat position that a tap reads for an output position, or −1 in the padding.
  private static int source(
      Shape shape, Window window, List<Integer> spatial, int position, int tap) {
    int[] at = new int[window.axes()];
    int rest = position;
    int restOfTap = tap;
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis] =
          rest % spatial.get(axis) * window.strides().get(axis)
              - window.low().get(axis)
              + restOfTap % window.kernel().get(axis) * window.dilations().get(axis);
      rest /= spatial.get(axis);
      restOfTap /= window.kernel().get(axis);
    }
    int flat = 0;
    for (int axis = 0; axis < at.length; axis++) {
      if (at[axis] < 0 || at[axis] >= shape.extent(axis)) {
        return -1;
      }
      flat = flat * shape.extent(axis) + at[axis];
    }
    return flat;
  }
}
