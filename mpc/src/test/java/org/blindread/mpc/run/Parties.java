package org.blindread.mpc.run;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.blindread.mpc.net.InProcess;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// Runs all parties of a protocol in threads of this JVM, each through [PartyRun].
public final class Parties {
  private final Protocol protocol;
  private final RandomPlan random;
  private final Terms terms;
  private final int images;
  private final int lanes;

  public Parties(
      Protocol protocol, RandomPlan random, Mode mode, Reveal reveal, int images, int lanes) {
    this(protocol, random, mode, reveal, images, lanes, Map.of());
  }

  /// @param knobs of the protocol that are turned
  public Parties(
      Protocol protocol,
      RandomPlan random,
      Mode mode,
      Reveal reveal,
      int images,
      int lanes,
      Map<String, String> knobs) {
    this.protocol = protocol;
    this.random = random;
    this.terms = new Terms(random.plan().numbers(), mode, reveal, images, knobs);
    this.images = images;
    this.lanes = lanes;
  }

  /// What each party ended with.
  ///
  /// @param records by party and image
  /// @param failures by party, for those that failed
  public record Outcome(
      Map<Party, Map<Long, ImageRecord>> records, Map<Party, Throwable> failures) {}

  /// The sessions of an in-process network.
  public Map<Party, Session> sessions() {
    return InProcess.connect(protocol.parties(), lanes);
  }

  /// The image a run reads under a number, channels first.
  public RealTensor image(long number) {
    Shape shape = random.image().get("x").shape();
    float[] values = new float[shape.size()];
    java.util.SplittableRandom pixels = new java.util.SplittableRandom(number + 77);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) pixels.nextDouble(-1, 1);
    }
    return new RealTensor(Shape.of(shape.extent(2), shape.extent(0), shape.extent(1)), values);
  }

  /// One party's run.
  public PartyRun run(Party party, BitSet done, Map<Long, ImageRecord> into) {
    Optional<Map<String, RingTensor>> weights =
        party.equals(Party.VENDOR) ? Optional.of(random.weights()) : Optional.empty();
    Optional<Images> pixels =
        party.equals(Party.HOSPITAL) ? Optional.of(this::image) : Optional.empty();
    Agreement agreement =
        new Agreement(
            "test",
            protocol.name(),
            "0",
            "plan",
            terms.mode().toString(),
            terms.reveal().toString(),
            terms.knobs(protocol.knobs()),
            images,
            lanes);
    Observer observer =
        new Observer() {
          @Override
          public void step(long image, int step, int steps, String layer) {}

          @Override
          public void done(ImageRecord record) {
            into.put(record.image(), record);
          }
        };
    return new PartyRun(protocol, random.plan(), terms, agreement, weights, pixels, done, observer);
  }

  /// Runs every party over the given sessions and waits for all to end.
  public Outcome run(Map<Party, Session> sessions) throws InterruptedException {
    Map<Party, Map<Long, ImageRecord>> records = new TreeMap<>();
    Map<Party, Throwable> failures = new ConcurrentHashMap<>();
    List<Thread> threads =
        protocol.parties().stream()
            .map(
                party -> {
                  Map<Long, ImageRecord> mine = new ConcurrentSkipListMap<>();
                  records.put(party, mine);
                  PartyRun run = run(party, new BitSet(), mine);
                  return Thread.ofPlatform()
                      .name(party.name())
                      .start(
                          () -> {
                            try {
                              run.run(sessions.get(party));
                            } catch (Exception | Error e) {
                              failures.put(party, e);
                            }
                          });
                })
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return new Outcome(records, failures);
  }

  public Terms terms() {
    return terms;
  }
}
