package org.blindread.mpc.rlwe;

import org.blindread.mpc.tensor.FixedPoint;

/// The ring of the ciphertexts for messages modulo 2^ℓ.
///
/// @param set N and q
/// @param bits ring width ℓ of the messages, 16 … 64
public record Parameters(ParameterSet set, int bits) {
  /// Bits below the message in a reply: half of them carry the flooding and a tenth the rounding.
  static final int MARGIN_BITS = 10;

  private static final int FLOOD_HEADROOM_BITS = 3;
  private static final int MOST_FLOOD_BITS = 124;

  /// @throws IllegalArgumentException if ℓ is out of range
  public Parameters {
    if (bits < 16 || bits > 64) {
      throw new IllegalArgumentException("ring width must be 16 … 64 bits, not " + bits);
    }
  }

  /// The fastest set whose bounds hold: decryption fails with probability below 2^-40 a layer of
  /// 2^24 outputs, and the replies of a whole cohort leak no more than the flooding rule allows.
  ///
  /// @param encoding ℓ and f; filters are bounded by ‖w‖₂ ≤ 2^(f+3), see [NoiseBound]
  /// @param outputs outputs of all linear layers over all images of the cohort
  /// @throws IllegalArgumentException if no set does
  public static Parameters choose(FixedPoint encoding, long outputs, Flooding flooding) {
    for (ParameterSet set : ParameterSet.values()) {
      NoiseBound bound =
          NoiseBound.of(new Parameters(set, encoding.bits()), encoding.fractionBits());
      if (bound.decrypts(1L << 24) && flooding.holds(bound.divergenceLog2(outputs))) {
        return bound.parameters();
      }
    }
    throw new IllegalArgumentException(
        "no ring of 128 bits of security hides the weights at %s over %d outputs under %s flooding;"
                .formatted(encoding, outputs, flooding)
            + " take fewer bits, a smaller cohort or the default flooding");
  }

  /// Bits of the modulus of a reply, ℓ + 10.
  int replyBits() {
    return bits + MARGIN_BITS;
  }

  /// log₂ W: flooding is the sum of four uniform integers of width W, 2W = 2^(⌈log q⌉−ℓ−2), but for
  /// what two words do not hold.
  int floodBits() {
    return Math.min(MOST_FLOOD_BITS, set.modulusBits() - bits - FLOOD_HEADROOM_BITS);
  }

  Modulus modulus() {
    return set.modulus();
  }

  @Override
  public String toString() {
    return set + " ℓ=" + bits;
  }
}
