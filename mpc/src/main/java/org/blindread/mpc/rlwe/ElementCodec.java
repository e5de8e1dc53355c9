package org.blindread.mpc.rlwe;

import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.PrimeField;

/// Elements of R_q as bytes: for each prime N residues 0 … p−1, packed at the width of the primes.
final class ElementCodec {
  private ElementCodec() {}

  /// Bytes that one element takes.
  static int bytes(Modulus modulus) {
    return modulus.primes() * BitPacking.bytes(modulus.degree(), modulus.primeBits());
  }

  /// Writes an element.
  ///
  /// @return where the next byte goes
  static int write(Modulus modulus, double[] element, byte[] bytes, int at) {
    int degree = modulus.degree();
    long[] residues = Scratch.ofThread().longs(degree);
    int to = at;
    for (int i = 0; i < modulus.primes(); i++) {
      long p = modulus.field(i).prime();
      for (int j = 0; j < degree; j++) {
        long centred = (long) element[i * degree + j];
        residues[j] = centred + ((centred >> 63) & p);
      }
      to = BitPacking.pack(residues, modulus.primeBits(), bytes, to);
    }
    return to;
  }

  /// Reads an element.
  ///
  /// @throws ProtocolException if a residue is not below its prime
  static double[] read(Modulus modulus, byte[] bytes, int at) throws ProtocolException {
    int degree = modulus.degree();
    double[] element = new double[modulus.length()];
    long[] residues = Scratch.ofThread().longs(degree);
    int from = at;
    for (int i = 0; i < modulus.primes(); i++) {
      PrimeField field = modulus.field(i);
      boolean clean = BitPacking.unpack(bytes, from, modulus.primeBits(), residues);
      long signs = 0;
      for (int j = 0; j < degree; j++) {
        signs |= field.prime() - 1 - residues[j];
      }
      if (signs < 0) {
        throw beyond(field.prime(), residues);
      }
      if (!clean) {
        throw new ProtocolException("bits behind the last residue are not zero");
      }
      field.centre(residues, element, i * degree);
      from += BitPacking.bytes(degree, modulus.primeBits());
    }
    return element;
  }

  private static ProtocolException beyond(long prime, long[] residues) {
    int j = 0;
    while (residues[j] < prime) {
      j++;
    }
    return new ProtocolException(
        "a residue is not below its prime %d (coefficient %d); the peer's message is damaged"
            .formatted(prime, j));
  }

  /// Checks the length of a message.
  ///
  /// @throws ProtocolException if it is another
  static void checkLength(byte[] message, long expected, String what) throws ProtocolException {
    if (message.length != expected) {
      throw new ProtocolException(
          "%s has %d bytes where the plan says %d".formatted(what, message.length, expected));
    }
  }
}
