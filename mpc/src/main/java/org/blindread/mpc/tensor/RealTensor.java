package org.blindread.mpc.tensor;

/// A tensor of real numbers in single precision, row-major.
///
/// The record owns its array: nobody writes to it after construction.
///
/// @param shape extents, outermost first
/// @param values `shape.size()` numbers
public record RealTensor(Shape shape, float[] values) {
  /// @throws IllegalArgumentException if the number of values is not the size of the shape
  public RealTensor {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " holds " + shape.size() + " values, given " + values.length);
    }
  }

  public static RealTensor of(Shape shape, float... values) {
    return new RealTensor(shape, values);
  }

  public static RealTensor filled(Shape shape, float value) {
    float[] values = new float[shape.size()];
    java.util.Arrays.fill(values, value);
    return new RealTensor(shape, values);
  }

  /// The same values under another shape of the same size.
  public RealTensor as(Shape other) {
    return new RealTensor(other, values);
  }

  @Override
  public String toString() {
    return "RealTensor[" + shape + "]";
  }
}
