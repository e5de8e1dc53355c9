package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.tensor.kernel.BitSlice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every source of COTs.
final class OtExtensionTest {
  private static final List<Integer> COUNTS = List.of(1, 13, 127, 128, 129, 1000, (1 << 16) + 7);

  static Stream<OtExtension> extensions() {
    return Stream.of(new Iknp(), new SoftSpoken(), new Ferret(LpnParameters.B10));
  }

  /// All counts one after the other, on the same set-up.
  private record Made(Block delta, List<long[]> blocks, List<long[]> choices) {}

  private static TwoParties.Task<Made> sender(OtExtension extension, List<Integer> counts) {
    return wire -> {
      OtExtension.Sender sender = extension.sender(wire);
      Made made = new Made(sender.delta(), new java.util.ArrayList<>(), List.of());
      for (int count : counts) {
        int batch = extension.batch(count);
        long[] blocks = new long[Block.WORDS * (batch + OtExtension.UNIT)];
        sender.extend(blocks, OtExtension.UNIT, batch);
        made.blocks.add(blocks);
      }
      return made;
    };
  }

  private static TwoParties.Task<Made> receiver(OtExtension extension, List<Integer> counts) {
    return wire -> {
      OtExtension.Receiver receiver = extension.receiver(wire);
      Made made = new Made(Block.ZERO, new java.util.ArrayList<>(), new java.util.ArrayList<>());
      for (int count : counts) {
        int batch = extension.batch(count);
        long[] blocks = new long[Block.WORDS * (batch + OtExtension.UNIT)];
        long[] choices = new long[(batch + OtExtension.UNIT) / Long.SIZE];
        receiver.extend(blocks, choices, OtExtension.UNIT, batch);
        made.blocks.add(blocks);
        made.choices.add(choices);
      }
      return made;
    };
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void theReceiverHoldsTheBlockOfItsRandomChoice(OtExtension extension) {
    var outcome = TwoParties.run(sender(extension, COUNTS), receiver(extension, COUNTS));
    Block delta = outcome.vendor().delta;
    assertEquals(1, delta.bit(0));
    for (int i = 0; i < COUNTS.size(); i++) {
      int batch = extension.batch(COUNTS.get(i));
      assertTrue(batch >= COUNTS.get(i) && batch % OtExtension.UNIT == 0);
      int all = batch + OtExtension.UNIT;
      long[] bits = new long[all];
      BitSlice.spread(outcome.hospital().choices.get(i), 0, all, bits, 0);
      int ones = 0;
      for (int j = OtExtension.UNIT; j < all; j++) {
        Block q = Block.of(outcome.vendor().blocks.get(i), j);
        Block t = Block.of(outcome.hospital().blocks.get(i), j);
        Block expected = bits[j] == 1 ? q.xor(delta) : q;
        assertTrue(expected.equals(t), extension.getClass().getSimpleName() + ", COT " + j);
        ones += (int) bits[j];
      }
      // Nine standard deviations: a fair coin fails once in 10^18 runs.
      assertTrue(
          Math.abs(2.0 * ones - batch) < 9 * Math.sqrt(batch),
          ones + " of " + batch + " choices are 1");
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void noBlockComesTwice(OtExtension extension) {
    List<Integer> counts = List.of(1000, 1000);
    var outcome = TwoParties.run(sender(extension, counts), receiver(extension, counts));
    Set<Block> seen = new HashSet<>();
    for (long[] blocks : outcome.vendor().blocks) {
      for (int j = OtExtension.UNIT; j < OtExtension.UNIT + 1000; j++) {
        seen.add(Block.of(blocks, j));
      }
    }
    assertEquals(2000, seen.size());
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void itSendsWhatItDeclares(OtExtension extension) {
    for (List<Integer> counts : List.of(List.<Integer>of(), List.of(1), COUNTS)) {
      OtCost cost = extension.setup();
      for (int count : counts) {
        cost = cost.plus(extension.cost(extension.batch(count)));
      }
      var outcome = TwoParties.run(sender(extension, counts), receiver(extension, counts));
      assertEquals(
          Map.of("vendor>hospital", cost.fromSender(), "hospital>vendor", cost.fromReceiver()),
          outcome.traffic().bytes());
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void itTakesTheRoundsItDeclares(OtExtension extension) {
    var setup = TwoParties.run(sender(extension, List.of()), receiver(extension, List.of()));
    assertEquals(extension.setup().rounds(), setup.traffic().rounds());
    int batch = extension.batch(700);
    long[] q = new long[Block.WORDS * batch];
    long[] t = new long[Block.WORDS * batch];
    var made =
        TwoParties.run(
            wire -> {
              OtExtension.Sender sender = extension.sender(wire);
              TwoParties.restartDepth();
              sender.extend(q, 0, batch);
              return true;
            },
            wire -> {
              OtExtension.Receiver receiver = extension.receiver(wire);
              TwoParties.restartDepth();
              receiver.extend(t, new long[batch / Long.SIZE], 0, batch);
              return true;
            });
    assertEquals(extension.cost(batch).rounds(), made.traffic().rounds());
  }

  /// 24 bytes at every place of a frame: were a message repeated, they would be found.
  @ParameterizedTest
  @MethodSource("extensions")
  void twoRunsShareNoMessage(OtExtension extension) {
    List<Integer> counts = List.of(600, 1);
    Set<String> first = pieces(extension, counts, "run-1");
    Set<String> again = pieces(extension, counts, "run-1");
    Set<String> other = pieces(extension, counts, "run-2");
    assertTrue(first.size() > 100);
    again.retainAll(first);
    assertEquals(Set.of(), again);
    other.retainAll(first);
    assertEquals(Set.of(), other);
  }

  private static Set<String> pieces(OtExtension extension, List<Integer> counts, String run) {
    Set<String> pieces = new HashSet<>();
    for (byte[] frame :
        TwoParties.run(run, sender(extension, counts), receiver(extension, counts)).frames()) {
      for (int at = 16; at + 24 <= frame.length; at += 8) {
        pieces.add(Arrays.toString(Arrays.copyOfRange(frame, at, at + 24)));
      }
    }
    return pieces;
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void anotherLengthIsNamed(OtExtension extension) {
    int most = extension.batch(1) + 1;
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            sender(extension, List.of(most)),
            receiver(extension, List.of(1)));
    assertTrue(
        (failures.vendor() + failures.hospital()).contains(" bytes was due; its program or plan"),
        failures.toString());
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void aTruncatedFrameIsNoticed(OtExtension extension) {
    for (int cut : new int[] {1, 8, 1000}) {
      var failures =
          TwoParties.fail(
              frame -> frame.length > 2000 ? Arrays.copyOf(frame, frame.length - cut) : frame,
              sender(extension, List.of(1000)),
              receiver(extension, List.of(1000)));
      assertTrue(
          failures.vendor().startsWith("hospital ")
              && failures.vendor().matches(".*(closed|cut|broke off|was due|no point).*"),
          failures.toString());
    }
  }
}
