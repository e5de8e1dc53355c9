package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import org.blindread.mpc.tensor.kernel.PrimeField;

/// From residues to integers: the coefficient c of R_q, times a power of two, as the one integer of
/// its class in −(q−1)/2 … (q−1)/2, given modulo 2^128. Garner's mixed radix with centred digits:
/// v_0
/// + p_0·(v_1 + p_1·v_2).
final class Recombination {
  private final Modulus modulus;
  private final PrimeField.Factor[] scales;

  /// 1/p_0 mod p_1.
  private final PrimeField.Factor inverse01;

  /// 1/(p_0·p_1) and 1/p_1 mod p_2, unused for two primes.
  private final PrimeField.Factor inverse012;

  private final PrimeField.Factor inverse12;

  /// @param shift log₂ of the power of two
  Recombination(Modulus modulus, int shift) {
    this.modulus = modulus;
    scales = new PrimeField.Factor[modulus.primes()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = PrimeField.Factor.of(modulus.field(i), modulus.field(i).power(2, shift));
    }
    inverse01 = inverse(1, modulus.field(0).prime());
    int last = modulus.primes() - 1;
    BigInteger p0 = BigInteger.valueOf(modulus.field(0).prime());
    BigInteger p1 = BigInteger.valueOf(modulus.field(1).prime());
    BigInteger pLast = BigInteger.valueOf(modulus.field(last).prime());
    inverse012 = last == 1 ? inverse01 : inverse(2, p0.multiply(p1).mod(pLast).longValueExact());
    inverse12 = last == 1 ? inverse01 : inverse(2, p1.mod(pLast).longValueExact());
  }

  private PrimeField.Factor inverse(int i, long number) {
    PrimeField field = modulus.field(i);
    return PrimeField.Factor.of(field, field.inverse(field.residue(number)));
  }

  /// The integers at the given positions of an element.
  Wide combine(double[] coefficients, int[] positions) {
    int degree = modulus.degree();
    long p0 = modulus.field(0).prime();
    long p1 = modulus.field(1).prime();
    Wide integers = Wide.zeros(positions.length);
    for (int n = 0; n < positions.length; n++) {
      int at = positions[n];
      long r0 = digit(0, scales[0].timesSigned((long) coefficients[at]));
      long r1 = scales[1].timesSigned((long) coefficients[degree + at]);
      long v1 = digit(1, inverse01.timesSigned(r1 - r0));
      long innerLow = v1;
      long innerHigh = v1 >> 63;
      if (scales.length == 3) {
        long r2 = scales[2].timesSigned((long) coefficients[2 * degree + at]);
        PrimeField field = modulus.field(2);
        long v2 =
            digit(2, field.subtract(inverse012.timesSigned(r2 - r0), inverse12.timesSigned(v1)));
        innerLow += p1 * v2;
        innerHigh += Math.multiplyHigh(p1, v2) + (Long.compareUnsigned(innerLow, v1) < 0 ? 1 : 0);
      }
      long low = p0 * innerLow + r0;
      integers.low()[n] = low;
      integers.high()[n] =
          Math.unsignedMultiplyHigh(p0, innerLow)
              + p0 * innerHigh
              + (r0 >> 63)
              + (Long.compareUnsigned(low, r0) < 0 ? 1 : 0);
    }
    return integers;
  }

  private long digit(int i, long residue) {
    return modulus.field(i).centred(residue);
  }
}
