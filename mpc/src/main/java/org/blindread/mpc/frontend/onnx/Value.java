package org.blindread.mpc.frontend.onnx;

import java.util.List;
import org.blindread.mpc.tensor.Shape;

/// What an ONNX name stands for while a file is translated: a value that depends on an input, or
/// one that is known now.
sealed interface Value {
  /// Extents, outermost first; those of a known value may be 0.
  List<Integer> extents();

  default int rank() {
    return extents().size();
  }

  /// Depends on an input: an input or node of the graph.
  record Live(String name, Shape shape) implements Value {
    @Override
    public List<Integer> extents() {
      return shape.extents();
    }
  }

  /// A constant. The name is that of the initializer, or of the output that was folded.
  sealed interface Known extends Value {
    String name();

    int size();

    /// The same values under another name.
    Known named(String name);

    /// The same values under other extents of the same product.
    Known as(List<Integer> extents);

    /// The elements at the given positions, under new extents.
    Known take(List<Integer> extents, int[] positions);
  }

  /// Known real numbers, row-major.
  record Reals(String name, List<Integer> extents, float[] values) implements Known {
    public Reals {
      extents = List.copyOf(extents);
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Reals named(String other) {
      return new Reals(other, extents, values);
    }

    @Override
    public Reals as(List<Integer> others) {
      return new Reals(name, others, values);
    }

    @Override
    public Reals take(List<Integer> others, int[] positions) {
      float[] taken = new float[positions.length];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = values[positions[i]];
      }
      return new Reals(name, others, taken);
    }
  }

  /// Known integers or truth values (0 and 1), row-major: shapes, axes, indices.
  record Integers(String name, List<Integer> extents, long[] values) implements Known {
    public Integers {
      extents = List.copyOf(extents);
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Integers named(String other) {
      return new Integers(other, extents, values);
    }

    @Override
    public Integers as(List<Integer> others) {
      return new Integers(name, others, values);
    }

    @Override
    public Integers take(List<Integer> others, int[] positions) {
      long[] taken = new long[positions.length];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = values[positions[i]];
      }
      return new Integers(name, others, taken);
    }
  }
}
