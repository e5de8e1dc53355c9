package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Opened;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.RefusedPlanException;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every protocol found by `ServiceLoader` must hold, on seeded plans with every instruction.
final class ProtocolContractTest {
  private static final List<FixedPoint> RINGS =
      List.of(
          FixedPoint.of(64, 20),
          FixedPoint.of(32, 11),
          FixedPoint.of(37, 12),
          FixedPoint.of(64, 21),
          new FixedPoint(35, 10, FixedPoint.Rounding.FLOOR));

  static Stream<Arguments> protocolsRingsAndSeeds() {
    return secure()
        .flatMap(
            protocol ->
                RINGS.stream()
                    .flatMap(
                        ring ->
                            IntStream.range(0, 6)
                                .mapToObj(seed -> Arguments.of(protocol.name(), ring, seed))));
  }

  static Stream<Arguments> protocolsAndReveals() {
    return secure()
        .flatMap(
            protocol ->
                Stream.of(Reveal.values()).map(reveal -> Arguments.of(protocol.name(), reveal)));
  }

  /// Every knob of every protocol turned to every value but its default, one at a time.
  static Stream<Arguments> knobs() {
    return secure()
        .flatMap(
            protocol ->
                protocol.knobs().stream()
                    .flatMap(
                        knob ->
                            knob.values().stream()
                                .skip(1)
                                .map(value -> Arguments.of(protocol.name(), knob.name(), value))));
  }

  private static Stream<Protocol> secure() {
    return Protocols.all().stream().filter(protocol -> !protocol.parties().isEmpty());
  }

