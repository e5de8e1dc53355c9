package org.blindread.mpc.rlwe;

import java.util.Arrays;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;

/// What the vendor needs to encrypt for the hospital: b = −a·s + e, with a from a seed. Sent once a
/// session.
public final class PublicKey {
  private final Parameters parameters;
  private final Seed seed;
  private final double[] b;
  private final double[] a;

  PublicKey(Parameters parameters, Seed seed, double[] b, double[] a) {
    this.parameters = parameters;
    this.seed = seed;
    this.b = b;
    this.a = a;
  }

  /// Bytes of a key: the seed and b.
  public static int bytes(Parameters parameters) {
    return Seed.BYTES + ElementCodec.bytes(parameters.modulus());
  }

  /// Reads a key that a peer sent.
  ///
  /// @throws ProtocolException if it has another length or a residue out of range
  public static PublicKey read(Parameters parameters, byte[] message) throws ProtocolException {
    Modulus modulus = parameters.modulus();
    ElementCodec.checkLength(message, bytes(parameters), "a public key");
    Seed seed = Seed.received(Arrays.copyOf(message, Seed.BYTES));
    double[] b = ElementCodec.read(modulus, message, Seed.BYTES);
    return new PublicKey(parameters, seed, b, SecretKey.mask(modulus, seed, 0));
  }

  /// The form that [#read] reads.
  public byte[] toBytes() {
    byte[] message = new byte[bytes(parameters)];
    System.arraycopy(seed.exposeTo(Seed.Use.PEER), 0, message, 0, Seed.BYTES);
    ElementCodec.write(parameters.modulus(), b, message, Seed.BYTES);
    return message;
  }

  public Parameters parameters() {
    return parameters;
  }

  /// Adds an encryption of zero, (b·u, a·u) for a fresh ternary u, to a ciphertext in slots, which
  /// becomes coefficients, and fresh errors to these: afterwards the ciphertext is as good as a
  /// fresh one to everybody who does not know u, the owner of the secret key included.
  void addZero(Ciphertext sum, Sampler sampler) {
    Modulus modulus = parameters.modulus();
    double[] u = Scratch.ofThread().doubles(modulus.length());
    modulus.ofSmall(sampler.ternary(modulus.degree()), u);
    modulus.toSlots(u);
    modulus.multiplyAdd(b, u, sum.c0());
    modulus.multiplyAdd(a, u, sum.c1());
    modulus.toCoefficients(sum.c0());
    modulus.toCoefficients(sum.c1());
    modulus.addSmall(sum.c0(), sampler.errors(modulus.degree()));
    modulus.addSmall(sum.c1(), sampler.errors(modulus.degree()));
  }

  @Override
  public String toString() {
    return "PublicKey[" + parameters + "]";
  }
}
