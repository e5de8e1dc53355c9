package org.blindread.mpc.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A sliding window over 1 to 3 spatial axes, as convolutions and poolings use it.
///
/// All lists have one entry per spatial axis, outermost first (depth, height, width).
///
/// @param kernel taps per axis, ≥ 1
/// @param strides step per axis, ≥ 1
/// @param low padding before the first element, ≥ 0
/// @param high padding after the last element, ≥ 0
/// @param dilations distance between taps, ≥ 1
public record Window(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> low,
    List<Integer> high,
    List<Integer> dilations) {
  /// @throws IllegalArgumentException if the lists differ in length, hold other than 1 … 3 axes or
  ///   an entry out of range
  public Window {
    kernel = List.copyOf(kernel);
    strides = List.copyOf(strides);
    low = List.copyOf(low);
    high = List.copyOf(high);
    dilations = List.copyOf(dilations);
    int axes = kernel.size();
    if (axes < 1 || axes > 3) {
      throw new IllegalArgumentException("a window spans 1 to 3 spatial axes, not " + axes);
    }
    for (List<Integer> list : List.of(strides, low, high, dilations)) {
      if (list.size() != axes) {
        throw new IllegalArgumentException("a window needs one entry per axis: " + list);
      }
    }
    for (int axis = 0; axis < axes; axis++) {
      if (kernel.get(axis) < 1 || strides.get(axis) < 1 || dilations.get(axis) < 1) {
        throw new IllegalArgumentException("kernel, stride and dilation must be at least 1");
      }
      if (low.get(axis) < 0 || high.get(axis) < 0) {
        throw new IllegalArgumentException("padding must not be negative: " + low + " " + high);
      }
    }
  }

  /// A window without padding or dilation.
  public static Window of(List<Integer> kernel, List<Integer> strides) {
    List<Integer> zeros = Collections.nCopies(kernel.size(), 0);
    return new Window(kernel, strides, zeros, zeros, Collections.nCopies(kernel.size(), 1));
  }

  /// A square 2-D window with the same stride and padding on every side.
  public static Window square(int kernel, int stride, int padding) {
    return new Window(
        List.of(kernel, kernel),
        List.of(stride, stride),
        List.of(padding, padding),
        List.of(padding, padding),
        List.of(1, 1));
  }

  public int axes() {
    return kernel.size();
  }

  /// Number of taps, the product of the kernel's extents.
  public int taps() {
    return kernel.stream().reduce(1, (a, b) -> a * b);
  }

  public boolean padded() {
    return low.stream().anyMatch(p -> p > 0) || high.stream().anyMatch(p -> p > 0);
  }

  /// Extents of the result: ⌊(in + low + high − dilation·(kernel−1) − 1) / stride⌋ + 1 per axis.
  ///
  /// @throws IllegalArgumentException if the window does not fit even once
  public List<Integer> outputExtents(List<Integer> input) {
    if (input.size() != axes()) {
      throw new IllegalArgumentException(
          "a window over " + axes() + " axes cannot slide over " + input);
    }
    List<Integer> output = new ArrayList<>();
    for (int a = 0; a < axes(); a++) {
      long reach = (long) dilations.get(a) * (kernel.get(a) - 1) + 1;
      long room = (long) input.get(a) + low.get(a) + high.get(a) - reach;
      if (room < 0) {
        throw new IllegalArgumentException(
            "window %s does not fit input %s".formatted(this, input));
      }
      output.add(Math.toIntExact(room / strides.get(a) + 1));
    }
    return List.copyOf(output);
  }

  @Override
  public String toString() {
    return "kernel=%s stride=%s low=%s high=%s dilation=%s"
        .formatted(kernel, strides, low, high, dilations)
        .replace(", ", ",");
  }
}
