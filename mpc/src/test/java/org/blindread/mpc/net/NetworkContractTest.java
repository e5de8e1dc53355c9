package org.blindread.mpc.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.blindread.mpc.net.Party.HELPER;
import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.blindread.mpc.net.Channel.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every transport must do.
@ParameterizedClass
@MethodSource("transports")
@Timeout(60)
class NetworkContractTest {
  private static final int MIB = 1 << 20;

  @TempDir static Path folder;

  @Parameter Transport transport;

  static Stream<Transport> transports() throws Exception {
    Path study = folder.resolve("study");
    if (Files.notExists(study)) {
      Transport.study(study, HELPER, HOSPITAL, VENDOR);
    }
    return Stream.of(
        Transport.inProcess(), Transport.sameHost(folder.resolve("sockets")), Transport.tls(study));
  }

  /// Two parties, connected.
  private record Pair(Session hospital, Session vendor) implements AutoCloseable {
    Channel toVendor() {
      return toVendor(0);
    }

    Channel toHospital() {
      return toHospital(0);
    }

    Channel toVendor(int lane) {
      return hospital.lanes().get(lane).to(VENDOR);
    }

    Channel toHospital(int lane) {
      return vendor.lanes().get(lane).to(HOSPITAL);
    }

    @Override
    public void close() {
      hospital.close();
      vendor.close();
    }
  }

  private Pair pair(int lanes) throws Exception {
    Map<Party, Session> sessions = transport.connect(List.of(VENDOR, HOSPITAL), lanes);
    return new Pair(sessions.get(HOSPITAL), sessions.get(VENDOR));
  }

  private static void send(Channel channel, int tag, long[] values, int bytesEach)
      throws ProtocolException {
    channel.announce(tag, (long) values.length * bytesEach, Phase.ONLINE);
    channel.put(values, 0, values.length, bytesEach);
  }

  private static long[] receive(Channel channel, int tag, int count, int bytesEach)
      throws ProtocolException {
    channel.expect(tag, (long) count * bytesEach);
    long[] values = new long[count];
    channel.take(values, 0, count, bytesEach);
    return values;
  }

  private static long[] random(Random random, int count, int bytesEach) {
    long mask = bytesEach == 8 ? -1L : (1L << (8 * bytesEach)) - 1;
    return random.longs(count).map(value -> value & mask).toArray();
  }

  private static <T> Future<T> start(ExecutorService executor, Callable<T> task) {
    return executor.submit(task);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void messagesOfAnySizeArriveInOrder(long seed) throws Exception {
    int[] counts = {1, 1, 207, 13, 0, 32_768, 100_000, 5, 70_001};
    int[] widths = {1, 8, 5, 4, 8, 8, 8, 3, 4};
    try (Pair pair = pair(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> sent =
          start(
              executor,
              () -> {
                Random random = new Random(seed);
                for (int round = 0; round < 10; round++) {
                  for (int i = 0; i < counts.length; i++) {
                    send(pair.toVendor(), i, random(random, counts[i], widths[i]), widths[i]);
                    if (random.nextBoolean()) {
                      pair.toVendor().flush();
                    }
                  }
                }
                pair.toVendor().flush();
                return null;
              });
      Random random = new Random(seed);
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < counts.length; i++) {
          assertArrayEquals(
              random(random, counts[i], widths[i]),
              receive(pair.toHospital(), i, counts[i], widths[i]));
          random.nextBoolean();
        }
      }
      sent.get();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Link.MAX_FRAME_BYTES / 8, 17_500, 1_000, 64})
  void bothSidesMaySendEightMebibytesBeforeEitherReceives(int longsPerFrame) throws Exception {
    int frames = Link.BUFFERED_BYTES / (8 * longsPerFrame + 16);
    try (Pair pair = pair(1)) {
      long[] values = random(new Random(7), longsPerFrame, 8);
      for (Channel channel : List.of(pair.toVendor(), pair.toHospital())) {
        for (int i = 0; i < frames; i++) {
          send(channel, i, values, 8);
          channel.flush();
        }
      }
      for (Channel channel : List.of(pair.toVendor(), pair.toHospital())) {
        for (int i = 0; i < frames; i++) {
          assertArrayEquals(values, receive(channel, i, longsPerFrame, 8));
        }
      }
    }
  }

