package org.blindread.mpc.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.math.ec.ECPoint;

/// A point of the NIST curve P-256 (FIPS 186, SP 800-186), written additively; never the point at
/// infinity. The group has prime order, so every point but infinity generates it. Arithmetic is
/// Bouncy Castle's, whose running time depends on scalars: who measures the time of a party on its
/// own machine is no adversary of ours.
public final class P256 {
  /// Of a compressed point: 2 or 3 for the parity of y, then x, big endian (SEC 1, 2.3.3).
  public static final int BYTES = 33;

  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");

  private final ECPoint point;

  private P256(ECPoint point) {
    if (point.isInfinity()) {
      throw new IllegalArgumentException("the point at infinity is no key");
    }
    this.point = point.normalize();
  }

  /// The point a compressed form stands for; empty if it stands for none, or for infinity.
  public static Optional<P256> decode(byte[] compressed) {
    if (compressed.length != BYTES || (compressed[0] != 2 && compressed[0] != 3)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new P256(CURVE.getCurve().decodePoint(compressed)));
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  /// P256_XMD:SHA-256_SSWU_RO_ of RFC 9380: a random oracle into the group, no one knows the
  /// discrete logarithm of what it gives.
  ///
  /// @param domain the domain separation tag, one for each use
  public static P256 hash(byte[] message, String domain) {
    return new P256(
        HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, domain)
            .hashToCurve(message));
  }

  /// A scalar in 1 … order − 1, within 2^-128 of uniform.
  public static BigInteger scalar(Prg prg) {
    long[] words = prg.words(6);
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return new BigInteger(1, bytes.array())
        .mod(CURVE.getN().subtract(BigInteger.ONE))
        .add(BigInteger.ONE);
  }

  /// The multiple of the standard generator.
  public static P256 ofGenerator(BigInteger scalar) {
    return new P256(CURVE.getG().multiply(scalar));
  }

  /// The sum.
  ///
  /// @throws IllegalArgumentException if it is infinity
  public P256 plus(P256 other) {
    return new P256(point.add(other.point));
  }

  /// The difference.
  ///
  /// @throws IllegalArgumentException if it is infinity
  public P256 minus(P256 other) {
    return new P256(point.subtract(other.point));
  }

  public P256 times(BigInteger scalar) {
    return new P256(point.multiply(scalar));
  }

  public byte[] encode() {
    return point.getEncoded(true);
  }

  @Override
  public String toString() {
    return "P256[hidden]";
  }
}
