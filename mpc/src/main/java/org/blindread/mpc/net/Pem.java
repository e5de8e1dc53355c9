package org.blindread.mpc.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the files that [Certificates] writes.
final class Pem {
  private static final int MAX_BYTES = 1 << 16;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private Pem() {}

  static X509Certificate readCertificate(Path file) throws ProtocolException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(read(file, "certificate")));
    } catch (GeneralSecurityException e) {
      throw new ProtocolException(file + " is not a certificate in PEM form", e);
    }
  }

  /// @throws ProtocolException also if others than its owner may read or change the file, on
  ///   systems that know POSIX permissions
  static PrivateKey readKey(Path file) throws ProtocolException {
    PrivateKey key = parseKey(file);
    checkOwnersAlone(file);
    return key;
  }

  private static PrivateKey parseKey(Path file) throws ProtocolException {
    Matcher matcher =
        KEY.matcher(new String(read(file, "private key"), StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new ProtocolException(file + " is not a private key in PEM form (PKCS #8)");
    }
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(
              new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause, whose text may quote the key.
      throw new ProtocolException(file + " does not hold a private key of an elliptic curve");
    }
  }

  private static void checkOwnersAlone(Path file) throws ProtocolException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(file));
      others.removeAll(OWNERS);
      if (!others.isEmpty()) {
        throw new ProtocolException(
            "the private key %s must be its owner's alone, but its permissions are %s; run: chmod"
                    .formatted(
                        file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                + " 600 "
                + file);
      }
    } catch (IOException e) {
      // What cannot be looked at cannot be read either, and reading says why.
    }
  }

  private static byte[] read(Path file, String what) throws ProtocolException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ProtocolException("%s is too long for a %s".formatted(file, what));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ProtocolException(
          "there is no %s at %s; './blindread certificates issue' makes one".formatted(what, file),
          e);
    } catch (IOException e) {
      throw new ProtocolException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
