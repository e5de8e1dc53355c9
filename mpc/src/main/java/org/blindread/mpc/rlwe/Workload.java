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

  /// Numbers of 8 bytes that the weights of a layer may keep from image to image: 8 MiB.
  private static final long MOST_KEPT = 1 << 20;

  // Nanoseconds a coefficient and prime, both parties together: fitted to times of 59 tilings of
  // nine layers on one Sapphire Rapids core (AVX-512, JDK 25), which they meet to within 20 %.
  private static final double CIPHERTEXT = 20;
  private static final double REPLY = 38;
  private static final double PRODUCT = 0.4;
  private static final double WEIGHT = 5.5;

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

  /// Whether the vendor keeps the weights in slots for the next image: those of points, which then
  /// take little more memory than the weights themselves.
  boolean keepsWeights(Parameters parameters) {
    long numbers = weightPolynomials * weightDegree * parameters.set().primes();
    return weightDegree < parameters.set().degree() && numbers <= MOST_KEPT;
  }

  /// An estimate of the time of both parties on one core and of the line between them.
  ///
  /// @param nanosPerByte of the line, 0.8 for 10 Gbit/s
  public double nanos(Parameters parameters, double nanosPerByte) {
    int degree = parameters.set().degree();
    double transformed = keepsWeights(parameters) ? 0 : (double) weightDegree / degree;
    return bytes() * nanosPerByte
        + (double) degree
            * parameters.set().primes()
            * (CIPHERTEXT * ciphertexts
                + REPLY * replies
                + PRODUCT * products
                + WEIGHT * weightPolynomials * transformed);
  }
}
