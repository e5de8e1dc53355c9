package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Live;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.Shape;

/// Elementwise operations with broadcasting, matrix products, and what they are on constants.
enum Arithmetic {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE;

  Value apply(OnnxNode node) throws ModelException {
    Value a = node.operand(0);
    Value b = node.operand(1);
    if (a instanceof Known x && b instanceof Known y) {
      return node.folded(fold(node, x, y));
    }
    return node.emit(op(), a, b);
  }

  private Op op() {
    return switch (this) {
      case ADD -> new Op.Add();
      case SUBTRACT -> new Op.Subtract();
      case MULTIPLY -> new Op.Multiply();
      case DIVIDE -> new Op.Divide();
    };
  }

  private Known fold(OnnxNode node, Known a, Known b) throws ModelException {
    List<Integer> extents = broadcast(a.extents(), b.extents());
    Known left = Folding.broadcast(node.scope(), a, extents);
    Known right = Folding.broadcast(node.scope(), b, extents);
    if (left instanceof Reals x && right instanceof Reals y) {
      float[] values = new float[x.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = of(x.values()[i], y.values()[i]);
      }
      return new Reals(node.output(), extents, values);
    }
    if (left instanceof Integers x && right instanceof Integers y) {
      long[] values = new long[x.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = of(x.values()[i], y.values()[i]);
      }
      return new Integers(node.output(), extents, values);
    }
    throw OnnxNode.error("'%s' and '%s' differ in type", a.name(), b.name());
  }

