package org.blindread.mpc.frontend.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Known;

/// Rearranges known tensors: every rearrangement is a table of source positions per axis of the
/// result, whose outer sum says where each element comes from.
final class Folding {
  private Folding() {}

  /// Axis i of the result is axis `permutation[i]`.
  static Known transpose(OnnxScope scope, Known x, List<Integer> permutation)
      throws ModelException {
    int[] strides = strides(x.extents());
    List<int[]> tables = new ArrayList<>();
    for (int axis : permutation) {
      tables.add(steps(x.extents().get(axis), 0, strides[axis]));
    }
    return take(scope, x, tables);
  }

  /// Positions start, start+step, … along one axis.
  static Known slice(OnnxScope scope, Known x, int axis, int start, int step, int count)
      throws ModelException {
    int[] strides = strides(x.extents());
    List<int[]> tables = identity(x.extents(), strides);
    int[] table = new int[count];
    for (int i = 0; i < count; i++) {
      table[i] = (start + i * step) * strides[axis];
    }
    tables.set(axis, table);
    return take(scope, x, tables);
  }

  /// The given positions along one axis.
  static Known gather(OnnxScope scope, Known x, int axis, int[] indices) throws ModelException {
    int[] strides = strides(x.extents());
    List<int[]> tables = identity(x.extents(), strides);
    tables.set(axis, IntStream.of(indices).map(i -> i * strides[axis]).toArray());
    scope.generate(size(tables));
    return take(scope, x, tables);
  }

  /// Repeats axes of extent 1, and adds axes in front, to reach `extents`.
  ///
  /// @param extents what `x` broadcasts to; the caller has checked that it does
  static Known broadcast(OnnxScope scope, Known x, List<Integer> extents) throws ModelException {
    if (extents.equals(x.extents())) {
      return x;
    }
    int[] strides = strides(x.extents());
    int added = extents.size() - x.rank();
    List<int[]> tables = new ArrayList<>();
    long size = extents.stream().mapToLong(e -> e).reduce(1, Folding::multiply);
    scope.generate(size);
    for (int axis = 0; axis < extents.size(); axis++) {
      boolean repeated = axis < added || x.extents().get(axis - added) == 1;
      tables.add(steps(extents.get(axis), 0, repeated ? 0 : strides[axis - added]));
    }
    return take(scope, x, tables);
  }

  private static long multiply(long a, long b) {
    return a > Integer.MAX_VALUE ? a : a * b;
  }

  private static int[] strides(List<Integer> extents) {
    int[] strides = new int[extents.size()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= extents.get(axis);
    }
    return strides;
  }

  private static List<int[]> identity(List<Integer> extents, int[] strides) {
    List<int[]> tables = new ArrayList<>();
    for (int axis = 0; axis < strides.length; axis++) {
      tables.add(steps(extents.get(axis), 0, strides[axis]));
    }
    return tables;
  }

  private static int[] steps(int count, int start, int step) {
    return IntStream.range(0, count).map(i -> start + i * step).toArray();
  }

  private static long size(List<int[]> tables) {
    return tables.stream().mapToLong(table -> table.length).reduce(1, Folding::multiply);
  }

  private static Known take(OnnxScope scope, Known x, List<int[]> tables) throws ModelException {
    scope.fold(size(tables));
    List<Integer> extents = tables.stream().map(table -> table.length).toList();
    int[] positions = extents.contains(0) ? new int[0] : new int[1];
    for (int[] table : tables) {
      int[] grown = new int[positions.length * table.length];
      int at = 0;
      for (int position : positions) {
        for (int offset : table) {
          grown[at++] = position + offset;
        }
      }
      positions = grown;
    }
    return x.take(extents, positions);
  }
}
