package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import java.util.Arrays;
import org.blindread.mpc.tensor.kernel.Ntt;

/// From integers to residues: N signed numbers of up to two words times one constant, modulo the
/// primes of q.
///
/// By Horner's rule over limbs of 32 bits, all but the highest of which are unsigned, as whole
/// numbers in `double`s: numbers of up to 50 bits are one limb.
final class WideReduction {
  private static final int LIMB = 32;
  private static final long LIMB_MASK = (1L << LIMB) - 1;

  /// What a `double` times an element may have, see [Ntt#addMultiply].
  private static final int MOST_BITS = 50;

  private final Modulus modulus;
  private final int bits;
  private final double[] radix;
  private final double[] factors;

  /// @param bits of the numbers, the sign included, at most 128
  WideReduction(Modulus modulus, int bits, BigInteger factor) {
    this.modulus = modulus;
    this.bits = bits;
    radix = modulus.residues(BigInteger.ONE.shiftLeft(LIMB));
    factors = modulus.residues(factor);
  }

  /// The element of N numbers.
  ///
  /// @param high words; none for numbers of at most 64 bits
  double[] element(long[] low, long[] high) {
    double[][] limbs = limbs(low, high);
    double[] element = Scratch.ofThread().doubles(modulus.length());
    double[] zeros = Scratch.ofThread().zeros(modulus.degree());
    for (int i = 0; i < modulus.primes(); i++) {
      Ntt ntt = modulus.transform(i);
      int at = i * modulus.degree();
      ntt.addMultiply(limbs[0], 0, zeros, 0, limbs.length > 1 ? radix[i] : factors[i], element, at);
      for (int k = 1; k < limbs.length; k++) {
        double factor = k == limbs.length - 1 ? factors[i] : radix[i];
        ntt.addMultiply(element, at, limbs[k], 0, factor, element, at);
      }
    }
    return element;
  }

  /// Highest first.
  private double[][] limbs(long[] low, long[] high) {
    if (bits <= MOST_BITS) {
      return new double[][] {signed(low, 0)};
    }
    if (bits <= Long.SIZE) {
      return new double[][] {signed(low, LIMB), unsigned(low, 0)};
    }
    double[][] lower = {unsigned(low, LIMB), unsigned(low, 0)};
    double[][] upper =
        bits <= Long.SIZE + MOST_BITS
            ? new double[][] {signed(high, 0)}
            : new double[][] {signed(high, LIMB), unsigned(high, 0)};
    double[][] limbs = Arrays.copyOf(upper, upper.length + lower.length);
    System.arraycopy(lower, 0, limbs, upper.length, lower.length);
    return limbs;
  }

  private static double[] signed(long[] words, int shift) {
    double[] limbs = Scratch.ofThread().doubles(words.length);
    for (int i = 0; i < words.length; i++) {
      limbs[i] = (double) (words[i] >> shift);
    }
    return limbs;
  }

  private static double[] unsigned(long[] words, int shift) {
    double[] limbs = Scratch.ofThread().doubles(words.length);
    for (int i = 0; i < words.length; i++) {
      limbs[i] = (double) ((words[i] >>> shift) & LIMB_MASK);
    }
    return limbs;
  }
}
