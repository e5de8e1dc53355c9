package org.blindread.mpc.tensor;

/// Fixed-point numbers in Z/2^ℓ, two's complement: the real x is stored as x·2^f.
///
/// @param bits ring width ℓ, 16 … 64
/// @param fractionBits default fraction bits f, 1 … (ℓ−2)/2
/// @param rounding how a real becomes a ring element, and how a truncation rounds
public record FixedPoint(int bits, int fractionBits, Rounding rounding) {

  /// How encoding and truncation round.
  public enum Rounding {
    /// Encoding to the nearest (ties to even); truncation ⌊(z + 2^(t−1)) / 2^t⌋. The default.
    NEAREST,
    /// Encoding toward zero, truncation ⌊z / 2^t⌋, as Athos did in the study (`soin2021`).
    FLOOR
  }

  /// @throws IllegalArgumentException if ℓ or f is out of range
  public FixedPoint {
    if (bits < 16 || bits > 64) {
      throw new IllegalArgumentException("ring width must be 16 … 64 bits, not " + bits);
    }
    if (fractionBits < 1 || 2 * fractionBits + 2 > bits) {
      throw new IllegalArgumentException(
          "a scale of %d does not fit a ring of %d bits: 2·scale + 2 ≤ bits must hold"
              .formatted(fractionBits, bits));
    }
  }

  /// Numbers with rounding to nearest.
  public static FixedPoint of(int bits, int fractionBits) {
    return new FixedPoint(bits, fractionBits, Rounding.NEAREST);
  }

  /// Bytes one ring element takes on the wire: ⌈ℓ/8⌉.
  public int bytesPerElement() {
    return (bits + 7) / 8;
  }

  /// What a truncation by `shift` bits adds before it cuts: 2^(shift−1), or 0 for `FLOOR`.
  public long half(int shift) {
    return rounding == Rounding.FLOOR || shift == 0 ? 0 : 1L << (shift - 1);
  }

  /// The canonical form of a ring element: its low ℓ bits, sign extended.
  public long signed(long element) {
    return element << (64 - bits) >> (64 - bits);
  }

  /// The low ℓ bits of a ring element, zero extended (for ℓ = 64 the element itself).
  public long unsigned(long element) {
    return element << (64 - bits) >>> (64 - bits);
  }

  /// Encodes a real at `scale` fraction bits; a value beyond the signed range wraps, see
  /// [#fits(double, int)].
  public long encode(double real, int scale) {
    double scaled = real * StrictMath.scalb(1.0, scale);
    return rounding == Rounding.FLOOR ? (long) scaled : (long) StrictMath.rint(scaled);
  }

  /// Whether a real can be encoded at `scale` within −2^(ℓ−2) … 2^(ℓ−2), the range every comparison
  /// and truncation needs.
  public boolean fits(double real, int scale) {
    return Math.abs(real) * StrictMath.scalb(1.0, scale) < StrictMath.scalb(1.0, bits - 2);
  }

  /// The real that a ring element stands for at `scale` fraction bits.
  public double decode(long element, int scale) {
    return signed(element) * StrictMath.scalb(1.0, -scale);
  }

  /// ⌊(z + half) / 2^shift⌋ on the canonical form: what every faithful protocol must reproduce.
  public long truncate(long element, int shift) {
    return signed(element + half(shift)) >> shift;
  }

  @Override
  public String toString() {
    return "ℓ=%d f=%d%s".formatted(bits, fractionBits, rounding == Rounding.FLOOR ? " floor" : "");
  }
}
