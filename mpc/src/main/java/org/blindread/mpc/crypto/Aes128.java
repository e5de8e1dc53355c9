package org.blindread.mpc.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// AES-128 (FIPS 197) under one key, over whole blocks. Always ECB: what is enciphered are counters
/// and blocks of our own, and ECB is the one mode whose intrinsic serves every caller
/// (docs/performance.md). For one thread.
final class Aes128 {
  static final int BLOCK_BYTES = 16;

  private final Cipher cipher;

  /// @param key 16 bytes
  Aes128(byte[] key) {
    if (key.length != BLOCK_BYTES) {
      throw new IllegalArgumentException("a key of AES-128 has 16 bytes, not " + key.length);
    }
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/ECB", e);
    }
  }

  /// Enciphers the first `bytes` of `in` into `out`, another array: in place the JDK copies.
  ///
  /// @param bytes a multiple of 16
  void encrypt(byte[] in, int bytes, byte[] out) {
    try {
      cipher.update(in, 0, bytes, out, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refused whole blocks", e);
    }
  }
}
