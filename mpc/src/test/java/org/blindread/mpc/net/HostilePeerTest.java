package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.HELPER;
import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A hospital that waits, and a vendor (and Zoe, who sorts behind it) that is a socket in the hands
/// of this test.
@ParameterizedClass
@MethodSource("wires")
@Timeout(60)
class HostilePeerTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Party ZOE = new Party("zoe");
  private static final Patience PATIENT = new Patience(LONG, Duration.ofSeconds(5), LONG);

  @TempDir static Path folder;

  @Parameter Wire wire;

  /// A transport as its victim and its attacker see it.
  interface Wire {
    /// The hospital among the parties.
    Network victim(Patience patience, List<Party> parties);

    /// The hospital that waits for the vendor alone.
    default Network victim(Patience patience) {
      return victim(patience, List.of(HOSPITAL, VENDOR));
    }

    /// Opens a connection of a party to the hospital, which may not wait yet.
    Raw open(Party caller) throws Exception;

    default Raw open() throws Exception {
      return open(VENDOR);
    }
  }

  /// An open connection without manners.
  record Raw(InputStream in, OutputStream out, Closeable socket) implements Closeable {
    void write(byte... bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void writeInt(int value) throws IOException {
      write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    Hello greet(Hello hello) throws Exception {
      write(hello.toBytes().array());
      return Hello.parse(ByteBuffer.wrap(in.readNBytes(Hello.BYTES)));
    }

    boolean isAtEnd() {
      try {
        return in.read() < 0;
      } catch (IOException e) {
        return true; // reset
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  static Stream<Wire> wires() throws Exception {
    Path study = folder.resolve("study");
    if (Files.notExists(study)) {
      Transport.study(study, HOSPITAL, VENDOR, ZOE);
    }
    return Stream.of(new UnixWire(folder.resolve("sockets")), TlsWire.of(study));
  }

  private record UnixWire(Path sockets) implements Wire {
    @Override
    public Network victim(Patience patience, List<Party> parties) {
      return new SameHost(sockets, HOSPITAL, parties, patience);
    }

    @Override
    public Raw open(Party caller) throws Exception {
      while (true) {
        try {
          SocketChannel socket =
              SocketChannel.open(UnixDomainSocketAddress.of(sockets.resolve(HOSPITAL + ".sock")));
          return new Raw(Channels.newInputStream(socket), Channels.newOutputStream(socket), socket);
        } catch (IOException e) {
          spin(e);
        }
      }
    }

    @Override
    public String toString() {
      return "same host";
    }
  }

  private record TlsWire(Path study, Map<Party, InetSocketAddress> addresses) implements Wire {
    static TlsWire of(Path study) throws Exception {
      return new TlsWire(study, Transport.addresses(List.of(HOSPITAL, VENDOR, ZOE)));
    }

    private SSLContext context(Party caller) throws Exception {
      Credentials own = Transport.credentials(study, caller);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          keys(own),
          new TrustManager[] {new Trust(own.authority()).manager(Optional.of(HOSPITAL))},
          null);
      return context;
    }

    @Override
    public Network victim(Patience patience, List<Party> parties) {
      Map<Party, InetSocketAddress> some = new TreeMap<>(addresses);
      some.keySet().retainAll(parties);
      try {
        return new Tls(HOSPITAL, some, Transport.credentials(study, HOSPITAL), patience);
      } catch (ProtocolException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Raw open(Party caller) throws Exception {
      SSLContext context = context(caller);
      while (true) {
        try {
          InetSocketAddress address = addresses.get(HOSPITAL);
          SSLSocket socket =
              (SSLSocket)
                  context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
          return new Raw(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (ConnectException e) {
          spin(e);
        }
      }
    }

    @Override
    public String toString() {
      return "TLS";
    }
  }

  /// The hospital does not listen yet; or never will, and then the time limit of the test
  /// interrupts.
  private static <E extends IOException> void spin(E refused) throws E {
    if (Thread.interrupted()) {
      throw refused;
    }
    Thread.onSpinWait();
  }

  /// For a TLS engine outside the transport.
  static KeyManager[] keys(Credentials own) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", own.key(), new char[0], new Certificate[] {own.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }

  private static Hello hello(int lane) {
    return new Hello(VENDOR, HOSPITAL, lane, 1);
  }

  /// A hospital connected with a raw vendor.
  private record Connected(Session hospital, Raw control, Raw lane) implements AutoCloseable {
    Channel toVendor() {
      return hospital.lanes().getFirst().to(VENDOR);
    }

    String whyLost() {
      return assertThrows(ProtocolException.class, () -> toVendor().receiveBytes(1, 1000))
          .getMessage();
    }

    @Override
    public void close() throws IOException {
      hospital.close();
      control.close();
      lane.close();
    }
  }

  private Connected connect(Patience patience) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital = executor.submit(() -> wire.victim(patience).connect(1));
      Raw control = wire.open();
      control.greet(hello(0));
      Raw lane = wire.open();
      assertEquals(new Hello(HOSPITAL, VENDOR, 1, 1), lane.greet(hello(1)));
      return new Connected(hospital.get(), control, lane);
    }
  }

  private String whyRefused(Hello... hellos) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital = executor.submit(() -> wire.victim(PATIENT).connect(1));
      List<Raw> raws = new ArrayList<>();
      for (Hello each : hellos) {
        raws.add(wire.open());
        raws.getLast().write(each.toBytes().array());
      }
      ExecutionException thrown = assertThrows(ExecutionException.class, hospital::get);
      for (Raw raw : raws) {
        raw.close();
      }
      return thrown.getCause().getMessage();
    }
  }

  @Test
  void whoDoesNotSayHelloIsTurnedAwayAndTheRunGoesOn() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital = executor.submit(() -> wire.victim(PATIENT).connect(1));
      byte[] garbage = new byte[Hello.BYTES];
      new Random(1).nextBytes(garbage);
      try (Raw raw = wire.open()) {
        raw.write(garbage);
        assertTrue(raw.isAtEnd());
      }
      wire.open().close();
      try (Raw raw = wire.open()) {
        raw.write(new byte[] {1, 2, 3});
      }
      try (Raw control = wire.open();
          Raw lane = wire.open()) {
        control.greet(hello(0));
        lane.greet(hello(1));
        hospital.get().close();
      }
    }
  }

  @Test
  void aLaneThatDoesNotExistIsRefused() throws Exception {
    assertEquals("vendor connects lane 7; there are lanes 0 to 1", whyRefused(hello(7)));
    assertEquals("vendor connects lane -1; there are lanes 0 to 1", whyRefused(hello(-1)));
  }

  @Test
  void aLaneConnectedTwiceIsRefused() throws Exception {
    assertEquals(
        "vendor connects lane 0 twice; does another process run as vendor?",
        whyRefused(hello(0), hello(0)));
  }

  @Test
  void aPartyThatDiedBeforeAllWereThereMayComeBack() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Party> three = List.of(HOSPITAL, VENDOR, ZOE);
      Future<Session> hospital = executor.submit(() -> wire.victim(PATIENT, three).connect(1));
      try (Raw dead = wire.open()) {
        dead.greet(hello(0));
        // It ends the connection as seen from here, so that its end is known when it comes back.
        dead.writeInt(-1);
        assertTrue(dead.isAtEnd());
      }
      try (Raw control = wire.open();
          Raw lane = wire.open();
          Raw zoesControl = wire.open(ZOE);
          Raw zoesLane = wire.open(ZOE)) {
        control.greet(hello(0));
        lane.greet(hello(1));
        zoesControl.greet(new Hello(ZOE, HOSPITAL, 0, 1));
        zoesLane.greet(new Hello(ZOE, HOSPITAL, 1, 1));
        try (Session session = hospital.get()) {
          control.writeInt(5);
          control.write(new byte[5]);
          Channel vendor = session.control().to(VENDOR);
          assertEquals(
              "vendor broke off inside the header of a message",
              assertThrows(ProtocolException.class, () -> vendor.receiveBytes(1, 1000))
                  .getMessage());
        }
      }
    }
  }

  @Test
  void aPartyThatIsNotOfThisRunIsTurnedAwayAndTheRunGoesOn() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital = executor.submit(() -> wire.victim(PATIENT).connect(1));
      try (Raw zoe = wire.open(ZOE)) {
        zoe.write(new Hello(ZOE, HOSPITAL, 0, 1).toBytes().array());
        assertTrue(zoe.isAtEnd());
      }
      try (Raw control = wire.open();
          Raw lane = wire.open()) {
        control.greet(hello(0));
        lane.greet(hello(1));
        hospital.get().close();
      }
    }
  }

  /// The heartbeats of the control lane are the clock again.
  @Test
  void aPeerThatTakesNothingForLongerThanASilenceButBeatsIsNotLost() throws Exception {
    Patience quick = new Patience(LONG, Duration.ofMillis(200), Duration.ofMillis(3500));
    int messages = 32;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connected connected = connect(quick)) {
      Future<?> sent =
          executor.submit(
              () -> {
                for (int i = 0; i < messages; i++) {
                  connected.toVendor().sendBytes(1, new byte[1 << 20]);
                }
                return messages;
              });
      for (int i = 0; i < 19; i++) {
        assertEquals(0, ByteBuffer.wrap(connected.control().in().readNBytes(4)).getInt());
        connected.control().writeInt(0);
        connected.lane().writeInt(0);
      }
      assertFalse(sent.isDone());
      for (int i = 0; i < messages; i++) {
        connected.lane().in().skipNBytes(1 << 20);
        connected.control().writeInt(0);
        connected.lane().writeInt(0);
      }
      assertEquals(messages, sent.get());
    }
  }

  @Test
  void anotherVersionOrNumberOfLanesOrPartyIsNamed() throws Exception {
    assertEquals(
        "vendor speaks version 2 of the wire format, hospital version 1; run the same Blindread",
        whyRefused(new Hello(2, 1, 0, VENDOR, HOSPITAL)));
    assertEquals(
        "vendor is set to 3 lanes, hospital to 1; give all parties the same number",
        whyRefused(new Hello(VENDOR, HOSPITAL, 0, 3)));
    assertEquals(
        "vendor connects to helper where vendor and hospital should meet; check the addresses of"
            + " the parties",
        whyRefused(new Hello(VENDOR, HELPER, 0, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Link.MAX_FRAME_BYTES + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void aFrameOfImpossibleLengthEndsTheConnection(int length) throws Exception {
    try (Connected connected = connect(PATIENT)) {
      connected.lane().writeInt(length);
      assertEquals(
          "vendor sent a frame of " + length + " bytes; 0 to 262144 are allowed",
          connected.whyLost());
      assertTrue(connected.lane().isAtEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 100})
  void deathInTheMiddleOfAFrameIsNoticed(int bytes) throws Exception {
    try (Connected connected = connect(PATIENT)) {
      byte[] frame = new byte[bytes];
      frame[0] = 127;
      connected.lane().write(frame);
      connected.lane().close();
      assertEquals("the connection to vendor ended in the middle of a frame", connected.whyLost());
    }
  }

  @Test
  void deathInTheMiddleOfAMessageIsNoticed() throws Exception {
    try (Connected connected = connect(PATIENT)) {
      connected.lane().writeInt(16 + 8);
      connected
          .lane()
          .write(
              ByteBuffer.allocate(24)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putInt(1)
                  .putInt(1)
                  .putLong(16)
                  .putLong(42)
                  .array());
      connected.lane().close();
      connected.toVendor().expect(1, 16);
      assertEquals(
          "the connection to vendor ended",
          assertThrows(
                  ProtocolException.class, () -> connected.toVendor().take(new long[2], 0, 2, 8))
              .getMessage());
    }
  }

  @Test
  void aCutMessageHeaderIsRefused() throws Exception {
    try (Connected connected = connect(PATIENT)) {
      connected.lane().writeInt(5);
      connected.lane().write(new byte[5]);
      connected.lane().writeInt(11);
      connected.lane().write(new byte[11]);
      assertEquals("vendor broke off inside the header of a message", connected.whyLost());
      assertEquals("vendor broke off inside the header of a message", connected.whyLost());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noiseEndsInASentence(long seed) throws Exception {
    try (Connected connected = connect(PATIENT)) {
      byte[] noise = new byte[100_000];
      Random random = new Random(seed);
      random.nextBytes(noise);
      if (seed > 2) {
        ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN).putInt(0, random.nextInt(200_000));
      }
      try {
        connected.lane().write(noise);
      } catch (IOException e) {
        // The victim has already hung up.
      }
      connected.lane().close();
      assertTrue(connected.whyLost().contains("vendor"));
    }
  }

  @Test
  void aSilentPeerIsLost() throws Exception {
    Patience short3 = new Patience(LONG, Duration.ofMillis(100), Duration.ofMillis(300));
    try (Connected connected = connect(short3)) {
      assertEquals("vendor has been silent for 300 ms", connected.whyLost());
      // Nobody reads the heartbeats either; that the connection ends reaches the peer behind them.
      assertEquals(0, connected.lane().in().readAllBytes().length % 4);
    }
  }

  /// The heartbeats of the hospital are the clock: nineteen of them take longer than a silence.
  @Test
  void whoIsThereEarlyHearsOfTheOthersUntilTheLastPartyComes() throws Exception {
    Patience quick = new Patience(LONG, Duration.ofMillis(200), Duration.ofMillis(3500));
    List<Party> three = List.of(HOSPITAL, VENDOR, ZOE);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> hospital = executor.submit(() -> wire.victim(quick, three).connect(1));
      try (Raw control = wire.open();
          Raw lane = wire.open()) {
        control.greet(hello(0));
        lane.greet(hello(1));
        for (int i = 0; i < 19; i++) {
          for (Raw raw : List.of(control, lane)) {
            assertEquals(0, ByteBuffer.wrap(raw.in().readNBytes(4)).getInt());
            raw.writeInt(0);
          }
        }
        try (Raw lateControl = wire.open(ZOE);
            Raw lateLane = wire.open(ZOE)) {
          lateControl.greet(new Hello(ZOE, HOSPITAL, 0, 1));
          lateLane.greet(new Hello(ZOE, HOSPITAL, 1, 1));
          try (Session session = hospital.get()) {
            lane.writeInt(5);
            lane.write(new byte[5]);
            Channel vendor = session.lanes().getFirst().to(VENDOR);
            assertEquals(
                "vendor broke off inside the header of a message",
                assertThrows(ProtocolException.class, () -> vendor.receiveBytes(1, 1000))
                    .getMessage());
          }
        }
      }
    }
  }

  @Test
  void heartbeatsKeepAnIdleLinkAlive() throws Exception {
    Patience quick = new Patience(LONG, Duration.ofMillis(20), Duration.ofSeconds(3));
    try (Connected connected = connect(quick)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(0, ByteBuffer.wrap(connected.lane().in().readNBytes(4)).getInt());
        connected.lane().writeInt(0);
        connected.control().writeInt(0);
      }
      connected.lane().writeInt(5);
      connected.lane().write(new byte[5]);
      assertEquals("vendor broke off inside the header of a message", connected.whyLost());
    }
  }
}
