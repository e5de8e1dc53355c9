package org.blindread.mpc.net;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/// Makes the certificates of a study: an authority of its own, and one certificate for each party.
///
/// ECDSA on P-256 with SHA-256; PEM files. In the authority's folder stand `ca.pem`, `ca.key` and,
/// for each party, `<party>.pem` and `<party>.key`. A party needs `ca.pem` and its own two files
/// and no other; `ca.key` stays with whoever runs the study. Keys are readable by the owner alone.
/// No file is ever overwritten.
///
/// A party's certificate names it in the subject, `CN=blindread:<party>`; hosts stand in the
/// alternative names for other software and are not checked by [Tls], which pins the authority and
/// the party.
public final class Certificates {
  /// Of a party's certificate, unless told otherwise.
  public static final Duration VALIDITY = Duration.ofDays(365);

  static final String NAME_PREFIX = "blindread:";
  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3652);

  /// Clocks of different parties differ a little.
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private static final String SIGNATURE = "SHA256withECDSA";

  private Certificates() {}

  /// Makes the authority of a study, valid for ten years.
  ///
  /// @param folder made if it does not exist
  /// @param study its name: letters, digits, space, `.`, `_`, `-`, at most 60
  /// @throws IOException if a file cannot be written or exists already
  public static void init(Path folder, String study) throws IOException {
    if (!study.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}")) {
      throw new IllegalArgumentException(
          "a study is named by at most 60 letters, digits, spaces, '.', '_', '-', not '%s'"
              .formatted(study));
    }
    refuseExisting(folder.resolve("ca.pem"), folder.resolve("ca.key"));
    Files.createDirectories(folder);
    try {
      KeyPair pair = newPair();
      X500Name name = name("Blindread study " + study);
      X509v3CertificateBuilder builder =
          builder(name, name, pair.getPublic(), Clock.systemUTC().instant(), AUTHORITY_VALIDITY);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      writeKey(folder.resolve("ca.key"), pair.getPrivate());
      writeCertificate(folder.resolve("ca.pem"), sign(builder, pair.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("cannot make the authority of study " + study, e);
    }
  }

  /// Issues key and certificate of a party, valid for [#VALIDITY].
  ///
  /// @param folder of the authority
  /// @param hosts names or IP addresses under which the party may be found; may be empty
  /// @throws IOException if the authority cannot be read or a file exists already
  public static void issue(Path folder, Party party, List<String> hosts) throws IOException {
    issue(folder, party, hosts, VALIDITY);
  }

  /// Issues key and certificate of a party.
  ///
  /// @param validity from now on
  /// @throws IOException if the authority cannot be read or a file exists already
  public static void issue(Path folder, Party party, List<String> hosts, Duration validity)
      throws IOException {
    issue(folder, party, hosts, Clock.systemUTC().instant(), validity);
  }

  static void issue(Path folder, Party party, List<String> hosts, Instant from, Duration validity)
      throws IOException {
    Path certificate = folder.resolve(party + ".pem");
    Path key = folder.resolve(party + ".key");
    refuseExisting(certificate, key);
    try {
      X509Certificate authority = Pem.readCertificate(folder.resolve("ca.pem"));
      PrivateKey authorityKey = Pem.readKey(folder.resolve("ca.key"));
      KeyPair pair = newPair();
      X509v3CertificateBuilder builder =
          builder(
              X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
              name(NAME_PREFIX + party),
              pair.getPublic(),
              from,
              validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.getPublicKey()));
      if (!hosts.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
      }
      X509Certificate signed = sign(builder, authorityKey);
      writeKey(key, pair.getPrivate());
      writeCertificate(certificate, signed);
    } catch (GeneralSecurityException | OperatorCreationException | ProtocolException e) {
      throw new IOException(
          "cannot issue a certificate for %s: %s".formatted(party, e.getMessage()), e);
    }
  }

  private static GeneralNames alternativeNames(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }

  private static void refuseExisting(Path... files) throws IOException {
    for (Path file : files) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(
            file + " exists already and is not overwritten; move it away or take another folder");
      }
    }
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant from, Duration validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()).setBit(126),
        Date.from(from.minus(CLOCKS_DIFFER)),
        Date.from(from.plus(validity)),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private static void writeCertificate(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    Files.writeString(
        file, pem("CERTIFICATE", certificate.getEncoded()), StandardOpenOption.CREATE_NEW);
  }

  private static void writeKey(Path file, PrivateKey key) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String type, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, encoder.encodeToString(der), type);
  }
}
