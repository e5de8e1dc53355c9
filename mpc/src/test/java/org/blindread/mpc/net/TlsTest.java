package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is let in over TLS. The hospital listens, the vendor calls.
@Timeout(60)
class TlsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final String NOT_ACCEPTED = "does not accept the certificate of this party";

  @TempDir static Path folder;

  private Map<Party, InetSocketAddress> addresses = Map.of();

  private static Path study() throws IOException {
    Path study = folder.resolve("study");
    return Files.exists(study) ? study : Transport.study(study, HOSPITAL, VENDOR);
  }

  @BeforeEach
  void takePorts() throws IOException {
    addresses = Transport.addresses(List.of(HOSPITAL, VENDOR));
  }

  /// What each side says when the two try to meet with these credentials.
  private record Refusal(String hospital, String vendor) {}

  private Refusal refusal(Credentials hospital, Credentials vendor) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> listening =
          executor.submit(() -> new Tls(HOSPITAL, addresses, hospital, SHORT).connect(1));
      String ofVendor =
          assertThrows(
                  ProtocolException.class,
                  () -> new Tls(VENDOR, addresses, vendor, LONG).connect(1))
              .getMessage();
      ExecutionException ofHospital = assertThrows(ExecutionException.class, listening::get);
      return new Refusal(ofHospital.getCause().getMessage(), ofVendor);
    }
  }

  @Test
  void aVendorOfAnotherStudyIsRefused() throws Exception {
    Path foreign = Transport.study(folder.resolve("foreign"), HOSPITAL, VENDOR);
    Refusal refusal =
        refusal(Transport.credentials(study(), HOSPITAL), Transport.credentials(foreign, VENDOR));
    // The vendor is the first to see a certificate, and does not trust the hospital's either.
    assertEquals(
        "hospital cannot be reached: the connection ended: the certificate of"
            + " 'CN=blindread:hospital' was not issued by the authority of this study; have it"
            + " issued by whoever runs the study, and use the same ca.pem everywhere",
        refusal.vendor());
    assertTrue(refusal.hospital().contains(NOT_ACCEPTED), refusal.hospital());
  }

  @Test
  void aVendorWithTheRightAuthorityButACertificateOfAnotherIsRefused() throws Exception {
    Path foreign = Transport.study(folder.resolve("forged"), VENDOR);
    Credentials own = Transport.credentials(study(), VENDOR);
    Credentials forged = Transport.credentials(foreign, VENDOR);
    Refusal refusal =
        refusal(
            Transport.credentials(study(), HOSPITAL),
            new Credentials(own.authority(), forged.certificate(), forged.key()));
    assertTrue(
        refusal
            .hospital()
            .contains(
                "the certificate of 'CN=blindread:vendor' was not issued by the authority of this"
                    + " study"),
        refusal.hospital());
    assertTrue(refusal.vendor().contains("the connection ended"), refusal.vendor());
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    Path past = Transport.study(folder.resolve("past"), HOSPITAL);
    Instant then = Instant.parse("2020-01-01T00:00:00Z");
    Certificates.issue(past, VENDOR, List.of(), then, Duration.ofDays(1));
    Credentials expired =
        new Credentials(
            Pem.readCertificate(past.resolve("ca.pem")),
            Pem.readCertificate(past.resolve("vendor.pem")),
            Pem.readKey(past.resolve("vendor.key")));
    Refusal refusal = refusal(Transport.credentials(past, HOSPITAL), expired);
    assertTrue(
        refusal
            .hospital()
            .contains("the certificate of vendor expired on 2020-01-02T00:00:00Z; issue a new one"),
        refusal.hospital());
    assertTrue(refusal.vendor().contains(NOT_ACCEPTED), refusal.vendor());
  }

  @Test
  void aListenerWithTheCertificateOfAnotherPartyIsRefused() throws Exception {
    Path study = Transport.study(folder.resolve("mixed"), HOSPITAL, Party.HELPER, VENDOR);
    Map<Party, InetSocketAddress> wrong =
        Map.of(Party.HELPER, addresses.get(HOSPITAL), VENDOR, addresses.get(VENDOR));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> helper =
          executor.submit(
              () ->
                  new Tls(Party.HELPER, wrong, Transport.credentials(study, Party.HELPER), SHORT)
                      .connect(1));
      Tls vendor = new Tls(VENDOR, addresses, Transport.credentials(study, VENDOR), LONG);
      assertEquals(
          "hospital cannot be reached: the connection ended: helper answers where hospital should"
              + " be; check the addresses of the parties",
          assertThrows(ProtocolException.class, () -> vendor.connect(1)).getMessage());
      assertThrows(ExecutionException.class, helper::get);
    }
  }

  @Test
  void aCallerThatTakesAnothersNameIsRefused() throws Exception {
    Path study = Transport.study(folder.resolve("named"), HOSPITAL, new Party("zoe"), VENDOR);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital =
          executor.submit(
              () ->
                  new Tls(HOSPITAL, addresses, Transport.credentials(study, HOSPITAL), SHORT)
                      .connect(1));
      Credentials zoe = Transport.credentials(study, new Party("zoe"));
      try (Socket raw = dial(zoe)) {
        raw.getOutputStream().write(new Hello(VENDOR, HOSPITAL, 0, 1).toBytes().array());
        assertEquals(
            "vendor did not connect with hospital within 3 s; is it running, with the same"
                + " addresses? Last: a party that calls itself vendor shows the certificate of"
                + " zoe; check its settings",
            assertThrows(ExecutionException.class, hospital::get).getCause().getMessage());
      }
    }
  }

  @Test
  void aCertificateThatIsNotOnesOwnIsNoticedBeforeConnecting() throws Exception {
    Tls network = new Tls(VENDOR, addresses, Transport.credentials(study(), HOSPITAL), SHORT);
    assertEquals(
        "this is vendor, but its certificate names hospital; give vendor its own",
        assertThrows(ProtocolException.class, () -> network.connect(1)).getMessage());
  }

  @Test
  void whoDoesNotSpeakTlsOrAnOldOneOrShowsNothingIsTurnedAway() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital =
          executor.submit(
              () ->
                  new Tls(HOSPITAL, addresses, Transport.credentials(study(), HOSPITAL), SHORT)
                      .connect(1));
      try (SSLSocket old = (SSLSocket) dial(Transport.credentials(study(), VENDOR))) {
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThrows(SSLException.class, old::startHandshake);
      }
      try (SSLSocket anonymous = (SSLSocket) dial()) {
        assertThrows(
            IOException.class,
            () -> {
              anonymous.startHandshake();
              assertTrue(anonymous.getInputStream().read() >= 0, "refused without a word");
            });
      }
      try (Socket plain = connectTo(addresses.get(HOSPITAL))) {
        plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        plain.getInputStream().readAllBytes();
      }
      String why = assertThrows(ExecutionException.class, hospital::get).getCause().getMessage();
      assertEquals(
          "vendor did not connect with hospital within 3 s; is it running, with the same"
              + " addresses? Last: the connection ended: it does not speak TLS",
          why);
    }
  }

  @Test
  void strangersDoNotHinderTheParties() throws Exception {
    Credentials own = Transport.credentials(study(), HOSPITAL);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital =
          executor.submit(() -> new Tls(HOSPITAL, addresses, own, LONG).connect(1));
      try (Socket plain = connectTo(addresses.get(HOSPITAL));
          Socket silent = connectTo(addresses.get(HOSPITAL))) {
        plain.getOutputStream().write(new byte[100]);
        new Tls(VENDOR, addresses, Transport.credentials(study(), VENDOR), LONG).connect(1).close();
        hospital.get().close();
        assertTrue(silent.isConnected());
      }
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      Map<Party, InetSocketAddress> taken =
          Map.of(
              HOSPITAL,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              VENDOR,
              addresses.get(VENDOR));
      Tls network = new Tls(HOSPITAL, taken, Transport.credentials(study(), HOSPITAL), SHORT);
      String why = assertThrows(ProtocolException.class, () -> network.connect(1)).getMessage();
      assertTrue(why.startsWith("hospital cannot listen at port " + port), why);
      assertTrue(
          why.endsWith("end the program that uses it, or give this party another port"), why);
    }
  }

  private Socket dial(Credentials... own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    Credentials authority = Transport.credentials(study(), HOSPITAL);
    TrustManager trust =
        new Trust((own.length == 0 ? authority : own[0]).authority())
            .manager(Optional.of(HOSPITAL));
    context.init(
        own.length == 0 ? new KeyManager[0] : HostilePeerTest.keys(own[0]),
        new TrustManager[] {trust},
        null);
    InetSocketAddress address = addresses.get(HOSPITAL);
    Socket below = connectTo(address);
    return context
        .getSocketFactory()
        .createSocket(below, address.getHostString(), address.getPort(), true);
  }

  private static Socket connectTo(InetSocketAddress address) throws IOException {
    while (true) {
      try {
        return new Socket(address.getAddress(), address.getPort());
      } catch (ConnectException e) {
        Thread.onSpinWait(); // it does not listen yet
      }
    }
  }
}
