package org.blindread.mpc.rlwe;

/// The rings R_q = Z_q[X]/(X^N + 1) in use. Each gives 128 bits against classical attacks with a
/// ternary secret and errors of standard deviation 3.2 or more, by the table of the Homomorphic
/// Encryption Standard 1.1 (2018): log q ≤ 109 for N = 4096, ≤ 218 for N = 8192.
public enum ParameterSet {
  /// Two primes of 49 bits: the fastest.
  N4096_Q98(4096, 49, 2),
  /// Three primes of 36 bits: the widest q of this degree.
  N4096_Q108(4096, 36, 3),
  /// Three primes of 49 bits, for wide rings.
  N8192_Q147(8192, 49, 3);

  private final int degree;
  private final int primeBits;
  private final int primes;

  ParameterSet(int degree, int primeBits, int primes) {
    if (primeBits * primes > (degree == 4096 ? 109 : 218)) {
      throw new IllegalArgumentException("q is too wide for 128 bits of security");
    }
    this.degree = degree;
    this.primeBits = primeBits;
    this.primes = primes;
  }

  /// N, coefficients of a polynomial.
  public int degree() {
    return degree;
  }

  /// Bits of q: q = 2^modulusBits·(1 − ε), ε < 2^-12.
  public int modulusBits() {
    return primeBits * primes;
  }

  int primeBits() {
    return primeBits;
  }

  int primes() {
    return primes;
  }

  /// The primes with their transforms, made once a process.
  Modulus modulus() {
    return Modulus.of(this);
  }

  @Override
  public String toString() {
    return "N=%d log q=%d".formatted(degree, modulusBits());
  }
}
