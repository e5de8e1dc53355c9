package org.blindread.mpc.rlwe;

import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;

/// The hospital's key: a polynomial s of coefficients −1, 0 and 1. One key serves a session. Its
/// text never shows it.
public final class SecretKey {
  private static final String MASK = "rlwe a";

  private final Parameters parameters;
  private final Modulus modulus;

  /// −s in slots: both encryption and decryption subtract a product by s.
  private final double[] minusS;

  private SecretKey(Parameters parameters, double[] minusS) {
    this.parameters = parameters;
    this.modulus = parameters.modulus();
    this.minusS = minusS;
  }

  /// A new key.
  ///
  /// @param secret a stream that nobody else holds
  public static SecretKey generate(Parameters parameters, Prg secret) {
    Modulus modulus = parameters.modulus();
    double[] s = new Sampler(secret).ternary(modulus.degree());
    double[] minusS = new double[modulus.length()];
    modulus.ofSmall(s, minusS);
    modulus.toSlots(minusS);
    return new SecretKey(parameters, minusS);
  }

  public Parameters parameters() {
    return parameters;
  }

  /// A public key of this secret key, under a fresh seed.
  public PublicKey publicKey(Prg secret) {
    Sampler sampler = new Sampler(secret);
    Seed seed = sampler.seed();
    double[] zero = new double[modulus.length()];
    return new PublicKey(parameters, seed, encrypt(zero, seed, 0, sampler), mask(modulus, seed, 0));
  }

  /// The first component −a·s + e + m, in slots; the second, a, follows from the seed.
  ///
  /// @param encoded m, coefficients, see [MessageEncoding]; taken over
  /// @param number of this ciphertext under the seed; never used twice
  double[] encrypt(double[] encoded, Seed seed, int number, Sampler sampler) {
    modulus.addSmall(encoded, sampler.errors(modulus.degree()));
    modulus.toSlots(encoded);
    double[] a = Scratch.ofThread().doubles(modulus.length());
    draw(modulus, seed, number, a);
    modulus.multiplyAdd(a, minusS, encoded);
    return encoded;
  }

  /// The uniform element a of a seeded ciphertext, in slots.
  static double[] mask(Modulus modulus, Seed seed, int number) {
    double[] a = new double[modulus.length()];
    draw(modulus, seed, number, a);
    return a;
  }

  private static void draw(Modulus modulus, Seed seed, int number, double[] a) {
    new Sampler(new Prg(seed.derive(MASK, number))).uniform(modulus, a);
  }

  /// −c1·s, coefficients to coefficients; the argument is taken over.
  double[] minusProduct(double[] c1) {
    modulus.toSlots(c1);
    modulus.multiply(c1, minusS, c1);
    modulus.toCoefficients(c1);
    return c1;
  }

  @Override
  public String toString() {
    return "SecretKey[hidden, " + parameters + "]";
  }
}
