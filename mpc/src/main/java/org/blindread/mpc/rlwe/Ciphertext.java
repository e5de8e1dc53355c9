package org.blindread.mpc.rlwe;

/// A ciphertext in slots: c0 + c1·s = ⌊q·m/2^ℓ⌉ + noise.
///
/// @param c0 first component
/// @param c1 second component
record Ciphertext(double[] c0, double[] c1) {
  static Ciphertext zero(Modulus modulus) {
    return new Ciphertext(new double[modulus.length()], new double[modulus.length()]);
  }

  /// Adds x·w, in place: a sum under construction belongs to who makes it.
  void addProduct(Modulus modulus, Ciphertext x, double[] w) {
    modulus.multiplyAdd(x.c0, w, c0);
    modulus.multiplyAdd(x.c1, w, c1);
  }

  @Override
  public String toString() {
    return "Ciphertext";
  }
}
