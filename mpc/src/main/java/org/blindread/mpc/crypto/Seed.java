package org.blindread.mpc.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret of 256 bits from which streams of randomness are derived. Never shown.
public final class Seed {
  public static final int BYTES = 32;

  private final byte[] secret;

  private Seed(byte[] secret) {
    this.secret = secret;
  }

  /// A new seed from the system's cryptographic generator.
  public static Seed fresh() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new Seed(secret);
  }

  /// A seed that a peer sent over a protected channel.
  ///
  /// @throws IllegalArgumentException if the length is not [#BYTES]
  public static Seed received(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a seed has " + BYTES + " bytes, not " + secret.length);
    }
    return new Seed(secret.clone());
  }

  /// The same seed on every call: for tests alone.
  static Seed insecureFixed(long number) {
    byte[] secret = new byte[BYTES];
    ByteBuffer.wrap(secret).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
    return new Seed(secret);
  }

  /// An independent seed for one purpose: HMAC-SHA-256(secret, purpose ‖ number), as the expansion
  /// step of HKDF (RFC 5869) with a single block.
  public Seed derive(String purpose, long number) {
    byte[] label = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer info = ByteBuffer.allocate(label.length + 1 + Long.BYTES + 1);
    info.put(label).put((byte) 0).putLong(number).put((byte) 1);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return new Seed(mac.doFinal(info.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /// The sum, bit by bit, of two seeds: hidden as long as one of them is, and it served no other
  /// sum.
  public Seed xor(Seed other) {
    byte[] sum = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      sum[i] = (byte) (secret[i] ^ other.secret[i]);
    }
    return new Seed(sum);
  }

  /// The bytes, for sending over a protected channel or keying a cipher.
  public byte[] exposeTo(Use use) {
    return switch (use) {
      case PEER -> secret.clone();
      case AES_128_KEY -> Arrays.copyOf(secret, 16);
    };
  }

  /// What the bytes of a seed may be exposed for.
  public enum Use {
    PEER,
    AES_128_KEY
  }

  @Override
  public String toString() {
    return "Seed[hidden]";
  }
}
