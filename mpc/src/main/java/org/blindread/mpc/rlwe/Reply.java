package org.blindread.mpc.rlwe;

import java.math.BigInteger;

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
  private final WideReduction floodingReduction;
  private final WideReduction replyReduction;
  private final Recombination scaled;
  private final Recombination plain;
  private final BigInteger minusInverseOfQ;

  Reply(Parameters parameters) {
    this.parameters = parameters;
    modulus = parameters.modulus();
    encoding = new MessageEncoding(parameters);
    flooding = new FloodingNoise(parameters);
    int bits = parameters.replyBits();
    // |F| < 2^(k+1), and a bit more for the sign, which words of a reply have not.
    floodingReduction = new WideReduction(modulus, parameters.floodBits() + 2, BigInteger.ONE);
    replyReduction = new WideReduction(modulus, bits + 1, BigInteger.ONE);
    scaled = new Recombination(modulus, bits, bits);
    plain = new Recombination(modulus, 0, bits);
    BigInteger words = BigInteger.ONE.shiftLeft(2 * Long.SIZE);
    minusInverseOfQ = words.subtract(modulus.value().modInverse(words));
  }

  /// Steps 1 and 2, on a sum in slots, in place; then it is in coefficients.
  ///
  /// @param share r, the elements of the whole output
  void hide(Ciphertext sum, PublicKey key, Packing.Outputs outputs, long[] share, Sampler sampler) {
    key.addZero(sum, sampler);
    int[] positions = outputs.positions();
    int[] indices = outputs.indices();
    Wide noise = flooding.draw(positions, modulus.degree(), sampler);
    long[] minusMask = Scratch.ofThread().zeroLongs(modulus.degree());
    for (int n = 0; n < positions.length; n++) {
      minusMask[positions[n]] = -share[indices[n]];
    }
    modulus.add(sum.c0(), encoding.encode(minusMask));
    modulus.add(sum.c0(), floodingReduction.element(noise.low(), noise.high()));
  }

  /// Step 4 for the second component.
  Wide second(Ciphertext hidden) {
    return switched(hidden.c1());
  }

  /// Step 4 for the first component, of which the coefficients at outputs go out (step 3).
  Wide first(Ciphertext hidden) {
    return switched(hidden.c0());
  }

  private Wide switched(double[] coefficients) {
    return scaled.combine(coefficients).times(minusInverseOfQ, parameters.replyBits());
  }

  /// The hospital's side: −c1·s, the centred integers modulo q, modulo 2^T.
  Wide minusProduct(SecretKey key, Wide c1) {
    return plain.combine(key.minusProduct(replyReduction.element(c1.low(), c1.high())));
  }

  /// The messages at the outputs of one reply: the low ℓ bits of ⌊(c0 + c1·s + 2^9) / 2^10⌋.
  ///
  /// @param c0 of the whole output
  /// @param y gets them
  void messages(Wide c0, Wide minusProduct, Packing.Outputs outputs, long[] y) {
    int[] positions = outputs.positions();
    int[] indices = outputs.indices();
    for (int n = 0; n < positions.length; n++) {
      int index = indices[n];
      y[index] = message(c0, index, minusProduct, positions[n]);
    }
  }

  private long message(Wide c0, int index, Wide minusProduct, int position) {
    long half = 1L << (Parameters.MARGIN_BITS - 1);
    long phaseLow = c0.low()[index] - minusProduct.low()[position];
    long borrow = Long.compareUnsigned(c0.low()[index], minusProduct.low()[position]) < 0 ? 1 : 0;
    long phaseHigh = c0.high()[index] - minusProduct.high()[position] - borrow;
    long low = phaseLow + half;
    long high = phaseHigh + (Long.compareUnsigned(low, half) < 0 ? 1 : 0);
    long shifted =
        (low >>> Parameters.MARGIN_BITS) | (high << (Long.SIZE - Parameters.MARGIN_BITS));
    return shifted & (-1L >>> (Long.SIZE - parameters.bits()));
  }
}
