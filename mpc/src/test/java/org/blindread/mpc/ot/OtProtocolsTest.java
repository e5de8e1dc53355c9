package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.tensor.kernel.BitSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is made of COTs, over every source of them.
final class OtProtocolsTest {
  private static final List<Integer> COUNTS = List.of(1, 13, 127, 128, 129, 1000, (1 << 16) + 7);

  static Stream<OtExtension> extensions() {
    return OtExtensionTest.extensions();
  }

  private interface Sending<T> {
    T run(OtSender ot, int i) throws ProtocolException;
  }

  private interface Receiving<T> {
    T run(OtReceiver ot, int i) throws ProtocolException;
  }

  /// What both programs gave for one of the counts, and what they sent for it.
  private record Step<S, R>(S sent, R received, OtCost cost) {}

  private record Half<T>(T result, Traffic traffic) {}

  /// Runs both programs for each of the counts, over one set-up and with COTs in stock, so that
  /// traffic is their own.
  private static <S, R> List<Step<S, R>> run(
      OtExtension extension, IntUnaryOperator cots, Sending<S> sending, Receiving<R> receiving) {
    var outcome =
        TwoParties.run(
            wire -> {
              OtSender ot = OtSender.over(extension, wire);
              List<Half<S>> halves = new ArrayList<>();
              for (int i = 0; i < COUNTS.size(); i++) {
                ot.prepare(cots.applyAsInt(i));
                TwoParties.restartDepth();
                Traffic before = TwoParties.trafficSoFar();
                S result = sending.run(ot, i);
                halves.add(new Half<>(result, TwoParties.trafficSoFar().since(before)));
              }
              return halves;
            },
            wire -> {
              OtReceiver ot = OtReceiver.over(extension, wire);
              List<Half<R>> halves = new ArrayList<>();
              for (int i = 0; i < COUNTS.size(); i++) {
                ot.prepare(cots.applyAsInt(i));
                TwoParties.restartDepth();
                Traffic before = TwoParties.trafficSoFar();
                R result = receiving.run(ot, i);
                halves.add(new Half<>(result, TwoParties.trafficSoFar().since(before)));
              }
              return halves;
            });
    List<Step<S, R>> steps = new ArrayList<>();
    for (int i = 0; i < COUNTS.size(); i++) {
      Half<S> sent = outcome.vendor().get(i);
      Half<R> received = outcome.hospital().get(i);
      OtCost cost =
          new OtCost(
              sent.traffic.beside(received.traffic).rounds(),
              sent.traffic.totalBytes(),
              received.traffic.totalBytes());
      steps.add(new Step<>(sent.result, received.result, cost));
    }
    return steps;
  }

