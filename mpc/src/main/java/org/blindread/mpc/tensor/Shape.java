package org.blindread.mpc.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Extents of a tensor, outermost first; every extent is positive. The empty shape is a scalar.
///
/// Elements are stored row-major: the last extent varies fastest.
///
/// @param extents the extents, each at least 1; their product fits an `int`
public record Shape(List<Integer> extents) {
  /// @throws IllegalArgumentException if an extent is not positive or the product exceeds 2^31 − 1
  public Shape {
    extents = List.copyOf(extents);
    long size = 1;
    for (int extent : extents) {
      if (extent < 1) {
        throw new IllegalArgumentException("extents must be positive: " + extents);
      }
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a tensor holds at most 2^31-1 elements: " + extents);
      }
    }
  }

  public static Shape of(int... extents) {
    return new Shape(IntStream.of(extents).boxed().toList());
  }

  /// Reads the form that [#toString] writes, for example `56×56×64`, or `scalar`.
  ///
  /// @throws IllegalArgumentException if the text is not a shape
  public static Shape parse(String text) {
    if (text.equals("scalar")) {
      return of();
    }
    try {
      return new Shape(List.of(text.split("×")).stream().map(Integer::valueOf).toList());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a shape: '" + text + "'; expected e.g. 56×56×64", e);
    }
  }

  public int rank() {
    return extents.size();
  }

  /// The extent of one axis.
  ///
  /// @param axis 0 … rank−1, or negative to count from the last (−1 is the innermost)
  public int extent(int axis) {
    return extents.get(axis < 0 ? axis + rank() : axis);
  }

  /// Number of elements, 1 for a scalar.
  public int size() {
    return extents.stream().reduce(1, (a, b) -> a * b);
  }

  /// Product of the extents before `axis`.
  public int outer(int axis) {
    return extents.subList(0, axis).stream().reduce(1, (a, b) -> a * b);
  }

  /// Product of the extents after `axis`.
  public int inner(int axis) {
    return extents.subList(axis + 1, rank()).stream().reduce(1, (a, b) -> a * b);
  }

  /// This shape with one extent replaced.
  public Shape with(int axis, int extent) {
    List<Integer> changed = new ArrayList<>(extents);
    changed.set(axis, extent);
    return new Shape(changed);
  }

  public int[] toArray() {
    return extents.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return extents.isEmpty()
        ? "scalar"
        : extents.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }
}
