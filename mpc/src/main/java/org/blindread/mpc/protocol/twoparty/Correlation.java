package org.blindread.mpc.protocol.twoparty;

/// What one linear layer needs of one image, made before the image exists: the hospital has a
/// random mask r and y_1, the vendor y_0, with y_0 + y_1 = W·r modulo 2^ℓ. Serves once.
///
/// P. Mishra et al., *Delphi*, USENIX Security 2020 (eprint 2020/050): once its share x_1 is known,
/// the hospital sends x_1 − r, which r hides; the vendor adds it to its own x_0, and W·x = W·(x_0 +
/// x_1 − r) + y_0 + y_1 without any encryption.
///
/// @param mask r at the hospital, empty at the vendor
/// @param share y_1 or y_0
record Correlation(long[] mask, long[] share) {
  @Override
  public String toString() {
    return "Correlation[hidden]";
  }
}