  @ParameterizedTest(name = "{0} {1} seed {2}")
  @MethodSource("protocolsRingsAndSeeds")
  void faithfulModeEqualsTheTwinBitForBitAndCostsWhatItDeclares(
      String name, FixedPoint ring, int seed) throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(ring, seed);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 2, 1);
    Parties.Outcome outcome = parties.run(parties.sessions());
    assertEquals(Map.of(), outcome.failures());
    Twin twin = new Twin(random.plan(), random.weights());
    for (long image = 0; image < 2; image++) {
      Twin.Result truth = twin.read(image, Encoding.encode(random.plan(), parties.image(image)));
      assertEquals(List.of(), truth.overflows(), "the seeded plan stays in range");
      for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
        Opened opened = outcome.records().get(party).get(image).opened().get("y");
        assertArrayEquals(
            truth.output("y").values(), opened.value().orElseThrow().values(), party.name());
      }
      assertEquals(declared(protocol, parties, random), measured(outcome, random, image));
    }
  }

  @ParameterizedTest(name = "{0} {1}={2}")
  @MethodSource("knobs")
  void everyKnobKeepsTheTwinsScoresAndItsDeclaredCosts(String name, String knob, String value)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    for (FixedPoint ring : List.of(FixedPoint.of(37, 12), FixedPoint.of(32, 11))) {
      RandomPlan random = RandomPlan.of(ring, 8);
      Parties parties =
          new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 2, 1, Map.of(knob, value));
      Parties.Outcome outcome = parties.run(parties.sessions());
      assertEquals(Map.of(), outcome.failures());
      Twin twin = new Twin(random.plan(), random.weights());
      for (long image = 0; image < 2; image++) {
        long[] truth =
            twin.read(image, Encoding.encode(random.plan(), parties.image(image)))
                .output("y")
                .values();
        for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
          Opened opened = outcome.records().get(party).get(image).opened().get("y");
          assertArrayEquals(truth, opened.value().orElseThrow().values(), party.name());
        }
        assertEquals(declared(protocol, parties, random), measured(outcome, random, image));
        assertEquals(
            protocol.preparationCost(random.plan(), parties.terms()), prepared(outcome, image));
      }
    }
  }

  static Stream<Arguments> protocolsAndExactRings() {
    List<FixedPoint> rings =
        List.of(
            FixedPoint.of(64, 20),
            FixedPoint.of(63, 12),
            FixedPoint.of(41, 12),
            FixedPoint.of(32, 11),
            FixedPoint.of(16, 5),
            new FixedPoint(35, 15, FixedPoint.Rounding.FLOOR));
    return secure()
        .flatMap(protocol -> rings.stream().map(ring -> Arguments.of(protocol.name(), ring)));
  }

  /// As above, on what a protocol may refuse.
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("protocolsAndExactRings")
  void divisionsAndLabelsEqualTheTwinAndCostWhatIsDeclaredOrAreRefused(String name, FixedPoint ring)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = ExactPlan.of(ring, ring.bits());
    for (Mode mode : Mode.values()) {
      Parties parties = new Parties(protocol, random, mode, Reveal.BOTH, 2, 1);
      if (refuses(protocol, random)) {
        RefusedPlanException refusal =
            assertThrows(
                RefusedPlanException.class, () -> protocol.costs(random.plan(), parties.terms()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("step 5 (layer 'layer5')"));
        for (Throwable failure : parties.run(parties.sessions()).failures().values()) {
          assertTrue(
              failure instanceof RefusedPlanException || failure instanceof ProtocolException,
              failure.toString());
        }
        continue;
      }
      Parties.Outcome outcome = parties.run(parties.sessions());
      assertEquals(Map.of(), outcome.failures());
      Twin twin = new Twin(random.plan(), random.weights());
      for (long image = 0; image < 2; image++) {
        Twin.Result truth = twin.read(image, Encoding.encode(random.plan(), parties.image(image)));
        assertEquals(List.of(), truth.overflows(), "the seeded plan stays in range");
        for (String output : List.of("y", "label", "labels")) {
          long[] opened =
              outcome
                  .records()
                  .get(Party.HOSPITAL)
                  .get(image)
                  .opened()
                  .get(output)
                  .value()
                  .orElseThrow()
                  .values();
          if (mode == Mode.FAITHFUL) {
            assertArrayEquals(truth.output(output).values(), opened, output);
          } else if (output.equals("y")) {
            // An ulp of the truncation grows to 4 in a sum of 4, of which a quarter is left; with
            // an
            // ulp of the division by 4 that makes 2, which an exact mean over the rest keeps.
            for (int i = 0; i < opened.length; i++) {
              long error = opened[i] - truth.output(output).values()[i];
              assertTrue(Math.abs(error) <= 2L * protocol.ulps(mode), "value " + i);
            }
          }
        }
        assertEquals(declared(protocol, parties, random), measured(outcome, random, image));
      }
    }
  }

  private static boolean refuses(Protocol protocol, RandomPlan random) {
    return random.plan().steps().stream()
        .anyMatch(step -> protocol.refuses(step.instruction()).isPresent());
  }

  @ParameterizedTest(name = "{0} {1} seed {2}")
  @MethodSource("protocolsRingsAndSeeds")
  void fastModeStaysWithinItsErrorAndCostsWhatItDeclares(String name, FixedPoint ring, int seed)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(ring, seed);
    Parties parties = new Parties(protocol, random, Mode.FAST, Reveal.HOSPITAL, 1, 1);
    Parties.Outcome outcome = parties.run(parties.sessions());
    assertEquals(Map.of(), outcome.failures());
    Twin twin = new Twin(random.plan(), random.weights());
    long[] truth =
        twin.read(0, Encoding.encode(random.plan(), parties.image(0))).output("y").values();
    long[] got =
        outcome
            .records()
            .get(Party.HOSPITAL)
            .get(0L)
            .opened()
            .get("y")
            .value()
            .orElseThrow()
            .values();
    // One ulp a ReLU grows through a kernel of row norm at most 1, a residual and a 2×2 sum.
    long bound = protocol.ulps(Mode.FAST) * 16L;
    for (int i = 0; i < truth.length; i++) {
      assertTrue(Math.abs(truth[i] - got[i]) <= bound, "value " + i);
    }
    assertEquals(declared(protocol, parties, random), measured(outcome, random, 0));
  }

  @ParameterizedTest(name = "{0} reveal {1}")
  @MethodSource("protocolsAndReveals")
  void onlyThoseWhoMayLearnTheScores(String name, Reveal reveal) throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 3);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, reveal, 1, 1);
    Parties.Outcome outcome = parties.run(parties.sessions());
    assertEquals(Map.of(), outcome.failures());
    long[] truth =
        new Twin(random.plan(), random.weights())
            .read(0, Encoding.encode(random.plan(), parties.image(0)))
            .output("y")
            .values();
    long[] sum = new long[truth.length];
    for (Party party : protocol.parties()) {
      Opened opened = outcome.records().get(party).get(0L).opened().get("y");
      assertEquals(reveal.to(party), opened.value().isPresent(), party.name());
      opened.value().ifPresent(value -> assertArrayEquals(truth, value.values()));
      opened
          .share()
          .ifPresent(
              share -> {
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += share.values()[i];
                }
              });
    }
    if (reveal == Reveal.NONE) {
      assertArrayEquals(truth, sum);
    }
  }

  @ParameterizedTest(name = "{0} reveal {1}")
  @MethodSource("protocolsAndReveals")
  void imagesInSeveralLanesGiveTheSameScoresAsOneByOne(String name, Reveal reveal)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 5);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, reveal, 7, 3);
    Parties.Outcome outcome = parties.run(parties.sessions());
    assertEquals(Map.of(), outcome.failures());
    Twin twin = new Twin(random.plan(), random.weights());
    for (long image = 0; image < 7; image++) {
      long[] truth =
          twin.read(image, Encoding.encode(random.plan(), parties.image(image)))
              .output("y")
              .values();
      for (Party party : protocol.parties()) {
        ImageRecord record = outcome.records().get(party).get(image);
        record
            .opened()
            .get("y")
            .value()
            .ifPresent(value -> assertArrayEquals(truth, value.values()));
        assertEquals(reveal.to(party), record.opened().get("y").value().isPresent());
      }
    }
  }

  @ParameterizedTest(name = "{0} reveal {1}")
  @MethodSource("protocolsAndReveals")
  void whatOnePartySaysItSentForAnImageItsPeerSaysItReceived(String name, Reveal reveal)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 5);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, reveal, 4, 2);
    Parties.Outcome outcome = parties.run(parties.sessions());
    assertEquals(Map.of(), outcome.failures());
    for (long image = 0; image < 4; image++) {
      Map<String, Long> sent = new TreeMap<>();
      Map<String, Long> received = new TreeMap<>();
      for (Map<Long, ImageRecord> records : outcome.records().values()) {
        for (StepRecord step : records.get(image).steps()) {
          step.bytes().forEach((link, bytes) -> sent.merge(link, bytes, Long::sum));
          step.received().forEach((link, bytes) -> received.merge(link, bytes, Long::sum));
        }
      }
      assertEquals(sent, received);
      assertTrue(sent.values().stream().mapToLong(Long::longValue).sum() > 0);
    }
  }

  /// What all parties together sent before the image was asked for.
  private static Cost prepared(Parties.Outcome outcome, long image) {
    int rounds = 0;
    Map<String, Long> bytes = new TreeMap<>();
    for (Map<Long, ImageRecord> records : outcome.records().values()) {
      StepRecord record = records.get(image).preparation();
      rounds = Math.max(rounds, record.depth());
      bytes.putAll(record.bytes());
    }
    return new Cost(rounds, bytes);
  }

  private static List<Cost> declared(Protocol protocol, Parties parties, RandomPlan random) {
    return protocol.costs(random.plan(), parties.terms());
  }

  /// What all parties together sent in each step, and how much deeper the messages then were.
  private static List<Cost> measured(Parties.Outcome outcome, RandomPlan random, long image) {
    List<Cost> costs = new ArrayList<>();
    int before = 0;
    for (int step = 0; step < random.plan().steps().size(); step++) {
      int depth = before;
      Map<String, Long> bytes = new TreeMap<>();
      for (Map<Long, ImageRecord> records : outcome.records().values()) {
        StepRecord record = records.get(image).steps().get(step);
        depth = Math.max(depth, record.depth());
        bytes.putAll(record.bytes());
      }
      costs.add(new Cost(depth - before, bytes));
      before = depth;
    }
    return costs;
  }
}
