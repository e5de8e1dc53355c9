package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// The layout of plans: a graph's 1×C×spatial becomes spatial×C, and 1×C becomes C. Values whose
/// first extent is not 1, and those of rank below 2, keep their layout.
public final class ChannelsLast {
  private ChannelsLast() {}

  /// The shape in the plan of a value of the graph.
  public static Shape of(Shape shape) {
    return new Shape(order(shape).stream().map(shape::extent).toList());
  }

  /// A value of the graph in the plan's layout: the form in which an input is encoded and shared.
  public static RealTensor of(RealTensor tensor) {
    List<Integer> order = order(tensor.shape());
    if (!dropsBatch(tensor.shape())) {
      return tensor;
    }
    List<Integer> axes = new ArrayList<>(List.of(0));
    axes.addAll(order);
    return permute(tensor, axes).as(of(tensor.shape()));
  }

  /// A value of the plan back in the graph's layout.
  ///
  /// @param shape the value's shape in the graph
  public static RealTensor back(RealTensor tensor, Shape shape) {
    if (!dropsBatch(shape)) {
      return tensor;
    }
    int rank = tensor.shape().rank();
    List<Integer> axes = new ArrayList<>(List.of(rank - 1));
    for (int axis = 0; axis < rank - 1; axis++) {
      axes.add(axis);
    }
    return permute(tensor, axes).as(shape);
  }

  /// The axes of the graph in the order of the plan.
  static List<Integer> order(Shape shape) {
    List<Integer> order = new ArrayList<>();
    if (!dropsBatch(shape)) {
      for (int axis = 0; axis < shape.rank(); axis++) {
        order.add(axis);
      }
      return order;
    }
    for (int axis = 2; axis < shape.rank(); axis++) {
      order.add(axis);
    }
    order.add(1);
    return order;
  }

  private static boolean dropsBatch(Shape shape) {
    return shape.rank() >= 2 && shape.extent(0) == 1;
  }

  /// Axis i of the result is axis `axes[i]` of the tensor.
  static RealTensor permute(RealTensor tensor, List<Integer> axes) {
    Shape from = tensor.shape();
    Shape to = new Shape(axes.stream().map(from::extent).toList());
    int rank = axes.size();
    int[] extents = to.toArray();
    int[] strides = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = from.inner(axes.get(axis));
    }
    int[] index = new int[rank];
    float[] values = new float[from.size()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.values()[at];
      for (int axis = rank - 1; axis >= 0; axis--) {
        at += strides[axis];
        if (++index[axis] < extents[axis]) {
          break;
        }
        at -= strides[axis] * extents[axis];
        index[axis] = 0;
      }
    }
    return new RealTensor(to, values);
  }
}
