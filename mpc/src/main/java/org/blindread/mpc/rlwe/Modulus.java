package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.tensor.kernel.Ntt;
import org.blindread.mpc.tensor.kernel.PrimeField;

/// q = p_0·p_1·…, by whose primes every element of R_q is held: residue i of the N coefficients (or
/// slots) fills places i·N … (i+1)·N−1 of an array, each the integer −(p_i−1)/2 … (p_i−1)/2.
final class Modulus {
  private static final Map<Ring, Modulus> MADE = new ConcurrentHashMap<>();

  /// @param degree N, or less for polynomials of a power of X
  private record Ring(ParameterSet set, int degree) {}

  private final int degree;
  private final int primeBits;
  private final Ntt[] transforms;

  private Modulus(int degree, int primeBits, Ntt[] transforms) {
    this.degree = degree;
    this.primeBits = primeBits;
    this.transforms = transforms;
  }

  /// The product of the largest primes of so many bits that are 1 modulo 2N.
  static Modulus of(ParameterSet set) {
    return of(set, set.degree());
  }

  /// The same primes for polynomials u of a lesser degree D: slot s of u(X^(N/D)) is slot s·D/N of
  /// u.
  ///
  /// @param degree D, a power of two, 16 … N
  static Modulus of(ParameterSet set, int degree) {
    return MADE.computeIfAbsent(new Ring(set, degree), Modulus::make);
  }

  private static Modulus make(Ring ring) {
    ParameterSet set = ring.set;
    Ntt[] transforms =
        PrimeField.withRoots(set.primeBits(), 2 * set.degree(), set.primes()).stream()
            .map(field -> Ntt.of(field, ring.degree))
            .toArray(Ntt[]::new);
    return new Modulus(ring.degree, set.primeBits(), transforms);
  }

  /// N.
  int degree() {
    return degree;
  }

  /// Number of primes.
  int primes() {
    return transforms.length;
  }

  /// Bits of each prime.
  int primeBits() {
    return primeBits;
  }

  /// Doubles that an element takes.
  int length() {
    return degree * transforms.length;
  }

  Ntt transform(int i) {
    return transforms[i];
  }

  PrimeField field(int i) {
    return transforms[i].field();
  }

  /// q.
  BigInteger value() {
    BigInteger product = BigInteger.ONE;
    for (Ntt transform : transforms) {
      product = product.multiply(BigInteger.valueOf(transform.field().prime()));
    }
    return product;
  }

  /// A number modulo each prime, centred.
  double[] residues(BigInteger number) {
    double[] residues = new double[transforms.length];
    for (int i = 0; i < residues.length; i++) {
      BigInteger p = BigInteger.valueOf(field(i).prime());
      residues[i] = field(i).centred(number.mod(p).longValueExact());
    }
    return residues;
  }

  /// Coefficients to slots, in place.
  void toSlots(double[] element) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].forward(element, i * degree);
    }
  }

  /// Slots to coefficients, in place.
  void toCoefficients(double[] element) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].inverse(element, i * degree);
    }
  }

  /// product = a·b in slots; `product` may be `a` or `b`.
  void multiply(double[] a, double[] b, double[] product) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].multiply(a, i * degree, b, i * degree, product, i * degree);
    }
  }

  /// sum = sum + a·b in slots.
  void multiplyAdd(double[] a, double[] b, double[] sum) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].multiplyAdd(a, i * degree, b, i * degree, sum, i * degree);
    }
  }

  /// An element from N small integers, |x| < p/2.
  void ofSmall(double[] integers, double[] element) {
    for (int i = 0; i < transforms.length; i++) {
      System.arraycopy(integers, 0, element, i * degree, degree);
    }
  }

  /// Adds N small integers to coefficients, in place.
  void addSmall(double[] element, double[] integers) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].addMultiply(element, i * degree, integers, 0, 1, element, i * degree);
    }
  }

  /// Adds an element, in place.
  void add(double[] element, double[] other) {
    for (int i = 0; i < transforms.length; i++) {
      transforms[i].addMultiply(element, i * degree, other, i * degree, 1, element, i * degree);
    }
  }
}
