package org.blindread.mpc.graph;

import java.util.List;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Pooling of N×C×spatial tensors, plane by plane: every output position gathers the values under
/// its window that are no padding, in row-major order.
final class Pooling {
  private static final int AXES = 3;

  private final int[] image;
  private final int[] result;
  private final int[] kernel;
  private final int[] strides;
  private final int[] low;
  private final int[] dilations;
  private final float[] gathered;

  private Pooling(Shape x, Window window, Shape shape) {
    image = threeAxes(x.extents().subList(2, x.rank()), 1);
    result = threeAxes(shape.extents().subList(2, shape.rank()), 1);
    kernel = threeAxes(window.kernel(), 1);
    strides = threeAxes(window.strides(), 1);
    low = threeAxes(window.low(), 0);
    dilations = threeAxes(window.dilations(), 1);
    gathered = new float[window.taps()];
  }

  /// Missing outer axes get `filler`.
  private static int[] threeAxes(List<Integer> list, int filler) {
    int[] three = new int[AXES];
    for (int a = 0; a < AXES; a++) {
      int from = a - (AXES - list.size());
      three[a] = from < 0 ? filler : list.get(from);
    }
    return three;
  }

  /// Maximum of the values that are no padding.
  static RealTensor maximum(RealTensor x, Window window, Shape shape) {
    return new Pooling(x.shape(), window, shape)
        .reduce(
            x,
            shape,
            (values, count) -> {
              float maximum = values[0];
              for (int i = 1; i < count; i++) {
                maximum = Math.max(maximum, values[i]);
              }
              return maximum;
            });
  }

  /// Mean in double precision over the values that are no padding, or over all taps.
  static RealTensor mean(RealTensor x, Window window, boolean countPadding, Shape shape) {
    return new Pooling(x.shape(), window, shape)
        .reduce(
            x,
            shape,
            (values, count) -> {
              double sum = 0;
              for (int i = 0; i < count; i++) {
                sum += values[i];
              }
              return (float) (sum / (countPadding ? values.length : count));
            });
  }

  private RealTensor reduce(RealTensor x, Shape shape, Reduction reduction) {
    float[] values = new float[shape.size()];
    int planes = shape.extent(0) * shape.extent(1);
    int planeSize = image[0] * image[1] * image[2];
    int to = 0;
    for (int plane = 0; plane < planes; plane++) {
      for (int z = 0; z < result[0]; z++) {
        for (int y = 0; y < result[1]; y++) {
          for (int w = 0; w < result[2]; w++) {
            int count = gather(x.values(), plane * planeSize, z, y, w);
            if (count == 0) {
              throw new IllegalArgumentException(
                  "a pooling window covers padding only: position %d, %d, %d of %s"
                      .formatted(z, y, w, shape));
            }
            values[to++] = reduction.of(gathered, count);
          }
        }
      }
    }
    return new RealTensor(shape, values);
  }

  private int gather(float[] values, int plane, int z, int y, int w) {
    int count = 0;
    for (int i = 0; i < kernel[0]; i++) {
      int atZ = z * strides[0] - low[0] + i * dilations[0];
      if (atZ < 0 || atZ >= image[0]) {
        continue;
      }
      for (int j = 0; j < kernel[1]; j++) {
        int atY = y * strides[1] - low[1] + j * dilations[1];
        if (atY < 0 || atY >= image[1]) {
          continue;
        }
        int row = plane + (atZ * image[1] + atY) * image[2];
        for (int k = 0; k < kernel[2]; k++) {
          int atX = w * strides[2] - low[2] + k * dilations[2];
          if (atX >= 0 && atX < image[2]) {
            gathered[count++] = values[row + atX];
          }
        }
      }
    }
    return count;
  }

  /// One number from the first `count` values.
  private interface Reduction {
    float of(float[] values, int count);
  }
}
