package org.blindread.mpc.graph;

import java.util.List;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// What a node of a [Graph] computes on real numbers. Tensors are N×C×spatial with N = 1.
///
/// The front end reduces what files contain to this set: Gemm becomes `MatMul` and `Add`, Flatten,
/// Squeeze and Unsqueeze become `Reshape`, GlobalAveragePool becomes `Mean`, Identity and Dropout
/// vanish. Three rules make an operation complete: [ShapeRule] (its shape), [Reference] (its value)
/// and `compile.Lowering` (its instructions); each is a switch without default.
public sealed interface Op {
  /// Operands x (1×C×spatial), w (M×C/groups×kernel), optionally b (M).
  record Conv(Window window, int groups) implements Op {}

  /// γ·(x − mean)/√(variance + ε) + β. Operands x (1×C×…), γ, β, mean, variance (each C).
  record BatchNorm(float epsilon) implements Op {}

  /// max(x, 0).
  record Relu() implements Op {}

  /// x for x ≥ 0, else α·x; α is public.
  record LeakyRelu(float alpha) implements Op {}

  /// min(max(x, low), high); the bounds are public and may be infinite.
  record Clip(float low, float high) implements Op {}

  /// Maximum over the window; padding never takes part.
  record MaxPool(Window window) implements Op {}

  /// Mean over the window.
  ///
  /// @param countPadding whether padded positions count in the divisor
  record AveragePool(Window window, boolean countPadding) implements Op {}

  /// Mean over whole axes, which keep extent 1.
  record Mean(List<Integer> axes) implements Op {
    public Mean {
      axes = List.copyOf(axes);
    }
  }

  /// a + b with broadcasting.
  record Add() implements Op {}

  /// a − b with broadcasting.
  record Subtract() implements Op {}

  /// a · b with broadcasting.
  record Multiply() implements Op {}

  /// a / b with broadcasting.
  record Divide() implements Op {}

  /// Matrix product over the last two axes (…×M×K by K×N).
  record MatMul() implements Op {}

  /// Joins along one axis.
  record Concat(int axis) implements Op {}

  /// The same elements under another shape.
  record Reshape(Shape shape) implements Op {}

  /// Axis i of the result is axis `permutation[i]` of the operand.
  record Transpose(List<Integer> permutation) implements Op {
    public Transpose {
      permutation = List.copyOf(permutation);
    }
  }

  /// Adds `low` and `high` elements of a public value around each axis.
  record Pad(List<Integer> low, List<Integer> high, float value) implements Op {
    public Pad {
      low = List.copyOf(low);
      high = List.copyOf(high);
    }
  }

  /// Takes positions start, start+step, … (count of them) along one axis; step may be negative.
  record Slice(int axis, int start, int step, int count) implements Op {}

  /// Where along one axis, which keeps extent 1, the largest element stands: the lowest such place;
  /// only as an output.
  record ArgMax(int axis) implements Op {}

  /// 1/(1+e^−x); only as an output head, applied in the clear by whoever learns the result.
  record Sigmoid() implements Op {}

  /// Softmax along one axis; only as an output head.
  record Softmax(int axis) implements Op {}
}
