package org.blindread.mpc.rlwe;

/// A ciphertext in slots: c0 + c1·s = ⌊q·m/2^ℓ⌉ + noise.
///
/// @param c0 first component
/// @param c1 second component
record Ciphertext(double[] c0, double[] c1) {
  static Ciphertext zero(Modulus modulus) {
    return new Ciphertext(new double[modulus.length()], new double[modulus.length()]);
  }

  @Override
  public String toString() {
    return "Ciphertext";
  }
}
