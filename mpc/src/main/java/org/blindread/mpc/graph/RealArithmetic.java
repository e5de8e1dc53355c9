package org.blindread.mpc.graph;

import java.util.List;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// The loops of [Reference] that are no convolution and no pooling. Shapes have been checked.
final class RealArithmetic {
  private static final int TILE = 16;

  private RealArithmetic() {}

  /// One number from one.
  interface Unary {
    float of(float x);
  }

  /// One number from two.
  interface Binary {
    float of(float a, float b);
  }

  static RealTensor map(RealTensor x, Unary function) {
    float[] from = x.values();
    float[] values = new float[from.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.of(from[i]);
    }
    return new RealTensor(x.shape(), values);
  }

  static RealTensor combine(List<RealTensor> operands, Shape shape, Binary function) {
    float[] a = operands.get(0).values();
    float[] b = operands.get(1).values();
    float[] values = new float[shape.size()];
    if (a.length == values.length && b.length == values.length) {
      for (int i = 0; i < values.length; i++) {
        values[i] = function.of(a[i], b[i]);
      }
      return new RealTensor(shape, values);
    }
    int[] aAt = positions(shape, broadcastStrides(operands.get(0).shape(), shape), 0);
    int[] bAt = positions(shape, broadcastStrides(operands.get(1).shape(), shape), 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = function.of(a[aAt[i]], b[bAt[i]]);
    }
    return new RealTensor(shape, values);
  }

  /// Strides of `operand` by the axes of `shape`: 0 where it repeats.
  private static int[] broadcastStrides(Shape operand, Shape shape) {
    int[] strides = new int[shape.rank()];
    int missing = shape.rank() - operand.rank();
    for (int axis = 0; axis < operand.rank(); axis++) {
      strides[missing + axis] = operand.extent(axis) == 1 ? 0 : operand.inner(axis);
    }
    return strides;
  }

  /// For every element of `shape`, row-major, where a walk with these strides stands.
  private static int[] positions(Shape shape, int[] strides, int start) {
    int[] at = {start};
    for (int axis = 0; axis < strides.length; axis++) {
      int extent = shape.extent(axis);
      int[] finer = new int[at.length * extent];
      for (int i = 0; i < at.length; i++) {
        for (int j = 0; j < extent; j++) {
          finer[i * extent + j] = at[i] + j * strides[axis];
        }
      }
      at = finer;
    }
    return at;
  }

  private static RealTensor gathered(RealTensor x, Shape shape, int[] strides, int start) {
    int[] at = positions(shape, strides, start);
    float[] values = new float[at.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.values()[at[i]];
    }
    return new RealTensor(shape, values);
  }

