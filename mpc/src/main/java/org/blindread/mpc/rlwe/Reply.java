package org.blindread.mpc.rlwe;

import java.math.BigInteger;
import java.util.stream.IntStream;

/// A reply: what the vendor makes of a sum of products so that the hospital, which knows the secret
/// key and every error of its own, learns the masked outputs and nothing else (protocols.md, “model
/// privacy of the reply”), and how the hospital reads it.
///
/// The second component of the bare sum, Σ a·w for an `a` the hospital knows, is a linear system in
/// the weights, and so is its noise T = (e + ε)·w. Hence, in this order:
///
/// 1. Add a fresh public-key encryption of zero, [PublicKey#addZero].
/// 2. At the coefficients that are outputs, add the mask −r and flooding, [FloodingNoise].
/// 3. Drop the other coefficients of the first component.
/// 4. Switch from q to 2^T, T = ℓ + 10: c ↦ ⌊2^T·c/q⌉.
///
/// The switch is exact: with ρ = 2^T·c mod q, centred, ⌊2^T·c/q⌉ = (2^T·c − ρ)/q, which modulo 2^T
/// is −ρ/q.
final class Reply {
  private final Parameters parameters;
  private final Modulus modulus;
  private final MessageEncoding encoding;
  private final FloodingNoise flooding;
  private final WideReduction reduction;
  private final Recombination scaled;
  private final Recombination plain;
  private final BigInteger minusInverseOfQ;
  private final int[] everywhere;

  Reply(Parameters parameters) {
    this.parameters = parameters;
    modulus = parameters.modulus();
    encoding = new MessageEncoding(parameters);
    flooding = new FloodingNoise(parameters);
    reduction = new WideReduction(modulus);
    scaled = new Recombination(modulus, parameters.replyBits());
    plain = new Recombination(modulus, 0);
    BigInteger words = BigInteger.ONE.shiftLeft(2 * Long.SIZE);
    minusInverseOfQ = words.subtract(modulus.value().modInverse(words));
    everywhere = IntStream.range(0, modulus.degree()).toArray();
  }

  /// Steps 1 and 2, on a sum in slots, in place; then it is in coefficients.
  ///
  /// @param mask r, one element a position
  void hide(Ciphertext sum, PublicKey key, int[] positions, long[] mask, Sampler sampler) {
    key.addZero(sum, sampler);
    Wide noise = flooding.draw(positions.length, sampler);
    int degree = modulus.degree();
    for (int i = 0; i < modulus.primes(); i++) {
      double p = modulus.field(i).prime();
      double half = modulus.field(i).prime() >>> 1;
      for (int n = 0; n < positions.length; n++) {
        int at = i * degree + positions[n];
        // Three numbers of at most p/2 each.
        double x = sum.c0()[at] + encoding.residue(i, -mask[n]) + reduction.residue(noise, n, i);
        sum.c0()[at] = x > half ? x - p : x < -half ? x + p : x;
      }
    }
  }

  /// Step 4 for all coefficients of the second component.
  Wide second(Ciphertext hidden) {
    return switched(hidden.c1(), everywhere);
  }

  /// Steps 3 and 4 for the first component.
  Wide first(Ciphertext hidden, int[] positions) {
    return switched(hidden.c0(), positions);
  }

  private Wide switched(double[] coefficients, int[] positions) {
    return scaled.combine(coefficients, positions).times(minusInverseOfQ, parameters.replyBits());
  }

  /// The hospital's side: −c1·s at the given positions, exact.
  Wide minusProduct(SecretKey key, Wide c1, int[] positions) {
    return plain.combine(key.minusProduct(reduction.element(c1)), positions);
  }

  /// The message: the low ℓ bits of ⌊(c0 + c1·s + 2^9) / 2^10⌋.
  ///
  /// @param index of c0
  /// @param n number of −c1·s
  long message(Wide c0, int index, Wide minusProduct, int n) {
    long half = 1L << (Parameters.MARGIN_BITS - 1);
    long phaseLow = c0.low()[index] - minusProduct.low()[n];
    long borrow = Long.compareUnsigned(c0.low()[index], minusProduct.low()[n]) < 0 ? 1 : 0;
    long phaseHigh = c0.high()[index] - minusProduct.high()[n] - borrow;
    long low = phaseLow + half;
    long high = phaseHigh + (Long.compareUnsigned(low, half) < 0 ? 1 : 0);
    long shifted =
        (low >>> Parameters.MARGIN_BITS) | (high << (Long.SIZE - Parameters.MARGIN_BITS));
    return shifted & (-1L >>> (Long.SIZE - parameters.bits()));
  }
}
