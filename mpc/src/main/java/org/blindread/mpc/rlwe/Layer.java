package org.blindread.mpc.rlwe;

import java.util.List;
import org.blindread.mpc.tensor.Window;

/// The public shape of a linear layer: a convolution by secret weights, channels last. A matrix
/// product is the case of kernel 1 over one axis.
///
/// @param extents spatial extents S of the input, 1 to 3 axes, outermost first
/// @param inputs channels of all groups
/// @param outputs channels of all groups
/// @param window kernel, strides, padding and dilations
/// @param groups how many groups; divides both channel counts
public record Layer(List<Integer> extents, int inputs, int outputs, Window window, int groups) {
  /// @throws IllegalArgumentException if the shape does not hold together
  public Layer {
    extents = List.copyOf(extents);
    window.outputExtents(extents);
    if (groups < 1 || inputs < 1 || outputs < 1 || inputs % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "%d inputs and %d outputs do not fall into %d groups".formatted(inputs, outputs, groups));
    }
  }

  /// `rows` rows of `inputs` numbers by an outputs×inputs matrix.
  public static Layer matrix(int rows, int inputs, int outputs) {
    return new Layer(List.of(rows), inputs, outputs, Window.of(List.of(1), List.of(1)), 1);
  }

  public List<Integer> outputExtents() {
    return window.outputExtents(extents);
  }

  /// Elements of the input, S×inputs.
  public int inputLength() {
    return extents.stream().reduce(inputs, Math::multiplyExact);
  }

  /// Elements of the output, S'×outputs.
  public int outputLength() {
    return outputExtents().stream().reduce(outputs, Math::multiplyExact);
  }

  /// Elements of the weights, outputs×taps×(inputs/groups).
  public int weightLength() {
    return Math.multiplyExact(outputs, window.taps() * (inputs / groups));
  }
}
