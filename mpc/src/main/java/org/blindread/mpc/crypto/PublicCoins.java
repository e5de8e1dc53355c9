package org.blindread.mpc.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Randomness that everybody may know and no two runs share: the keys of fixed-key hashes, the
/// codes of LPN.
public final class PublicCoins {
  private PublicCoins() {}

  /// SHA-256(|run| ‖ run ‖ |purpose| ‖ purpose ‖ number), 32 bytes; lengths and number have eight
  /// bytes, big endian.
  ///
  /// @param run id of the run, which its operators never use twice
  /// @param purpose what the coins are for, one name for each use in the program
  public static byte[] of(String run, String purpose, long number) {
    byte[] runBytes = run.getBytes(StandardCharsets.UTF_8);
    byte[] purposeBytes = purpose.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text =
        ByteBuffer.allocate(3 * Long.BYTES + runBytes.length + purposeBytes.length)
            .putLong(runBytes.length)
            .put(runBytes)
            .putLong(purposeBytes.length)
            .put(purposeBytes)
            .putLong(number);
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
