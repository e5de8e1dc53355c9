package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;

/// All parties of a run as processes of their own on this machine, each with its folder and its
/// `STUDY.yml`: still a simulation, since one user can read all of them.
public final class ProcessParties {
  private static final long FOLLOWERS_MILLIS = 2500;
  private static final long KINDLY_MILLIS = 1500;

  private ProcessParties() {}

  /// Runs to the end. Whatever ends it, no process is left.
  ///
  /// @param studies each party's file, which must name a `report`
  /// @param heap largest heap of a party, as `-Xmx` takes it
  /// @param listener told what the parties relay, from threads of its own
  /// @return what each party's part took
  /// @throws ProtocolException with the sentence of the party that failed first
  /// @throws InterruptedException if this thread was interrupted
  public static Map<Party, PartyReport> run(
      Map<Party, StudyFile> studies,
      Path folder,
      boolean resume,
      String heap,
      BiConsumer<Party, Relay.Line> listener)
      throws ProtocolException, IOException, InterruptedException {
    List<ChildParty> children = new ArrayList<>();
    try {
      BlockingQueue<ChildParty> ended = new LinkedBlockingQueue<>();
      for (Map.Entry<Party, StudyFile> study : studies.entrySet()) {
        Path file = folder.resolve(study.getKey().name()).resolve("STUDY.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, study.getValue().toYaml());
        ChildParty child = ChildParty.start(study.getKey(), file, resume, heap, listener);
        children.add(child);
        var _ = child.process().onExit().thenAccept(_ -> ended.add(child));
      }
      for (int i = 0; i < children.size(); i++) {
        ChildParty child = ended.take();
        child.drain();
        if (child.failed()) {
          throw new ProtocolException(cause(children, ended));
        }
      }
    } finally {
      end(children);
    }
    Map<Party, PartyReport> reports = new TreeMap<>();
    for (Map.Entry<Party, StudyFile> study : studies.entrySet()) {
      reports.put(study.getKey(), PartyReport.read(study.getValue().report().orElseThrow()));
    }
    return reports;
  }

  /// Gives those that follow a moment to say what they saw, then picks the sentence that explains
  /// the others.
  private static String cause(List<ChildParty> children, BlockingQueue<ChildParty> ended)
      throws InterruptedException {
    long deadline = System.nanoTime() + FOLLOWERS_MILLIS * 1_000_000;
    while (children.stream().anyMatch(child -> child.process().isAlive())
        && System.nanoTime() < deadline) {
      ended.poll(100, TimeUnit.MILLISECONDS);
    }
    for (ChildParty child : children) {
      if (child.failed()) {
        child.drain();
      }
    }
    return children.stream()
        .filter(ChildParty::failed)
        .min(Comparator.comparingInt(ChildParty::rank))
        .map(ChildParty::failure)
        .orElse("a party failed");
  }

  private static void end(List<ChildParty> children) {
    children.forEach(ChildParty::end);
    boolean interrupted = false;
    long deadline = System.nanoTime() + KINDLY_MILLIS * 1_000_000;
    for (ChildParty child : children) {
      try {
        long left = Math.max(0, deadline - System.nanoTime());
        if (interrupted || !child.process().waitFor(left, TimeUnit.NANOSECONDS)) {
          child.process().destroyForcibly();
        }
      } catch (InterruptedException e) {
        interrupted = true;
        child.process().destroyForcibly();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