  private float of(float a, float b) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
    };
  }

  private long of(long a, long b) throws ModelException {
    if (this == DIVIDE && b == 0) {
      throw OnnxNode.error("division of an integer by zero");
    }
    return switch (this) {
      case ADD -> Math.addExact(a, b);
      case SUBTRACT -> Math.subtractExact(a, b);
      case MULTIPLY -> Math.multiplyExact(a, b);
      case DIVIDE -> a / b;
    };
  }

  /// The extents that `a` and `b` broadcast to, by numpy's rule.
  static List<Integer> broadcast(List<Integer> a, List<Integer> b) throws ModelException {
    int rank = Math.max(a.size(), b.size());
    List<Long> extents = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int fromA = i < rank - a.size() ? 1 : a.get(i - rank + a.size());
      int fromB = i < rank - b.size() ? 1 : b.get(i - rank + b.size());
      if (fromA != fromB && fromA != 1 && fromB != 1) {
        throw OnnxNode.error("shapes differ: %s and %s", a, b);
      }
      extents.add((long) (fromA == 1 ? fromB : fromA));
    }
    return TensorReader.extents(extents, "result");
  }

  /// α·A′·B′ + β·C, where A is the image's and B the vendor's.
  static Value gemm(OnnxNode node) throws ModelException {
    Attributes attributes = node.attributes();
    float alpha = attributes.real("alpha").orElse(1f);
    float beta = attributes.real("beta").orElse(1f);
    boolean transposeA = attributes.integer("transA").orElse(0L) != 0;
    boolean transposeB = attributes.integer("transB").orElse(0L) != 0;
    Live a = node.live(0);
    Reals b = node.weight(1);
    if (a.rank() != 2 || b.rank() != 2) {
      throw OnnxNode.error("Gemm multiplies matrices, given %s and %s", a.shape(), b.extents());
    }
    if (transposeA) {
      throw OnnxNode.error("transA on the image's data is not supported; transpose it before");
    }
    Reals weight = scaled(node, transposeB ? transposed(node, b) : b, alpha, "weight");
    if (node.optional(2).isEmpty() || beta == 0) {
      return node.emit(new Op.MatMul(), a, weight);
    }
    Live product = node.emitPart("product", new Op.MatMul(), a, weight);
    Value bias =
        switch (node.operand(2)) {
          case Live live ->
              beta == 1f
                  ? live
                  : node.emitPart(
                      "scaled", new Op.Multiply(), live, scalar(node.output() + "/beta", beta));
          case Known _ -> scaled(node, node.weight(2), beta, "bias");
        };
    Live sum = node.emit(new Op.Add(), product, bias);
    if (!sum.shape().equals(product.shape())) {
      throw OnnxNode.error("C %s does not broadcast to %s", bias.extents(), product.shape());
    }
    return sum;
  }

  private static Reals scaled(OnnxNode node, Reals tensor, float factor, String part)
      throws ModelException {
    if (factor == 1f) {
      return tensor;
    }
    node.scope().fold(tensor.size());
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor * tensor.values()[i];
    }
    return new Reals(node.output() + "/" + part, tensor.extents(), values);
  }

  private static Reals scalar(String name, float value) {
    return new Reals(name, List.of(), new float[] {value});
  }

  /// The transpose of a known matrix, in a plain loop since classifiers' weights are large.
  private static Reals transposed(OnnxNode node, Reals matrix) throws ModelException {
    node.scope().fold(matrix.size());
    int rows = matrix.extents().get(0);
    int columns = matrix.extents().get(1);
    float[] values = new float[matrix.size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = matrix.values()[row * columns + column];
      }
    }
    return new Reals(node.output() + "/weight", List.of(columns, rows), values);
  }

  /// A product of which one side is a constant matrix or vector; with the constant on the left the
  /// product is computed as (Bᵀ·Aᵀ)ᵀ.
  static Value matMul(OnnxNode node) throws ModelException {
    if (node.operand(0) instanceof Live a && node.operand(1) instanceof Reals) {
      return right(node, a, node.weight(1));
    }
    if (node.operand(0) instanceof Reals && node.operand(1) instanceof Live b) {
      return left(node, node.weight(0), b);
    }
    throw OnnxNode.error("exactly one side of a matrix product must be a constant");
  }

  private static Value right(OnnxNode node, Live a, Reals b) throws ModelException {
    if (a.rank() == 0 || b.rank() == 0) {
      throw OnnxNode.error("a matrix product of scalars: %s and %s", a.extents(), b.extents());
    }
    Reals matrix = matrix(b);
    Live rows = a.rank() > 1 ? a : node.emitPart("row", new Op.Reshape(row(a)), a);
    List<Integer> wanted = new ArrayList<>(a.extents().subList(0, a.rank() - 1));
    if (b.rank() > 1) {
      wanted.add(matrix.extents().get(1));
    }
    int rank = b.rank() > 2 ? b.rank() - (a.rank() == 1 ? 1 : 0) : 0;
    while (wanted.size() < rank) {
      wanted.addFirst(1);
    }
    Shape shape = new Shape(wanted);
    if (a.rank() > 1 && a.rank() == shape.rank()) {
      return node.emit(new Op.MatMul(), rows, matrix);
    }
    Live product = node.emitPart("product", new Op.MatMul(), rows, matrix);
    return node.emit(new Op.Reshape(shape), product);
  }

  private static Shape row(Live a) {
    return Shape.of(1, a.extents().getFirst());
  }

  private static Value left(OnnxNode node, Reals a, Live b) throws ModelException {
    if (a.rank() != 2 || b.rank() < 2) {
      throw OnnxNode.error(
          "a constant on the left must be a matrix and the image's data at least one: %s and %s",
          a.extents(), b.extents());
    }
    Op swap = new Op.Transpose(Layout.swapLast(b.rank()));
    Live swapped = node.emitPart("swapped", swap, b);
    Live product = node.emitPart("product", new Op.MatMul(), swapped, transposed(node, a));
    return node.emit(swap, product);
  }

  /// A vector as a column, a stack of one matrix as that matrix.
  private static Reals matrix(Reals b) throws ModelException {
    if (b.rank() == 1) {
      return b.as(List.of(b.extents().getFirst(), 1));
    }
    List<Integer> outer = b.extents().subList(0, b.rank() - 2);
    if (outer.stream().anyMatch(extent -> extent != 1)) {
      throw OnnxNode.error("a stack of matrices %s is not supported", b.extents());
    }
    return b.rank() == 2 ? b : b.as(b.extents().subList(b.rank() - 2, b.rank()));
  }
}