  private static void assertCosts(IntFunction<OtCost> declared, List<? extends Step<?, ?>> steps) {
    for (int i = 0; i < steps.size(); i++) {
      assertEquals(declared.apply(i), steps.get(i).cost());
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void aRandomOtGivesTheReceiverTheWordOfItsChoice(OtExtension extension) {
    var steps =
        run(
            extension,
            COUNTS::get,
            (ot, i) -> RandomOt.send(ot, COUNTS.get(i)),
            (ot, i) -> RandomOt.receive(ot, COUNTS.get(i)));
    assertCosts(i -> OtCost.NONE, steps);
    for (int i = 0; i < COUNTS.size(); i++) {
      int n = OtExtension.units(COUNTS.get(i));
      RandomOt.Pairs pairs = steps.get(i).sent;
      RandomOt.Picked picked = steps.get(i).received;
      long[] choices = new long[n];
      BitSlice.spread(picked.choices(), 0, n, choices, 0);
      for (int j = 0; j < n; j++) {
        long zero = pairs.zero()[j];
        long one = pairs.one()[j];
        assertTrue(zero != one, "words of transfer " + j);
        assertEquals(choices[j] == 0 ? zero : one, picked.values()[j]);
      }
    }
  }

  private static long[] random(int i, int purpose, int length) {
    return new SplittableRandom(16L * i + purpose).longs(length).toArray();
  }

  private static long[] choices(int i) {
    return new SplittableRandom(i).longs(COUNTS.get(i), 0, 2).toArray();
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void theReceiverOfAChosenOtLearnsTheMessageOfItsChoice(OtExtension extension) {
    List<Integer> bytesEach = List.of(8, 1, 2, 3, 4, 5, 8);
    var steps =
        run(
            extension,
            COUNTS::get,
            (ot, i) -> {
              long[] zero = random(i, 0, COUNTS.get(i));
              long[] one = random(i, 1, COUNTS.get(i));
              ChosenOt.send(ot, zero, one, bytesEach.get(i));
              return true;
            },
            (ot, i) -> ChosenOt.receive(ot, choices(i), bytesEach.get(i)));
    assertCosts(i -> ChosenOt.cost(COUNTS.get(i), bytesEach.get(i)), steps);
    for (int i = 0; i < COUNTS.size(); i++) {
      long mask = -1L >>> (64 - 8 * bytesEach.get(i));
      long[] zero = random(i, 0, COUNTS.get(i));
      long[] one = random(i, 1, COUNTS.get(i));
      long[] choices = choices(i);
      for (int j = 0; j < COUNTS.get(i); j++) {
        long expected = choices[j] == 0 ? zero[j] : one[j];
        assertEquals(expected & mask, steps.get(i).received[j]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void sharesOfACorrelatedOtAddUpToTheProduct(OtExtension extension) {
    List<Integer> bits = List.of(64, 32, 37, 1, 8, 41, 63);
    var steps =
        run(
            extension,
            COUNTS::get,
            (ot, i) -> CorrelatedOt.send(ot, random(i, 0, COUNTS.get(i)), bits.get(i)),
            (ot, i) -> CorrelatedOt.receive(ot, choices(i), bits.get(i)));
    assertCosts(i -> CorrelatedOt.cost(COUNTS.get(i), bits.get(i)), steps);
    for (int i = 0; i < COUNTS.size(); i++) {
      long mask = -1L >>> (64 - bits.get(i));
      long[] delta = random(i, 0, COUNTS.get(i));
      long[] choices = choices(i);
      for (int j = 0; j < COUNTS.get(i); j++) {
        long mine = steps.get(i).sent[j];
        long theirs = steps.get(i).received[j];
        assertEquals(choices[j] * delta[j] & mask, (mine + theirs) & mask);
        assertEquals(0, (mine | theirs) & ~mask);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void theReceiverOfAOneOfManyOtLearnsTheRowOfItsChoice(OtExtension extension) {
    List<OneOfManyOt> shapes =
        List.of(
            new OneOfManyOt(4, 2),
            new OneOfManyOt(1, 1),
            new OneOfManyOt(2, 1),
            new OneOfManyOt(8, 3),
            new OneOfManyOt(4, 1),
            new OneOfManyOt(3, 64),
            new OneOfManyOt(4, 2));
    IntFunction<long[]> table =
        i -> {
          OneOfManyOt shape = shapes.get(i);
          int planes = shape.messageBits() << shape.choiceBits();
          return random(i, 0, planes * BitSlice.words(COUNTS.get(i)));
        };
    IntFunction<long[]> choices =
        i -> random(i, 1, shapes.get(i).choiceBits() * BitSlice.words(COUNTS.get(i)));
    var steps =
        run(
            extension,
            i -> shapes.get(i).cots(COUNTS.get(i)),
            (ot, i) -> {
              shapes.get(i).send(ot, table.apply(i), COUNTS.get(i));
              return true;
            },
            (ot, i) -> shapes.get(i).receive(ot, choices.apply(i), COUNTS.get(i)));
    assertCosts(i -> shapes.get(i).cost(COUNTS.get(i)), steps);
    for (int i = 0; i < COUNTS.size(); i++) {
      assertRows(
          shapes.get(i), COUNTS.get(i), table.apply(i), choices.apply(i), steps.get(i).received);
    }
  }

  private static void assertRows(
      OneOfManyOt shape, int count, long[] table, long[] choices, long[] rows) {
    int words = BitSlice.words(count);
    for (int word = 0; word < words; word++) {
      for (int bit = 0; bit < 64; bit++) {
        int x = 0;
        for (int b = 0; b < shape.choiceBits(); b++) {
          x |= (int) (choices[b * words + word] >>> bit & 1) << b;
        }
        for (int k = 0; k < shape.messageBits(); k++) {
          long expected = table[(x * shape.messageBits() + k) * words + word] >>> bit & 1;
          assertEquals(expected, rows[k * words + word] >>> bit & 1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void bitTriplesMultiply(OtExtension extension) {
    TwoParties.Task<List<BitTriples>> program =
        wire -> {
          TwoWayOt ot = TwoWayOt.over(extension, wire);
          List<BitTriples> made = new ArrayList<>();
          for (int count : COUNTS) {
            made.add(BitTriples.make(ot, count, 1));
          }
          return made;
        };
    var outcome = TwoParties.run(program, program);
    for (int i = 0; i < COUNTS.size(); i++) {
      BitTriples mine = outcome.vendor().get(i);
      BitTriples theirs = outcome.hospital().get(i);
      assertEquals(OtExtension.units(COUNTS.get(i)), mine.count());
      long[] expected = new long[mine.count() / 64];
      long[] found = new long[mine.count() / 64];
      int ones = 0;
      for (int w = 0; w < expected.length; w++) {
        expected[w] = (mine.a()[w] ^ theirs.a()[w]) & (mine.b()[w] ^ theirs.b()[w]);
        found[w] = mine.c()[w] ^ theirs.c()[w];
        ones += Long.bitCount(mine.b()[w]) + Long.bitCount(theirs.b()[w]);
      }
      assertArrayEquals(expected, found);
      assertTrue(
          Math.abs(ones - mine.count()) < 9 * Math.sqrt(mine.count() / 2.0),
          ones + " of " + 2 * mine.count() + " bits are 1");
    }
  }

  /// A stock is refilled only when it is empty, and what is left is used.
  @Test
  void everyCotIsUsedOnce() {
    OtExtension extension = new SoftSpoken();
    var outcome =
        TwoParties.run(
            wire -> {
              OtSender ot = OtSender.over(extension, wire);
              List<Integer> made = new ArrayList<>();
              List<Cots.Sent> cots = new ArrayList<>();
              made.add(ot.prepare(2000));
              for (int count : new int[] {1, 1000, 513, 600}) {
                made.add(ot.prepare(count));
                cots.add(kept(ot.take(count)));
              }
              assertEquals(List.of(2048, 0, 0, 512, 1024), made);
              long next = 0;
              for (Cots.Sent some : cots) {
                assertEquals(next, some.first());
                next += some.count();
              }
              return cots;
            },
            wire -> {
              OtReceiver ot = OtReceiver.over(extension, wire);
              List<Cots.Received> cots = new ArrayList<>();
              ot.prepare(2000);
              for (int count : new int[] {1, 1000, 513, 600}) {
                cots.add(kept(ot.take(count)));
              }
              return cots;
            });
    for (int i = 0; i < 4; i++) {
      Cots.Sent sent = outcome.vendor().get(i);
      Cots.Received got = outcome.hospital().get(i);
      long[] bits = new long[sent.count()];
      BitSlice.spread(got.choicePlane(), 0, sent.count(), bits, 0);
      for (int j = 0; j < sent.count(); j++) {
        long expected = sent.blocks()[2 * (sent.from() + j)] ^ (-bits[j] & sent.delta().low());
        assertEquals(expected, got.blocks()[2 * (got.from() + j)]);
      }
    }
  }

  private static Cots.Sent kept(Cots.Sent cots) {
    return new Cots.Sent(
        cots.delta(), cots.first(), cots.count(), cots.blocks().clone(), cots.from());
  }

  private static Cots.Received kept(Cots.Received cots) {
    return new Cots.Received(
        cots.choicePlane(), 0, cots.first(), cots.count(), cots.blocks().clone(), cots.from());
  }

  /// The hash of a direction refuses COTs that were hashed before: their pads would repeat.
  @Test
  void aCotHashedTwiceIsAnError() {
    var outcome =
        TwoParties.run(
            wire -> {
              OtSender ot = OtSender.over(new Iknp(), wire);
              Cots.Sent cots = ot.take(1000);
              RandomOt.pads(ot, cots);
              return assertThrows(IllegalStateException.class, () -> RandomOt.pads(ot, cots))
                  .getMessage();
            },
            wire -> RandomOt.receive(OtReceiver.over(new Iknp(), wire), 1000));
    assertTrue(
        outcome.vendor().startsWith("tweak 0 was used already, the next free one is 1024"),
        outcome.vendor());
  }

  @Test
  void aPeerWithOtherCountsIsNamed() {
    long[] three = new long[3];
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            wire -> {
              ChosenOt.send(OtSender.over(new Iknp(), wire), three, three, 8);
              return true;
            },
            wire -> ChosenOt.receive(OtReceiver.over(new Iknp(), wire), new long[2], 8));
    assertTrue(
        failures.hospital().contains("of 48 bytes where message 536870913 of 32 bytes was due"),
        failures.hospital());
  }

  @Test
  void whatIsNoShapeOrChoiceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new OneOfManyOt(9, 1));
    assertThrows(IllegalArgumentException.class, () -> new OneOfManyOt(4, 0));
    var error =
        assertThrows(IllegalArgumentException.class, () -> Planes.ofBits(new long[] {0, 1, 2}));
    assertEquals("choices are 0 or 1", error.getMessage());
  }
}
