package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import org.blindread.mpc.tensor.kernel.PrimeField;

/// Messages m modulo 2^ℓ as elements ⌊q·m/2^ℓ⌉ of Z_q, exact for every q: a sum of products by
/// integers is then right modulo 2^ℓ. (With ⌊q/2^ℓ⌋·m every wrap of the message would cost q mod
/// 2^ℓ of the noise.)
///
/// With ρ = q·m mod 2^ℓ, centred, the element is (q·m − ρ)/2^ℓ, which modulo a prime p of q is
/// −ρ/2^ℓ: only the low word of q matters, and no wide number appears.
final class MessageEncoding {
  private final Modulus modulus;
  private final int unused;
  private final long lowWord;
  private final PrimeField.Factor[] factors;

  MessageEncoding(Parameters parameters) {
    modulus = parameters.modulus();
    unused = Long.SIZE - parameters.bits();
    lowWord = modulus.value().longValue();
    factors = new PrimeField.Factor[modulus.primes()];
    BigInteger power = BigInteger.ONE.shiftLeft(parameters.bits());
    for (int i = 0; i < factors.length; i++) {
      BigInteger p = BigInteger.valueOf(modulus.field(i).prime());
      long minusInverse = power.negate().modInverse(p).longValueExact();
      factors[i] = PrimeField.Factor.of(modulus.field(i), minusInverse);
    }
  }

  /// The element of every message; only their low ℓ bits matter.
  double[] encode(long[] messages) {
    double[] element = new double[modulus.length()];
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < messages.length; j++) {
        element[i * modulus.degree() + j] = residue(i, messages[j]);
      }
    }
    return element;
  }

  /// Residue i of the element of one message, centred.
  double residue(int i, long message) {
    long rest = ((message * lowWord) << unused) >> unused;
    return modulus.field(i).centred(factors[i].timesSigned(rest));
  }
}