  @Test
  void aSenderRunsAheadOfItsReceiverOnlySoFar() throws Exception {
    int messages = 256;
    int count = MIB / 4 / 8;
    AtomicLong sent = new AtomicLong();
    try (Pair pair = pair(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> sending =
          start(
              executor,
              () -> {
                long[] values = random(new Random(1), count, 8);
                for (int i = 0; i < messages; i++) {
                  send(pair.toVendor(), i, values, 8);
                  pair.toVendor().flush();
                  sent.incrementAndGet();
                }
                return null;
              });
      while (sent.get() < 32) {
        Thread.onSpinWait();
      }
      long[] expected = random(new Random(1), count, 8);
      for (int i = 0; i < messages; i++) {
        long ahead = sent.get() - i;
        assertTrue(ahead <= 100, ahead + " messages of 256 KiB are under way");
        assertArrayEquals(expected, receive(pair.toHospital(), i, count, 8));
      }
      sending.get();
    }
  }

  @Test
  void lanesDoNotWaitForEachOther() throws Exception {
    int lanes = 4;
    try (Pair pair = pair(lanes);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      // Lane 0 is stuffed and not read, which holds up nobody else.
      send(pair.toVendor(0), 0, random(new Random(0), MIB / 2, 8), 8);
      pair.toVendor(0).flush();
      List<Future<Void>> all = new ArrayList<>();
      for (int lane = 1; lane < lanes; lane++) {
        int it = lane;
        all.add(start(executor, () -> pingPong(pair.toVendor(it), it, true)));
        all.add(start(executor, () -> pingPong(pair.toHospital(it), it, false)));
      }
      for (Future<Void> each : all) {
        each.get();
      }
      assertArrayEquals(
          random(new Random(0), MIB / 2, 8), receive(pair.toHospital(0), 0, MIB / 2, 8));
    }
  }

  private static Void pingPong(Channel channel, int lane, boolean first) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (first) {
        send(channel, i, new long[] {lane, i}, 8);
      }
      assertArrayEquals(new long[] {lane, i}, receive(channel, i, 2, 8));
      if (!first) {
        send(channel, i, new long[] {lane, i}, 8);
        channel.flush();
      }
    }
    return null;
  }

  @Test
  void threePartiesHaveOneLinkToEachOtherPerLane() throws Exception {
    List<Party> parties = List.of(HELPER, VENDOR, HOSPITAL);
    Map<Party, Session> sessions = transport.connect(parties, 2);
    for (Session session : sessions.values()) {
      for (Lane lane : List.of(session.control(), session.lanes().get(0), session.lanes().get(1))) {
        for (Party peer : lane.peers()) {
          lane.to(peer).sendBytes(9, (session.self() + "→" + peer).getBytes(UTF_8));
        }
      }
    }
    for (Session session : sessions.values()) {
      for (Lane lane : List.of(session.control(), session.lanes().get(0), session.lanes().get(1))) {
        assertEquals(2, lane.peers().size());
        for (Party peer : lane.peers()) {
          assertEquals(
              peer + "→" + session.self(), new String(lane.to(peer).receiveBytes(9, 100), UTF_8));
        }
      }
    }
    sessions.values().forEach(Session::close);
  }

  @Test
  void closingWakesOnesOwnWaitingReceiver() throws Exception {
    try (Pair pair = pair(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<long[]> waiting = start(executor, () -> receive(pair.toVendor(), 1, 1, 8));
      pair.hospital().close();
      assertEquals("this party closed the connection to vendor", whyLost(waiting));
    }
  }

  @Test
  void closingWakesThePeersWaitingReceiver() throws Exception {
    try (Pair pair = pair(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<long[]> waiting = start(executor, () -> receive(pair.toVendor(), 1, 1, 8));
      pair.vendor().close();
      assertEquals("the connection to vendor ended", whyLost(waiting));
      pair.vendor().close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingWakesASenderHeldUpByBackPressure(boolean byItself) throws Exception {
    AtomicLong sent = new AtomicLong();
    try (Pair pair = pair(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<long[]> sending =
          start(
              executor,
              () -> {
                while (true) {
                  send(pair.toVendor(), 0, new long[MIB / 32], 8);
                  pair.toVendor().flush();
                  sent.incrementAndGet();
                }
              });
      while (sent.get() < 32) {
        Thread.onSpinWait();
      }
      (byItself ? pair.hospital() : pair.vendor()).close();
      assertEquals(
          byItself
              ? "this party closed the connection to vendor"
              : "the connection to vendor ended",
          whyLost(sending));
    }
  }

  @Test
  void whatWasSentBeforeClosingStillArrives() throws Exception {
    try (Pair pair = pair(1)) {
      long[] values = random(new Random(3), MIB / 2, 8);
      send(pair.toHospital(), 4, values, 8);
      pair.toHospital().flush();
      pair.vendor().close();
      assertArrayEquals(values, receive(pair.toVendor(), 4, values.length, 8));
      assertLost("the connection to vendor ended", () -> receive(pair.toVendor(), 5, 1, 8));
      assertThrows(
          ProtocolException.class,
          () -> {
            while (true) {
              send(pair.toVendor(), 5, values, 8);
            }
          });
    }
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    try (Pair pair = pair(1)) {
      Thread.currentThread().interrupt();
      assertLost("interrupted while waiting for vendor", () -> receive(pair.toVendor(), 1, 1, 8));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void anotherMessageThanTheOneDueIsRefused() throws Exception {
    try (Pair pair = pair(3)) {
      send(pair.toHospital(0), 7, new long[] {1, 2}, 8);
      pair.toHospital(0).flush();
      assertLost(
          "vendor sent message 7 of 16 bytes where message 8 of 16 bytes was due; its program or"
              + " plan differs, or it deviates from the protocol",
          () -> receive(pair.toVendor(0), 8, 2, 8));

      send(pair.toHospital(1), 7, new long[] {1, 2}, 8);
      pair.toHospital(1).flush();
      assertLost(
          "vendor sent message 7 of 16 bytes where message 7 of 24 bytes was due; its program or"
              + " plan differs, or it deviates from the protocol",
          () -> receive(pair.toVendor(1), 7, 3, 8));

      // A replay is a message that is not due.
      for (int i = 0; i < 2; i++) {
        send(pair.toHospital(2), 7, new long[] {1, 2}, 8);
      }
      pair.toHospital(2).flush();
      receive(pair.toVendor(2), 7, 2, 8);
      assertThrows(ProtocolException.class, () -> receive(pair.toVendor(2), 8, 2, 8));
    }
  }

  @Test
  void roundsAreTheDepthOfOnlineMessages() throws Exception {
    try (Pair pair = pair(1)) {
      Lane hospital = pair.hospital().lanes().getFirst();
      Lane vendor = pair.vendor().lanes().getFirst();
      // One way, two messages at once: a round for the receiver only.
      send(pair.toVendor(), 0, new long[] {1}, 8);
      send(pair.toVendor(), 1, new long[] {1}, 4);
      hospital.flush();
      receive(pair.toHospital(), 0, 1, 8);
      receive(pair.toHospital(), 1, 1, 4);
      assertEquals(0, hospital.traffic().rounds());
      assertEquals(1, vendor.traffic().rounds());
      // The answer depends on them.
      send(pair.toHospital(), 2, new long[] {1}, 8);
      vendor.flush();
      receive(pair.toVendor(), 2, 1, 8);
      assertEquals(2, hospital.traffic().rounds());
      // An exchange is one round; vendor's part of it did not wait for its own answer.
      send(pair.toVendor(), 3, new long[] {1}, 8);
      send(pair.toHospital(), 3, new long[] {1}, 8);
      hospital.flush();
      vendor.flush();
      receive(pair.toVendor(), 3, 1, 8);
      receive(pair.toHospital(), 3, 1, 8);
      assertEquals(2, hospital.traffic().rounds());
      assertEquals(3, vendor.traffic().rounds());
      // What is sent ahead counts bytes only.
      pair.toVendor().announce(4, 8, Phase.AHEAD);
      pair.toVendor().put(new long[] {1}, 0, 1, 8);
      hospital.flush();
      receive(pair.toHospital(), 4, 1, 8);
      assertEquals(new Traffic(2, Map.of("hospital>vendor", 28L)), hospital.traffic());
      assertEquals(new Traffic(3, Map.of("vendor>hospital", 16L)), vendor.traffic());
    }
  }

  private static String whyLost(Future<?> future) {
    ExecutionException thrown = assertThrows(ExecutionException.class, future::get);
    assertTrue(thrown.getCause() instanceof ProtocolException, thrown::toString);
    return thrown.getCause().getMessage();
  }

  private static void assertLost(String sentence, Executable task) {
    assertEquals(sentence, assertThrows(ProtocolException.class, task).getMessage());
  }
}
