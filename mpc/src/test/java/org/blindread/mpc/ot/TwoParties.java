package org.blindread.mpc.ot;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Link;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;

/// Vendor and hospital in one JVM, joined by queues whose frames a test may read and alter.
final class TwoParties {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] END = {};
  private static final ThreadLocal<Lane> LANE = new ThreadLocal<>();

  /// One party's program.
  interface Task<T> {
    T run(Wire wire) throws ProtocolException;
  }

  /// What both programs gave, and what they sent.
  record Outcome<V, H>(V vendor, H hospital, Traffic traffic, List<byte[]> frames) {}

  /// What went wrong, at each party; empty text where nothing did.
  record Failures(String vendor, String hospital) {}

  private final String run;
  private final List<byte[]> frames = Collections.synchronizedList(new ArrayList<>());
  private final Lane vendor;
  private final Lane hospital;

  private TwoParties(String run, UnaryOperator<byte[]> fromHospital, boolean recording) {
    this.run = run;
    Consumer<byte[]> record = recording ? frames::add : frame -> {};
    var toVendor = new LinkedBlockingQueue<byte[]>();
    var toHospital = new LinkedBlockingQueue<byte[]>();
    vendor =
        new Lane(
            Party.VENDOR,
            List.of(
                new Queue(Party.HOSPITAL, toVendor, toHospital, record, UnaryOperator.identity())));
    hospital =
        new Lane(
            Party.HOSPITAL,
            List.of(new Queue(Party.VENDOR, toHospital, toVendor, record, fromHospital)));
  }

  /// The vendor's and the hospital's wire, for programs that run them on threads of their own.
  static List<Wire> wires(String run) {
    TwoParties parties = new TwoParties(run, UnaryOperator.identity(), false);
    return List.of(
        new Wire(parties.vendor, Party.HOSPITAL, run, Seed.fresh()),
        new Wire(parties.hospital, Party.VENDOR, run, Seed.fresh()));
  }

  /// Runs both programs and hands back what they gave.
  static <V, H> Outcome<V, H> run(Task<V> vendor, Task<H> hospital) {
    return run("run-1", vendor, hospital);
  }

  static <V, H> Outcome<V, H> run(String run, Task<V> vendor, Task<H> hospital) {
    TwoParties parties = new TwoParties(run, UnaryOperator.identity(), true);
    List<Future<?>> futures = parties.start(vendor, hospital);
    try {
      @SuppressWarnings("unchecked")
      V v = (V) futures.get(0).get();
      @SuppressWarnings("unchecked")
      H h = (H) futures.get(1).get();
      Traffic traffic = parties.vendor.traffic().beside(parties.hospital.traffic());
      return new Outcome<>(v, h, traffic, List.copyOf(parties.frames));
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a party failed", e);
    }
  }

  /// Runs both programs where one or both are expected to fail.
  ///
  /// @param fromHospital what becomes of each frame of the hospital; an empty frame ends the link
  static Failures fail(UnaryOperator<byte[]> fromHospital, Task<?> vendor, Task<?> hospital) {
    List<Future<?>> futures = new TwoParties("run-1", fromHospital, true).start(vendor, hospital);
    return new Failures(why(futures.get(0)), why(futures.get(1)));
  }

  private static String why(Future<?> future) {
    try {
      future.get();
      return "";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProtocolException) {
        return e.getCause().getMessage();
      }
      throw new AssertionError("not what the outside causes", e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Future<?>> start(Task<?> ofVendor, Task<?> ofHospital) {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> v = threads.submit(() -> end(vendor, Party.HOSPITAL, ofVendor));
      Future<?> h = threads.submit(() -> end(hospital, Party.VENDOR, ofHospital));
      return List.of(v, h);
    }
  }

  /// Called by both programs at the same place: rounds are counted anew from there.
  static void restartDepth() {
    LANE.get().restartDepth();
  }

  /// What this program sent so far; rounds since [#restartDepth].
  static Traffic trafficSoFar() {
    return LANE.get().traffic();
  }

  private <T> T end(Lane lane, Party peer, Task<T> task) throws ProtocolException {
    LANE.set(lane);
    try {
      T result = task.run(new Wire(lane, peer, run, Seed.fresh()));
      lane.flush();
      return result;
    } finally {
      LANE.remove();
      lane.close();
    }
  }

  /// One end of a pair of queues.
  private record Queue(
      Party peer,
      BlockingQueue<byte[]> in,
      BlockingQueue<byte[]> out,
      Consumer<byte[]> record,
      UnaryOperator<byte[]> alter)
      implements Link {
    @Override
    public void send(ByteBuffer frame) {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      record.accept(bytes);
      out.add(alter.apply(bytes));
    }

    @Override
    public ByteBuffer receive() throws ProtocolException {
      try {
        byte[] frame = in.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (frame == null || frame.length == 0) {
          throw new ProtocolException(peer + " closed the connection");
        }
        return ByteBuffer.wrap(frame).asReadOnlyBuffer();
      } catch (InterruptedException e) {
        throw new ProtocolException("interrupted", e);
      }
    }

    @Override
    public void close() {
      out.add(END);
    }
  }
}
