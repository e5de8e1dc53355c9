package org.blindread.mpc.rlwe;

import org.blindread.mpc.crypto.Seed;

/// What a layer costs under a tiling; exact, and public.
///
/// @param ciphertexts the hospital sends
/// @param replies polynomials the vendor sends back
/// @param products of a ciphertext by a polynomial of weights
/// @param weightPolynomials transformed by the vendor
/// @param weightDegree their degree, N or less
/// @param bytesUp hospital to vendor
/// @param bytesDown vendor to hospital
public record Workload(
    long ciphertexts,
    long replies,
    long products,
    long weightPolynomials,
    int weightDegree,
    long bytesUp,
    long bytesDown) {

  // Nanoseconds a coefficient and prime, both parties together: fitted to CPU times of DenseNet-121
  // on Sapphire Rapids cores (AVX-512, JDK 25).
  private static final double CIPHERTEXT = 20;
  private static final double REPLY = 25;
  private static final double PRODUCT = 0.5;
  private static final double WEIGHT_COEFFICIENT = 3.4;

  /// Nanoseconds a polynomial and prime.
  private static final double WEIGHT_POLYNOMIAL = 200;

  /// The work of a layer.
  ///
  /// @throws IllegalArgumentException if the tiling does not fit
  public static Workload of(Parameters parameters, Layer layer, Tiling tiling) {
    Packing packing = new Packing(layer, tiling, parameters.set().degree());
    long weights = (long) packing.groups() * packing.filterBlocks() * packing.channelBlocks();
    return new Workload(
        packing.ciphertexts(),
        packing.replies(),
        weights * packing.spatialTiles(),
        weights,
        packing.weightDegree(),
        Seed.BYTES + (long) packing.ciphertexts() * ElementCodec.bytes(parameters.modulus()),
        (long) packing.replies() * Wide.bytes(parameters.set().degree(), parameters.replyBits())
            + Wide.bytes(layer.outputLength(), parameters.replyBits()));
  }

  /// Both directions.
  public long bytes() {
    return bytesUp + bytesDown;
  }

  /// An estimate of the time of both parties on one core and of the line between them.
  ///
  /// @param nanosPerByte of the line, 0.8 for 10 Gbit/s
  public double nanos(Parameters parameters, double nanosPerByte) {
    double primes = parameters.set().primes();
    double coefficients = parameters.set().degree() * primes;
    return bytes() * nanosPerByte
        + coefficients * (CIPHERTEXT * ciphertexts + REPLY * replies + PRODUCT * products)
        + primes * (WEIGHT_COEFFICIENT * weightDegree + WEIGHT_POLYNOMIAL) * weightPolynomials;
  }
}
