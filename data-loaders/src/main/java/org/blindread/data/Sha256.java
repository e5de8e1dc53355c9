package org.blindread.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 as 64 hexadecimal digits.
final class Sha256 {
  private Sha256() {}

  /// Of a text in utf-8.
  static String of(String text) {
    return hex(digest(), text);
  }

  /// Of what a digest has taken so far.
  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hex(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
