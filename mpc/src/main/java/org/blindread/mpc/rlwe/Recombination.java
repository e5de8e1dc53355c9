package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import org.blindread.mpc.tensor.kernel.Ntt;

/// From residues to integers: every coefficient of an element of R_q, times a power of two, as the
/// one integer of its class in −(q−1)/2 … (q−1)/2. Garner's mixed radix with centred digits: v_0 +
/// p_0·(v_1 + p_1·v_2).
final class Recombination {
  private final Modulus modulus;
  private final int bits;

  /// −2^shift in the first field, 2^shift in the others.
  private final double[] scales;

  /// −1/p_0 mod p_1.
  private final double minusInverse01;

  /// 1/p_0 and 1/p_1 mod p_2, unused for two primes.
  private final double inverse02;

  private final double inverse12;

  /// @param shift log₂ of the power of two
  /// @param bits modulo 2^bits the integers are wanted, at most 128
  Recombination(Modulus modulus, int shift, int bits) {
    this.modulus = modulus;
    this.bits = bits;
    scales = modulus.residues(BigInteger.ONE.shiftLeft(shift));
    scales[0] = -scales[0];
    minusInverse01 = -inverse(0, 1);
    boolean three = modulus.primes() == 3;
    inverse02 = three ? inverse(0, 2) : 0;
    inverse12 = three ? inverse(1, 2) : 0;
  }

  /// 1/p_i mod p_j, centred.
  private double inverse(int i, int j) {
    BigInteger p = BigInteger.valueOf(modulus.field(j).prime());
    BigInteger inverse = BigInteger.valueOf(modulus.field(i).prime()).modInverse(p);
    return modulus.field(j).centred(inverse.longValueExact());
  }

  /// The integers; where `bits` ≤ 64 their high words stay 0.
  Wide combine(double[] coefficients) {
    int degree = modulus.degree();
    Scratch scratch = Scratch.ofThread();
    double[] zeros = scratch.zeros(degree);
    double[] minusV0 = scratch.doubles(degree);
    double[] minusV1 = scratch.doubles(degree);
    double[] v2 = scratch.zeros(degree);
    modulus.transform(0).addMultiply(coefficients, 0, zeros, 0, scales[0], minusV0, 0);
    Ntt second = modulus.transform(1);
    second.addMultiply(coefficients, degree, zeros, 0, scales[1], minusV1, 0);
    second.addMultiply(minusV1, 0, minusV0, 0, minusInverse01, minusV1, 0);
    if (modulus.primes() == 3) {
      Ntt third = modulus.transform(2);
      third.addMultiply(coefficients, 2 * degree, zeros, 0, scales[2], v2, 0);
      third.addMultiply(v2, 0, minusV0, 0, inverse02, v2, 0);
      third.addMultiply(v2, 0, minusV1, 0, inverse12, v2, 0);
    }
    Wide integers = Wide.scratch(degree);
    if (bits > Long.SIZE) {
      wide(minusV0, minusV1, v2, integers);
    } else {
      low(minusV0, minusV1, v2, integers.low());
    }
    return integers;
  }

  private void low(double[] minusV0, double[] minusV1, double[] v2, long[] low) {
    long p0 = modulus.field(0).prime();
    long p1 = modulus.field(1).prime();
    for (int n = 0; n < low.length; n++) {
      low[n] = p0 * (p1 * (long) v2[n] - (long) minusV1[n]) - (long) minusV0[n];
    }
  }

  private void wide(double[] minusV0, double[] minusV1, double[] v2, Wide integers) {
    long p0 = modulus.field(0).prime();
    long p1 = modulus.field(1).prime();
    for (int n = 0; n < integers.count(); n++) {
      long v0 = -(long) minusV0[n];
      long v1 = -(long) minusV1[n];
      long upper = (long) v2[n];
      long innerLow = v1 + p1 * upper;
      long innerHigh =
          (v1 >> 63)
              + Math.multiplyHigh(p1, upper)
              + (Long.compareUnsigned(innerLow, v1) < 0 ? 1 : 0);
      long low = p0 * innerLow + v0;
      integers.low()[n] = low;
      integers.high()[n] =
          Math.unsignedMultiplyHigh(p0, innerLow)
              + p0 * innerHigh
              + (v0 >> 63)
              + (Long.compareUnsigned(low, v0) < 0 ? 1 : 0);
    }
  }
}