  private static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = shape.inner(axis);
    }
    return strides;
  }

  static RealTensor transpose(RealTensor x, List<Integer> permutation, Shape shape) {
    int[] from = strides(x.shape());
    int[] permuted = permutation.stream().mapToInt(axis -> from[axis]).toArray();
    return gathered(x, shape, permuted, 0);
  }

  static RealTensor slice(RealTensor x, Op.Slice slice, Shape shape) {
    int[] strides = strides(x.shape());
    int start = slice.start() * strides[slice.axis()];
    strides[slice.axis()] *= slice.step();
    return gathered(x, shape, strides, start);
  }

  static RealTensor pad(RealTensor x, Op.Pad pad, Shape shape) {
    int[] strides = strides(shape);
    int start = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      start += pad.low().get(axis) * strides[axis];
    }
    RealTensor padded = RealTensor.filled(shape, pad.value());
    int[] at = positions(x.shape(), strides, start);
    for (int i = 0; i < at.length; i++) {
      padded.values()[at[i]] = x.values()[i];
    }
    return padded;
  }

  static RealTensor concat(List<RealTensor> operands, int axis, Shape shape) {
    float[] values = new float[shape.size()];
    int outer = shape.outer(axis);
    int row = values.length / outer;
    int to = 0;
    for (RealTensor operand : operands) {
      int length = operand.values().length / outer;
      for (int i = 0; i < outer; i++) {
        System.arraycopy(operand.values(), i * length, values, i * row + to, length);
      }
      to += length;
    }
    return new RealTensor(shape, values);
  }

  /// In double precision, rounded once.
  static RealTensor batchNorm(List<RealTensor> operands, float epsilon) {
    RealTensor x = operands.get(0);
    int channels = x.shape().extent(1);
    int inner = x.shape().inner(1);
    float[] from = x.values();
    float[] values = new float[from.length];
    for (int row = 0; row < values.length / inner; row++) {
      int c = row % channels;
      double gamma = operands.get(1).values()[c];
      double beta = operands.get(2).values()[c];
      double mean = operands.get(3).values()[c];
      double scale = gamma / Math.sqrt((double) operands.get(4).values()[c] + epsilon);
      for (int i = row * inner; i < (row + 1) * inner; i++) {
        values[i] = (float) (scale * (from[i] - mean) + beta);
      }
    }
    return new RealTensor(x.shape(), values);
  }

  /// Sums in double precision, in row-major order, rounded once.
  static RealTensor mean(RealTensor x, List<Integer> axes, Shape shape) {
    int[] strides = broadcastStrides(shape, x.shape());
    double[] sums = new double[shape.size()];
    int[] at = positions(x.shape(), strides, 0);
    for (int i = 0; i < at.length; i++) {
      sums[at[i]] += x.values()[i];
    }
    int count = axes.stream().distinct().mapToInt(x.shape()::extent).reduce(1, (a, b) -> a * b);
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sums[i] / count);
    }
    return new RealTensor(shape, values);
  }

  /// e^(x − max) / Σ e^(x − max) along one axis, in double precision.
  static RealTensor softmax(RealTensor x, int axis) {
    int extent = x.shape().extent(axis);
    int inner = x.shape().inner(axis);
    float[] from = x.values();
    float[] values = new float[from.length];
    double[] powers = new double[extent];
    for (int o = 0; o < x.shape().outer(axis); o++) {
      for (int i = 0; i < inner; i++) {
        int start = o * extent * inner + i;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < extent; k++) {
          maximum = Math.max(maximum, from[start + k * inner]);
        }
        double sum = 0;
        for (int k = 0; k < extent; k++) {
          powers[k] = StrictMath.exp(from[start + k * inner] - maximum);
          sum += powers[k];
        }
        for (int k = 0; k < extent; k++) {
          values[start + k * inner] = (float) (powers[k] / sum);
        }
      }
    }
    return new RealTensor(x.shape(), values);
  }

  /// The lowest place of the largest element along one axis.
  static RealTensor argMax(RealTensor x, int axis, Shape shape) {
    int extent = x.shape().extent(axis);
    int inner = x.shape().inner(axis);
    float[] from = x.values();
    float[] places = new float[shape.size()];
    for (int i = 0; i < places.length; i++) {
      int start = i / inner * extent * inner + i % inner;
      int largest = 0;
      for (int k = 1; k < extent; k++) {
        if (from[start + k * inner] > from[start + largest * inner]) {
          largest = k;
        }
      }
      places[i] = largest;
    }
    return new RealTensor(shape, places);
  }

  /// Copies a `rows × columns` matrix as its transpose, tile by tile for the cache's sake.
  static void flip(float[] from, int fromStart, int rows, int columns, float[] to, int toStart) {
    for (int r = 0; r < rows; r += TILE) {
      int rowEnd = Math.min(rows, r + TILE);
      for (int c = 0; c < columns; c += TILE) {
        int columnEnd = Math.min(columns, c + TILE);
        for (int i = r; i < rowEnd; i++) {
          for (int j = c; j < columnEnd; j++) {
            to[toStart + j * rows + i] = from[fromStart + i * columns + j];
          }
        }
      }
    }
  }
}
