package org.blindread.mpc.tensor;

/// A tensor over Z/2^ℓ, row-major, one element a `long` for every ℓ from 16 to 64.
///
/// Only the low ℓ bits of an element carry meaning; the upper bits are whatever the last operation
/// left there, and [FixedPoint#signed] makes an element canonical (two's complement, sign
/// extended). One storage for all widths keeps protocol code single; the kernels narrow to `int`
/// where ℓ ≤ 32 makes them faster (ADR 0002).
///
/// The record owns its array: nobody writes to it after construction. Its text never shows a value,
/// since a ring tensor is usually a share or a secret.
///
/// @param shape extents, outermost first
/// @param values `shape.size()` ring elements
public record RingTensor(Shape shape, long[] values) {
  /// @throws IllegalArgumentException if the number of values is not the size of the shape
  public RingTensor {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " holds " + shape.size() + " values, given " + values.length);
    }
  }

  /// The same values under another shape of the same size.
  public RingTensor as(Shape other) {
    return new RingTensor(other, values);
  }

  @Override
  public String toString() {
    return "RingTensor[" + shape + "]";
  }
}
