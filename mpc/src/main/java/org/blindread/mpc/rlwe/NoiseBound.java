package org.blindread.mpc.rlwe;

/// What the noise of a reply does: how likely it spoils an output, and how much it tells the
/// hospital, which knows its own secret and errors, about the vendor's weights.
///
/// Of an output, in units of 1/q: T = (e + ε)·w, with e the hospital's errors, ε the rounding of
/// its messages and w all coefficients of weights that meet in it, of ‖w‖₂ ≤ 2^normBits, which the
/// vendor checks; a public-key encryption of zero; the flooding F, a sum of four uniform integers
/// of width W, |F| < 2W. After the switch to 2^(ℓ+10) all this is scaled by 2^(ℓ+10)/q, and the
/// roundings r₀ + r₁·s join. An output is right while the whole is below 2^9 in magnitude.
///
/// @param parameters N, q and ℓ
/// @param normBits log₂ of the public bound on ‖w‖₂, f + 3 by default
public record NoiseBound(Parameters parameters, int normBits) {
  /// Bits that ‖w‖₂ may exceed the scale by: real filters of norm 8.
  public static final int NORM_HEADROOM_BITS = 3;

  /// KL(F ‖ F + t) = 1.56·t²/W² for small t: half the Fisher information of the location of a sum
  /// of four uniform numbers of width 1, 3.12, times t².
  static final double DIVERGENCE_FACTOR = 1.56;

  /// Variance of e (21/2) and of a rounding to the nearest (1/12).
  private static final double VARIANCE = Sampler.ERROR_VARIANCE + 1.0 / 12;

  /// Largest |e + ε|.
  private static final double LARGEST_ERROR = Sampler.LARGEST_ERROR + 0.5;

  /// Ciphertexts that may meet in one reply.
  static final int MOST_INPUTS = 1 << 12;

  private static final double LEAST_FAILURE_LOG2 = -40;

  /// @throws IllegalArgumentException if the bound is not 0 … 47 bits, so that weights fit a prime
  public NoiseBound {
    if (normBits < 0 || normBits >= parameters.set().primeBits() - 1) {
      throw new IllegalArgumentException(
          "the norm of weights is bounded by 2^0 … 2^%d in %s, not 2^%d"
              .formatted(parameters.set().primeBits() - 2, parameters, normBits));
    }
  }

  /// The default bound for weights with f fraction bits: ‖w‖₂ ≤ 2^(f+3).
  public static NoiseBound of(Parameters parameters, int fractionBits) {
    return new NoiseBound(parameters, fractionBits + NORM_HEADROOM_BITS);
  }

  /// The bound for `filters` filters that meet in one reply, each of ‖w‖₂ ≤ 2^(f+3): at most
  /// √filters times that of one.
  public static NoiseBound of(Parameters parameters, int fractionBits, int filters) {
    int doublings = Integer.SIZE - Integer.numberOfLeadingZeros(filters - 1);
    return new NoiseBound(
        parameters, fractionBits + NORM_HEADROOM_BITS + Math.ceilDiv(doublings, 2));
  }

  /// log₂ of a bound on the probability that any of so many outputs decrypts wrongly.
  ///
  /// All but r₁·s is bounded outright: |T| ≤ 21.5·√(terms)·‖w‖₂, the encryption of zero by
  /// 21·(2N+1). r₁, the rounding of a component that an encryption of zero has made look uniform,
  /// is uniform on ±1/2 and sub-Gaussian of variance 1/12 in each of the at most N places where s
  /// is not 0.
  public double failureLog2(long outputs) {
    int degree = parameters.set().degree();
    // q is smaller than 2^modulusBits by less than one part in 2^12.
    double scale = Math.scalb(1 + 0x1p-12, parameters.replyBits() - parameters.set().modulusBits());
    double product =
        LARGEST_ERROR * Math.sqrt((double) MOST_INPUTS * degree) * Math.scalb(1.0, normBits);
    double zero = Sampler.LARGEST_ERROR * (2.0 * degree + 1);
    double flood = Math.scalb(2.0, parameters.floodBits());
    double fixed = (product + zero + flood + 1) * scale + 0.5;
    double room = Math.scalb(1.0, Parameters.MARGIN_BITS - 1) - fixed;
    if (room <= 0) {
      return 0;
    }
    double exponent = room * room / (2 * degree / 12.0);
    return Math.min(0, log2(2 * (double) outputs) - exponent / StrictMath.log(2));
  }

  /// Whether all of so many outputs are right but with probability 2^-40.
  public boolean decrypts(long outputs) {
    return failureLog2(outputs) < LEAST_FAILURE_LOG2;
  }

  /// log₂ of the Kullback-Leibler divergence between the noise of n outputs and flooding alone, n ·
  /// 1.56·E[T²]/W². Outside lie events of probability below 2^-150, where F + T leaves the range of
  /// F.
  public double divergenceLog2(long outputs) {
    return log2(DIVERGENCE_FACTOR)
        + log2((double) outputs)
        + log2(VARIANCE)
        + 2.0 * (normBits - parameters.floodBits());
  }

  /// log₂ of the statistical distance, at most √(KL/2) by Pinsker's inequality.
  public double distanceLog2(long outputs) {
    return (divergenceLog2(outputs) - 1) / 2;
  }

  /// The same on every machine, since both parties choose by it.
  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }

  /// One line for a report: what n outputs of a cohort leak at most.
  public String describe(long outputs) {
    return "%s, ‖w‖₂ ≤ 2^%d, %d outputs: divergence ≤ 2^%.1f, statistical distance ≤ 2^%.1f"
        .formatted(parameters, normBits, outputs, divergenceLog2(outputs), distanceLog2(outputs));
  }
}
