package org.blindread.plaintext;

import static org.blindread.plaintext.Scratch.call;
import static org.blindread.plaintext.Scratch.strides;
import static org.blindread.plaintext.Scratch.view;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.graph.Op;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/// What each [Op] is on ND4J.
///
/// Built from few operations of ND4J, each of which the contract suite of the engines judges:
/// matrix products, copies of strided views, elementwise arithmetic, reductions, Concat, Softmax.
/// SameDiff's import of ONNX and ND4J's own convolutions, poolings and batch normalisation are not
/// used: the import gives wrong numbers in silence, and the others know neither groups nor padding
/// of unequal sides and take three times as long.
final class Nd4jOperations {
  private static final int[] NONE = {};

  private Nd4jOperations() {}

  /// Computes one operation.
  ///
  /// @param operands dense arrays; a scalar has the extents (1)
  /// @param result dense and of the shape that `ShapeRule` gives; written in full
  /// @param scratch where arrays on the way are taken from
  static void compute(Op op, List<INDArray> operands, INDArray result, Scratch scratch) {
    INDArray x = operands.getFirst();
    switch (op) {
      case Op.Conv conv -> Nd4jWindows.convolution(conv, operands, result, scratch);
      case Op.MaxPool pool -> Nd4jWindows.maximum(pool.window(), x, result, scratch);
      case Op.AveragePool pool ->
          Nd4jWindows.mean(pool.window(), pool.countPadding(), x, result, scratch);
      case Op.BatchNorm norm -> batchNorm(operands, norm.epsilon(), result, scratch);
      case Op.Relu _ -> call("relu", result, List.of(x), NONE, 0.0);
      case Op.LeakyRelu leaky -> call("lrelu", result, List.of(x), NONE, (double) leaky.alpha());
      case Op.Clip clip -> clip(x, clip.low(), clip.high(), result);
      case Op.Sigmoid _ -> call("sigmoid", result, x);
      case Op.Softmax softmax -> call("softmax", result, List.of(x), new int[] {softmax.axis()});
      case Op.ArgMax arg -> argMax(x, arg.axis(), result);
      case Op.Mean mean -> mean(x, mean.axes(), result);
      case Op.Add _ -> combine("add", operands, result);
      case Op.Subtract _ -> combine("subtract", operands, result);
      case Op.Multiply _ -> combine("multiply", operands, result);
      case Op.Divide _ -> combine("divide", operands, result);
      case Op.MatMul _ -> product(x, operands.get(1), result);
      case Op.Concat concat -> concat(operands, concat.axis(), result);
      case Op.Reshape _ -> result.assign(x.reshape(result.shape()));
      case Op.Transpose transpose -> transpose(x, transpose.permutation(), result);
      case Op.Pad pad -> pad(x, pad.low(), pad.value(), result);
      case Op.Slice slice -> slice(x, slice, result);
    }
  }

  /// In Java: ND4J's own gives integers, and to make such an array it needs classes that this
  /// program leaves out.
  private static void argMax(INDArray x, int axis, INDArray result) {
    int extent = Math.toIntExact(x.size(axis));
    int inner = Math.toIntExact(strides(x.shape())[axis]);
    float[] from = Scratch.read(x);
    float[] places = new float[from.length / extent];
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
    result.data().asNioFloat().put(places);
  }

  /// (x − mean)·(γ/√(variance + ε)) + β, in this order, so that a large mean does not cancel late.
  private static void batchNorm(
      List<INDArray> operands, float epsilon, INDArray result, Scratch scratch) {
    INDArray scale = scratch.filled(epsilon, operands.get(4).shape());
    call("add", scale, scale, operands.get(4));
    Nd4j.exec(new Sqrt(scale, scale));
    call("divide", scale, operands.get(1), scale);
    call("subtract", result, operands.get(0), channels(operands.get(3), result));
    call("multiply", result, result, channels(scale, result));
    call("add", result, result, channels(operands.get(2), result));
  }

  /// One value a channel, in the form that goes with N×C×….
  static INDArray channels(INDArray values, INDArray beside) {
    long[] extents = new long[beside.rank()];
    Arrays.fill(extents, 1);
    extents[1] = values.length();
    return values.reshape(extents);
  }

  /// `clipbyvalue` refuses bounds that leave one value only.
  private static void clip(INDArray x, float low, float high, INDArray result) {
    if (low < high) {
      call("clipbyvalue", result, List.of(x), NONE, (double) low, (double) high);
    } else {
      result.assign(high);
    }
  }

  private static void mean(INDArray x, List<Integer> axes, INDArray result) {
    if (axes.isEmpty()) {
      result.assign(x);
      return;
    }
    int[] distinct = axes.stream().distinct().mapToInt(Integer::intValue).toArray();
    // The number says that the axes stay, with extent 1.
    call("reduce_mean", result, List.of(x), distinct, 1.0);
  }

  private static void combine(String name, List<INDArray> operands, INDArray result) {
    call(
        name,
        result,
        ofRank(operands.get(0), result.rank()),
        ofRank(operands.get(1), result.rank()));
  }

  /// With axes of extent 1 before the others.
  private static INDArray ofRank(INDArray array, int rank) {
    long[] extents = new long[rank];
    Arrays.fill(extents, 1);
    System.arraycopy(array.shape(), 0, extents, rank - array.rank(), array.rank());
    return array.reshape(extents);
  }

  private static void product(INDArray x, INDArray matrix, INDArray result) {
    long inner = matrix.size(0);
    long columns = matrix.size(1);
    long rows = x.length() / inner;
    call("matmul", result.reshape(rows, columns), x.reshape(rows, inner), matrix);
  }

  private static void concat(List<INDArray> operands, int axis, INDArray result) {
    long[] strides = strides(result.shape());
    long at = 0;
    for (INDArray operand : operands) {
      view(result, operand.shape(), strides, at * strides[axis]).assign(operand);
      at += operand.size(axis);
    }
  }

  private static void transpose(INDArray x, List<Integer> permutation, INDArray result) {
    long[] from = strides(x.shape());
    long[] permuted = permutation.stream().mapToLong(axis -> from[axis]).toArray();
    result.assign(view(x, result.shape(), permuted, 0));
  }

  /// Writes x into the middle of a result of equal values.
  static void pad(INDArray x, List<Integer> low, float value, INDArray result) {
    result.assign(value);
    long[] strides = strides(result.shape());
    long offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      offset += low.get(axis) * strides[axis];
    }
    view(result, x.shape(), strides, offset).assign(x);
  }

  private static void slice(INDArray x, Op.Slice slice, INDArray result) {
    int axis = slice.axis();
    long[] from = strides(x.shape());
    if (slice.step() > 0) {
      long offset = slice.start() * from[axis];
      from[axis] *= slice.step();
      result.assign(view(x, result.shape(), from, offset));
      return;
    }
    // A view cannot run backwards: one copy a position.
    long[] to = strides(result.shape());
    long[] plane = result.shape().clone();
    plane[axis] = 1;
    for (int i = 0; i < slice.count(); i++) {
      long position = slice.start() + (long) i * slice.step();
      view(result, plane, to, i * to[axis]).assign(view(x, plane, from, position * from[axis]));
    }
  }
}
