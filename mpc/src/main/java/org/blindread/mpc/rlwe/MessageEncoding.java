package org.blindread.mpc.rlwe;

import java.math.BigInteger;

/// Messages m modulo 2^ℓ as elements ⌊q·m/2^ℓ⌉ of Z_q, exact for every q: a sum of products by
/// integers is then right modulo 2^ℓ. (With ⌊q/2^ℓ⌋·m every wrap of the message would cost q mod
/// 2^ℓ of the noise.)
///
/// With ρ = q·m mod 2^ℓ, centred, the element is (q·m − ρ)/2^ℓ, which modulo a prime p of q is
/// −ρ/2^ℓ: only the low word of q matters, and no wide number appears.
final class MessageEncoding {
  private final int unused;
  private final long lowWord;
  private final WideReduction reduction;

  MessageEncoding(Parameters parameters) {
    Modulus modulus = parameters.modulus();
    unused = Long.SIZE - parameters.bits();
    lowWord = modulus.value().longValue();
    BigInteger power = BigInteger.ONE.shiftLeft(parameters.bits());
    reduction =
        new WideReduction(modulus, parameters.bits(), power.negate().modInverse(modulus.value()));
  }

  /// The element of N messages; only their low ℓ bits matter.
  double[] encode(long[] messages) {
    long[] rests = Scratch.ofThread().longs(messages.length);
    for (int i = 0; i < rests.length; i++) {
      rests[i] = ((messages[i] * lowWord) << unused) >> unused;
    }
    return reduction.element(rests, new long[0]);
  }
}
