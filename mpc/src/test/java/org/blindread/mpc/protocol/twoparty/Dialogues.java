package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.ot.TwoWayOt;
import org.blindread.mpc.ot.Wire;

/// Vendor and hospital in two threads of this JVM, set up to talk.
final class Dialogues implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<Party, Session> sessions =
      InProcess.connect(List.of(Party.VENDOR, Party.HOSPITAL), 1);
  private final Dialogue vendor;
  private final Dialogue hospital;

  /// One party's part.
  interface Task<T> {
    T run(Dialogue talk) throws ProtocolException;
  }

  /// What both parties ended with.
  record Both<T>(T vendor, T hospital) {}

  Dialogues(OtExtension extension) {
    Prg.warmUp();
    Future<Dialogue> v = threads.submit(() -> dialogue(extension, true));
    Future<Dialogue> h = threads.submit(() -> dialogue(extension, false));
    vendor = get(v);
    hospital = get(h);
  }

  private Dialogue dialogue(OtExtension extension, boolean vendor) throws ProtocolException {
    Seed secret = Seed.fresh();
    Party peer = vendor ? Party.HOSPITAL : Party.VENDOR;
    Wire wire = new Wire(lane(vendor), peer, "test", secret);
    TwoWayOt ot = TwoWayOt.over(extension, wire);
    return new Dialogue(vendor, wire, ot, new Prg(secret.derive("lane", 0)));
  }

  private Lane lane(boolean vendor) {
    return sessions.get(vendor ? Party.VENDOR : Party.HOSPITAL).lanes().getFirst();
  }

  /// Runs both parties' parts to their end, rounds counted anew.
  <T> Both<T> run(Task<T> vendors, Task<T> hospitals) {
    Future<T> v = threads.submit(() -> part(vendor, vendors));
    Future<T> h = threads.submit(() -> part(hospital, hospitals));
    return new Both<>(get(v), get(h));
  }

  private <T> T part(Dialogue talk, Task<T> task) throws ProtocolException {
    lane(talk.vendor()).restartDepth();
    return task.run(talk);
  }

  /// What both sent since the set-up began, and the depth of the last run.
  Traffic traffic() {
    return lane(true).traffic().beside(lane(false).traffic());
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a party failed", e);
    }
  }

  @Override
  public void close() {
    sessions.values().forEach(Session::close);
    threads.shutdownNow();
  }
}
