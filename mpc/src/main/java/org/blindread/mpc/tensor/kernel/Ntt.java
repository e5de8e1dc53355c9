package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Arithmetic of polynomials modulo X^N + 1 and a prime p by the number-theoretic transform: a
/// product of polynomials is a product slot by slot of their transforms.
///
/// A polynomial is N doubles that hold the integers −(p−1)/2 … (p−1)/2, of its coefficients or of
/// its slots; it lies at any place of an array. Arguments outside that range give nonsense.
///
/// ```java
/// Ntt ntt = Ntt.of(PrimeField.withRoots(49, 2 * 4096, 1).getFirst(), 4096);
/// ntt.forward(a, 0);
/// ntt.forward(b, 0);
/// ntt.multiply(a, 0, b, 0, a, 0);
/// ntt.inverse(a, 0); // a·b mod X^4096 + 1
/// ```
public final class Ntt {
  /// Slots that [#sumProducts] and [#sumMultiples] take together.
  public static final int PANEL = NttLoops.PANEL;

  /// Terms of the longest sums, whose products a `long` holds unreduced.
  public static final int MOST_TERMS = 1 << 14;

  private final NttRoot root;
  private final NttLoops loops;

  private Ntt(NttRoot root, NttLoops loops) {
    this.root = root;
    this.loops = loops;
  }

  /// The transform of one degree over one field.
  ///
  /// @param degree N, a power of two from 16 to 8192
  /// @throws IllegalArgumentException if the degree is none of these or p is not 1 modulo 2N
  public static Ntt of(PrimeField field, int degree) {
    NttRoot root = NttRoot.of(field, degree);
    return new Ntt(root, KernelChoice.CHOSEN.ntt(root));
  }

  public PrimeField field() {
    return root.field();
  }

  public int degree() {
    return root.degree();
  }

  /// Coefficients to slots, in place.
  public void forward(double[] values, int from) {
    check(values, from);
    loops.forward(values, from);
  }

  /// Slots to coefficients, in place.
  public void inverse(double[] values, int from) {
    check(values, from);
    loops.inverse(values, from);
  }

  /// product = a·b in slots; `product` may be `a` or `b`.
  public void multiply(double[] a, int aFrom, double[] b, int bFrom, double[] product, int to) {
    check(a, aFrom);
    check(b, bFrom);
    check(product, to);
    loops.multiply(a, aFrom, b, bFrom, product, to);
  }

  /// sum = sum + a·b in slots.
  public void multiplyAdd(double[] a, int aFrom, double[] b, int bFrom, double[] sum, int to) {
    check(a, aFrom);
    check(b, bFrom);
    check(sum, to);
    loops.multiplyAdd(a, aFrom, b, bFrom, sum, to);
  }

  /// out = (a + b)·factor, for coefficients as for slots; `out` may be `a` or `b`. These may be any
  /// integers whose sums are below 2^50 in magnitude.
  ///
  /// @param factor −(p−1)/2 … (p−1)/2
  public void addMultiply(
      double[] a, int aFrom, double[] b, int bFrom, double factor, double[] out, int to) {
    check(a, aFrom);
    check(b, bFrom);
    check(out, to);
    loops.addMultiply(a, aFrom, b, bFrom, factor, out, to);
  }

  /// Products of slots, summed up, over a panel of 16 slots and two columns that share their
  /// factors (the components of ciphertexts times weights): first[to+i] = Σ_k x[xFrom + 32k +
  /// i]·w[wFrom + 16k + i], second[to+i] = Σ_k x[xFrom + 32k + 16 + i]·w[wFrom + 16k + i].
  ///
  /// @param count terms of each sum, at most [#MOST_TERMS]
  public void sumProducts(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to) {
    checkPanels(x, xFrom, count, first, second, to);
    Objects.checkFromIndexSize(wFrom, PANEL * count, w.length);
    loops.sumProducts(x, xFrom, w, wFrom, count, first, second, to);
  }

  /// The same with factors that are alike in all slots of the panel, w[wFrom + k].
  public void sumMultiples(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to) {
    checkPanels(x, xFrom, count, first, second, to);
    Objects.checkFromIndexSize(wFrom, count, w.length);
    loops.sumMultiples(x, xFrom, w, wFrom, count, first, second, to);
  }

  private static void checkPanels(
      double[] x, int xFrom, int count, double[] first, double[] second, int to) {
    Objects.checkIndex(count, MOST_TERMS + 1);
    Objects.checkFromIndexSize(xFrom, 2 * PANEL * count, x.length);
    Objects.checkFromIndexSize(to, PANEL, first.length);
    Objects.checkFromIndexSize(to, PANEL, second.length);
  }

  private void check(double[] values, int from) {
    Objects.checkFromIndexSize(from, root.degree(), values.length);
  }

  @Override
  public String toString() {
    return "Ntt[p=%d, N=%d]".formatted(root.field().prime(), root.degree());
  }
}
