package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.tensor.RingTensor;

/// All parties of a run as threads of this process: a simulation that holds every share.
public final class LocalParties {
  private LocalParties() {}

  /// Runs to the end.
  ///
  /// @param keepers one a party
  /// @param watcher told what the hospital sees
  /// @return what each party's part took
  /// @throws InterruptedException if this thread was interrupted; every party has ended then
  public static Map<Party, PartyReport> run(
      SecureJob job,
      Map<String, RingTensor> weights,
      Images pixels,
      Map<Party, Keeper> keepers,
      Observer watcher)
      throws ProtocolException, IOException, InterruptedException {
    Map<Party, Session> sessions = InProcess.connect(job.protocol().parties(), job.lanes());
    ConcurrentMap<Party, PartyReport> reports = new ConcurrentHashMap<>();
    ConcurrentMap<Party, Throwable> failures = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (Party party : job.protocol().parties()) {
      boolean hospital = party.equals(Party.HOSPITAL);
      Measurements measurements = new Measurements(job.plan());
      Keeper keeper = keepers.getOrDefault(party, Keeper.nothing());
      Observer observer =
          hospital
              ? Observers.of(keeper, measurements, watcher)
              : Observers.of(keeper, measurements);
      var run =
          job.at(
              party.equals(Party.VENDOR) ? Optional.of(weights) : Optional.empty(),
              hospital ? Optional.of(pixels) : Optional.empty(),
              keeper.done(),
              observer);
      Session session = sessions.get(party);
      threads.add(
          Thread.ofPlatform()
              .name(party.name())
              .start(
                  () -> {
                    try {
                      run.run(session);
                      reports.put(party, report(party, measurements, session));
                    } catch (ProtocolException | IOException | RuntimeException | Error e) {
                      failures.put(party, e);
                    }
                  }));
    }
    join(threads);
    if (!failures.isEmpty()) {
      fail(failures);
    }
    return new TreeMap<>(reports);
  }

  private static PartyReport report(Party party, Measurements measurements, Session session) {
    return new PartyReport(
        party.name(),
        measurements.images(),
        measurements.steps(),
        session.control().traffic().bytes(),
        OptionalLong.empty());
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
