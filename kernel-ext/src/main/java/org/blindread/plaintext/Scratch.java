package org.blindread.plaintext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/// Native arrays that one operation needs on the way; they are freed at its end and not when the
/// garbage collector comes by, so native memory is bounded by the model and not by the images read.
///
/// Every array is dense, in single precision and row-major, and owns its memory. A scalar has the
/// extents (1).
final class Scratch implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();

  static long[] extents(Shape shape) {
    return shape.rank() == 0
        ? new long[] {1}
        : shape.extents().stream().mapToLong(Integer::longValue).toArray();
  }

  /// A new array with whatever was in that memory; the caller closes it.
  static INDArray allocate(long... extents) {
    // Detached: not from a workspace that the calling thread may have open.
    return Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', extents);
  }

  /// A new array of these values; the caller closes it.
  static INDArray allocate(float[] values, long... extents) {
    INDArray array = allocate(extents);
    array.data().asNioFloat().put(values);
    return array;
  }

  static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    array.data().asNioFloat().get(values);
    return values;
  }

  /// The elements `offset + Σ index·stride` of a dense array, without a copy; strides may overlap,
  /// but none is negative: ND4J sizes the view by them and does not always notice.
  static INDArray view(INDArray array, long[] extents, long[] strides, long offset) {
    for (long stride : strides) {
      if (stride < 0) {
        throw new IllegalArgumentException("a stride is negative: " + Arrays.toString(strides));
      }
    }
    return Nd4j.create(array.data(), extents, strides, offset, 'c');
  }

  /// Row-major strides.
  static long[] strides(long... extents) {
    long[] strides = new long[extents.length];
    long stride = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= extents[axis];
    }
    return strides;
  }

  /// Carries out an operation of ND4J by its name.
  static void call(String name, INDArray to, List<INDArray> from, int[] integers, Double... reals) {
    Nd4j.exec(
        new DynamicCustomOp(
            name,
            from.toArray(INDArray[]::new),
            new INDArray[] {to},
            Arrays.asList(reals),
            integers));
  }

  /// As [#call(String, INDArray, List, int[], Double...)], without numbers.
  static void call(String name, INDArray to, INDArray... from) {
    call(name, to, List.of(from), new int[0]);
  }

  /// A new array with whatever was in that memory.
  INDArray room(long... extents) {
    return keep(allocate(extents));
  }

  /// A new array of these values.
  INDArray of(float[] values, long... extents) {
    return keep(allocate(values, extents));
  }

  /// A new array of equal values.
  INDArray filled(float value, long... extents) {
    return keep(allocate(extents).assign(value));
  }

  private INDArray keep(INDArray array) {
    arrays.add(array);
    return array;
  }

  @Override
  public void close() {
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
