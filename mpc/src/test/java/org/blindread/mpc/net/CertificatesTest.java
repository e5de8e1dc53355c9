package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  @TempDir Path folder;

  private Path study = Path.of("");

  @BeforeEach
  void makeStudy() throws IOException {
    study = Transport.study(folder.resolve("study"), VENDOR);
  }

  private Path file(String name) {
    return study.resolve(name);
  }

  private String whyRefused(Path ca, Path certificate, Path key) {
    return assertThrows(ProtocolException.class, () -> Credentials.load(ca, certificate, key))
        .getMessage();
  }

  private String whyRefused(String name) {
    return whyRefused(file("ca.pem"), file(name + ".pem"), file(name + ".key"));
  }

  @Test
  void aPartyIsNamedAndTheKeyIsNotShown() throws Exception {
    Credentials credentials = Transport.credentials(study, VENDOR);
    assertEquals(VENDOR, credentials.party());
    assertEquals("credentials of vendor", credentials.toString());
  }

  @Test
  void keysAreTheirOwnersAlone() throws Exception {
    for (String key : List.of("ca.key", "vendor.key")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file(key))));
    }
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    byte[] before = Files.readAllBytes(file("vendor.key"));
    assertEquals(
        file("vendor.pem")
            + " exists already and is not overwritten; move it away or take another folder",
        assertThrows(IOException.class, () -> Certificates.issue(study, VENDOR, List.of()))
            .getMessage());
    assertThrows(IOException.class, () -> Certificates.init(study, "again"));
    assertArrayEquals(before, Files.readAllBytes(file("vendor.key")));
  }

  @Test
  void aCertificateIsForOnePartyOnlyAndIssuesNoOthers() throws Exception {
    X509Certificate certificate = Transport.credentials(study, VENDOR).certificate();
    assertEquals(-1, certificate.getBasicConstraints());
    assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    assertEquals("CN=blindread:vendor", certificate.getSubjectX500Principal().getName());
    assertEquals(
        "[2, localhost], [7, 127.0.0.1]",
        certificate.getSubjectAlternativeNames().stream()
            .map(List::toString)
            .collect(Collectors.joining(", ")));
  }

  @Test
  void aCertificateIssuedByAPartyIsRefused() throws Exception {
    // The vendor plays authority with its own key, in the name of the study.
    Path forged = Files.createDirectory(folder.resolve("forged"));
    Files.copy(file("ca.pem"), forged.resolve("ca.pem"));
    Files.copy(file("vendor.key"), forged.resolve("ca.key"));
    Certificates.issue(forged, HOSPITAL, List.of());
    assertTrue(
        whyRefused(file("ca.pem"), forged.resolve("hospital.pem"), forged.resolve("hospital.key"))
            .contains("was not issued by the authority of this study"));
  }

  @Test
  void filesThatAreMissingOrDamagedAreNamed() throws Exception {
    assertEquals(
        "there is no certificate at %s; './blindread certificates issue' makes one"
            .formatted(file("hospital.pem")),
        whyRefused("hospital"));
    Files.writeString(file("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
    assertEquals(
        file("broken.pem") + " is not a certificate in PEM form",
        whyRefused(file("ca.pem"), file("broken.pem"), file("vendor.key")));
    assertEquals(
        file("vendor.pem") + " is not a private key in PEM form (PKCS #8)",
        whyRefused(file("ca.pem"), file("vendor.pem"), file("vendor.pem")));
    Files.writeString(
        file("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertEquals(
        file("broken.key") + " does not hold a private key of an elliptic curve",
        whyRefused(file("ca.pem"), file("vendor.pem"), file("broken.key")));
    Files.write(file("long.pem"), new byte[1 << 17]);
    assertEquals(
        file("long.pem") + " is too long for a certificate",
        whyRefused(file("ca.pem"), file("long.pem"), file("vendor.key")));
  }

  @Test
  void datesKeyAndAuthorityMustFit() throws Exception {
    Certificates.issue(
        study,
        new Party("old"),
        List.of(),
        Instant.EPOCH.plusSeconds(1_000_000),
        Duration.ofDays(1));
    assertEquals(
        file("old.pem")
            + ": the certificate of old expired on 1970-01-13T13:46:40Z; issue a new one",
        whyRefused("old"));
    Instant later = Instant.parse("2070-01-01T00:05:00Z");
    Certificates.issue(study, new Party("early"), List.of(), later, Duration.ofDays(1));
    assertEquals(
        file("early.pem")
            + ": the certificate of early is valid only from 2070-01-01T00:00:00Z; check the clocks"
            + " of both machines",
        whyRefused("early"));
    assertEquals(
        "%s is not the key of %s".formatted(file("old.key"), file("vendor.pem")),
        whyRefused(file("ca.pem"), file("vendor.pem"), file("old.key")));
    Path other = Transport.study(folder.resolve("other"), VENDOR);
    String why = whyRefused(other.resolve("ca.pem"), file("vendor.pem"), file("vendor.key"));
    assertTrue(why.contains("was not issued by the authority of this study"), why);
    assertEquals(
        file("ca.pem") + ": the certificate of 'CN=Blindread study of a test' is not a party's",
        whyRefused(file("ca.pem"), file("ca.pem"), file("ca.key")));
  }

  @Test
  void aStudyHasAPlainName() {
    assertThrows(
        IllegalArgumentException.class, () -> Certificates.init(folder.resolve("x"), "a,CN=b"));
    assertFalse(Files.exists(folder.resolve("x")));
  }
}
