package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A peer that sends garbage, wrong lengths, replays, falls silent or dies at a random moment ends
/// the honest parties' run with a [ProtocolException] and nothing else.
final class CheatingPeerTest {
  enum Cheat {
    GARBAGE,
    SHORT,
    LONG,
    REPLAY,
    SILENCE,
    DEATH;

    List<byte[]> frames(byte[] frame, SplittableRandom random) throws ProtocolException {
      return switch (this) {
        case GARBAGE -> {
          byte[] noise = new byte[frame.length];
          random.nextBytes(noise);
          yield List.of(noise);
        }
        case SHORT ->
            frame.length == 1 ? List.of() : List.of(Arrays.copyOf(frame, frame.length - 1));
        case LONG -> List.of(Arrays.copyOf(frame, frame.length + 1 + random.nextInt(40)));
        case REPLAY -> List.of(frame, frame);
        case SILENCE -> List.of();
        case DEATH -> throw new ProtocolException("the cheat died");
      };
    }
  }

  static Stream<Arguments> cheats() {
    return Protocols.all().stream()
        .filter(protocol -> !protocol.parties().isEmpty())
        .flatMap(
            protocol ->
                protocol.parties().stream()
                    .flatMap(
                        party ->
                            Stream.of(Cheat.values())
                                .flatMap(
                                    cheat ->
                                        IntStream.range(0, 3)
                                            .mapToObj(
                                                seed ->
                                                    Arguments.of(
                                                        protocol.name(), party, cheat, seed)))));
  }

  @ParameterizedTest(name = "{0}: {1} {2} seed {3}")
  @MethodSource("cheats")
  void honestPartiesEndWithASentence(String name, Party cheater, Cheat cheat, int seed)
      throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(64, 20), 11);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 2, 1);
    AtomicInteger honest = new AtomicInteger();
    TappedNetwork.Tap count =
        frame -> {
          honest.getAndIncrement();
          return List.of(frame);
        };
    assertEquals(
        Map.of(),
        parties.run(TappedNetwork.connect(protocol.parties(), cheater, count)).failures());
    SplittableRandom choice = new SplittableRandom(seed * 31L + cheat.name().hashCode());
    int moment = seed == 0 ? 0 : choice.nextInt(honest.get());
    AtomicInteger sent = new AtomicInteger();
    TappedNetwork.Tap tap =
        frame -> {
          int number = sent.getAndIncrement();
          boolean lasting = cheat == Cheat.SILENCE || cheat == Cheat.DEATH;
          boolean now = lasting ? number >= moment : number == moment;
          return now ? cheat.frames(frame, choice.split()) : List.of(frame);
        };
    Parties.Outcome outcome = parties.run(TappedNetwork.connect(protocol.parties(), cheater, tap));
    assertTrue(sent.get() > moment, "the cheat came to its moment");
    for (Map.Entry<Party, Throwable> failure : outcome.failures().entrySet()) {
      assertInstanceOf(
          ProtocolException.class, failure.getValue(), failure.getKey() + " " + failure.getValue());
    }
    if (cheat != Cheat.GARBAGE) {
      outcome.failures().remove(cheater);
      assertFalse(outcome.failures().isEmpty(), "an honest party noticed");
    }
  }
}
