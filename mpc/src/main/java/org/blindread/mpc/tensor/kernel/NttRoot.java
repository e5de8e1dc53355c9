package org.blindread.mpc.tensor.kernel;

/// What a negacyclic transform is made from: a primitive 2N-th root of unity ψ of a prime field.
///
/// @param field the field, p ≡ 1 mod 2N
/// @param degree N, a power of two, 16 … 2^13
/// @param psi ψ, of order 2N
record NttRoot(PrimeField field, int degree, long psi) {
  private static final int LEAST = 16;
  private static final int MOST = 1 << 13;

  static NttRoot of(PrimeField field, int degree) {
    if (Integer.bitCount(degree) != 1 || degree < LEAST || degree > MOST) {
      throw new IllegalArgumentException(
          "the degree is a power of two from %d to %d, not %d".formatted(LEAST, MOST, degree));
    }
    return new NttRoot(field, degree, field.root(2 * degree));
  }

  /// base^0 … base^(N−1); element i at position i, or at reverse(i).
  long[] powers(long base, boolean reversed) {
    long[] powers = new long[degree];
    long power = 1;
    for (int i = 0; i < degree; i++) {
      powers[reversed ? reverse(i) : i] = power;
      power = field.multiply(power, base);
    }
    return powers;
  }

  private int reverse(int i) {
    return Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(degree) + 1);
  }

  long inversePsi() {
    return field.inverse(psi);
  }

  long inverseDegree() {
    return field.inverse(degree);
  }
}
