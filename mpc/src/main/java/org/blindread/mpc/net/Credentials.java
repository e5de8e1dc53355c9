package org.blindread.mpc.net;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// What a party proves its name with: its certificate and key, and the certificate of the study's
/// authority, the only one whose word counts.
///
/// Prints as the party's name; the key never leaves this package.
public final class Credentials {
  private final X509Certificate authority;
  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Party party;

  Credentials(X509Certificate authority, X509Certificate certificate, PrivateKey key)
      throws ProtocolException {
    this.authority = authority;
    this.certificate = certificate;
    this.key = key;
    this.party = Trust.partyOf(certificate);
  }

  /// Reads and checks a party's credentials.
  ///
  /// @param caCertificate of the study's authority (`ca.pem`)
  /// @param certificate of the party (`<party>.pem`)
  /// @param key of the party (`<party>.key`)
  /// @throws ProtocolException if a file is missing or damaged, if the certificate is expired, not
  ///   yet valid, of another study or of no party, or if the key is not its key
  public static Credentials load(Path caCertificate, Path certificate, Path key)
      throws ProtocolException {
    X509Certificate authority = Pem.readCertificate(caCertificate);
    X509Certificate own = Pem.readCertificate(certificate);
    PrivateKey itsKey = Pem.readKey(key);
    try {
      new Trust(authority).check(own, Instant.now());
    } catch (ProtocolException e) {
      throw new ProtocolException("%s: %s".formatted(certificate, e.getMessage()), e);
    }
    if (!belongTogether(own, itsKey)) {
      throw new ProtocolException("%s is not the key of %s".formatted(key, certificate));
    }
    return new Credentials(authority, own, itsKey);
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    byte[] text = "whose key is this?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// Whom the certificate names.
  public Party party() {
    return party;
  }

  X509Certificate authority() {
    return authority;
  }

  X509Certificate certificate() {
    return certificate;
  }

  PrivateKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "credentials of " + party;
  }
}
