package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SameHostTest {
  private static final List<Party> BOTH = List.of(HOSPITAL, VENDOR);

  @TempDir Path folder;

  private SameHost network(Path sockets, Party self, Duration timeout) {
    return new SameHost(sockets, self, BOTH, timeout);
  }

  private static String whyRefused(Network network) {
    return assertThrows(ProtocolException.class, () -> network.connect(1)).getMessage();
  }

  @Test
  void theFolderIsItsOwnersAloneAndEmptyAgainAfterwards() throws Exception {
    Path sockets = folder.resolve("made/for/this");
    Map<Party, Session> sessions = Transport.sameHost(sockets).connect(BOTH, 2);
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(sockets)));
    try (Stream<Path> left = Files.list(sockets)) {
      assertEquals(List.of(), left.toList());
    }
    sessions.values().forEach(Session::close);
  }

  @Test
  void aFolderThatOthersMayEnterIsRefused() throws Exception {
    Path sockets = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxr-x---"));
    assertEquals(
        "the folder of the sockets must be its owner's alone (rwx------), %s is rwxr-x---; chmod 700"
                .formatted(sockets)
            + " it",
        whyRefused(network(sockets, HOSPITAL, Duration.ZERO)));
  }

  @Test
  void aPathTooLongForASocketIsRefused() {
    Path sockets = folder.resolve("a".repeat(100));
    assertEquals(
        "a Unix socket's path has at most 103 bytes; choose a shorter folder than " + sockets,
        whyRefused(network(sockets, HOSPITAL, Duration.ZERO)));
    assertFalse(Files.exists(sockets));
  }

  @Test
  void aMissingPeerIsNamedOnBothSides() throws Exception {
    Path sockets = folder.resolve("s");
    assertEquals(
        "vendor did not connect with hospital within 0 s; is it running, with the same addresses?",
        whyRefused(network(sockets, HOSPITAL, Duration.ZERO)));
    assertEquals(
        "hospital did not connect with vendor within 50 ms; is it running, with the same"
            + " addresses?",
        whyRefused(network(sockets, VENDOR, Duration.ofMillis(50))));
    try (Stream<Path> left = Files.list(sockets)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whatADeadProcessLeftIsReplacedWhatALivingOneHoldsIsNot() throws Exception {
    Path sockets = folder.resolve("s");
    Files.createDirectory(
        sockets,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path socket = sockets.resolve("hospital.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));
      assertEquals(
          "another process already waits as hospital in %s; end it, or give each run its own folder"
              .formatted(sockets),
          whyRefused(network(sockets, HOSPITAL, Duration.ZERO)));
      assertTrue(Files.exists(socket));
    }
    assertTrue(Files.exists(socket));
    Transport.sameHost(sockets).connect(BOTH, 1).values().forEach(Session::close);
    assertFalse(Files.exists(socket));
  }

  /// The vendor in a process of its own, which sends one message and waits for ever.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Session session =
          new SameHost(Path.of(arguments[0]), VENDOR, BOTH, Duration.ofSeconds(30)).connect(1);
      session.lanes().getFirst().to(HOSPITAL).sendBytes(1, new byte[] {42});
      session.lanes().getFirst().to(HOSPITAL).receiveBytes(2, 1);
    }
  }

  @Test
  void aProcessThatIsKilledIsNoticedAtOnce() throws Exception {
    Path sockets = folder.resolve("s");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                sockets.toString())
            .inheritIO()
            .start();
    try (Session session = network(sockets, HOSPITAL, Duration.ofSeconds(30)).connect(1)) {
      Channel vendor = session.lanes().getFirst().to(VENDOR);
      assertEquals(42, vendor.receiveBytes(1, 1)[0]);
      child.destroyForcibly();
      assertEquals(
          "the connection to vendor ended",
          assertThrows(ProtocolException.class, () -> vendor.receiveBytes(2, 1)).getMessage());
      assertThrows(
          ProtocolException.class,
          () -> {
            while (true) {
              vendor.sendBytes(3, new byte[1]);
            }
          });
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
