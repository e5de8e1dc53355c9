package org.blindread.mpc.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.net.Traffic;

/// All parties of a run as threads of this process, which therefore holds every share.
public final class Simulation {
  private Simulation() {}

  /// Runs every party to the end.
  ///
  /// @param runs each party's part
  /// @return what each party sent besides the images: agreement, weights, farewell
  /// @throws ProtocolException or [IOException]: that of the party whose failure caused the others'
  /// @throws InterruptedException if this thread was interrupted; every party has ended then
  public static Map<Party, Traffic> run(Map<Party, PartyRun> runs)
      throws ProtocolException, IOException, InterruptedException {
    int lanes = runs.values().iterator().next().agreement().lanes();
    Map<Party, Session> sessions = InProcess.connect(runs.keySet(), lanes);
    ConcurrentMap<Party, Traffic> traffic = new ConcurrentHashMap<>();
    ConcurrentMap<Party, Throwable> failures = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    runs.forEach(
        (party, run) -> {
          Session session = sessions.get(party);
          threads.add(
              Thread.ofPlatform()
                  .name(party.name())
                  .start(
                      () -> {
                        try {
                          run.run(session);
                          traffic.put(party, session.control().traffic());
                        } catch (ProtocolException | IOException | RuntimeException | Error e) {
                          failures.put(party, e);
                        }
                      }));
        });
    join(threads);
    if (!failures.isEmpty()) {
      fail(failures);
    }
    return new TreeMap<>(traffic);
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
      throw e;
    }
  }

  /// The failure that caused the others: a party that loses its peers only follows.
  private static void fail(Map<Party, Throwable> failures) throws ProtocolException, IOException {
    List<Throwable> all = List.copyOf(failures.values());
    Throwable first =
        all.stream()
            .filter(e -> e instanceof Error)
            .findFirst()
            .or(() -> all.stream().filter(e -> !(e instanceof ProtocolException)).findFirst())
            .orElse(all.getFirst());
    switch (first) {
      case Error e -> throw e;
      case ProtocolException e -> throw e;
      case UncheckedIOException e -> throw e.getCause();
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(first);
    }
  }
}
