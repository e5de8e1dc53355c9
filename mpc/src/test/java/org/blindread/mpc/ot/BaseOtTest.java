package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.blindread.mpc.crypto.P256;
import org.blindread.mpc.crypto.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BaseOtTest {
  private static int[] choices(int count) {
    return new SplittableRandom(count).ints(count, 0, 2).toArray();
  }

  private static byte[] bytes(Seed seed) {
    return seed.exposeTo(Seed.Use.PEER);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 128})
  void theReceiverLearnsTheSeedItChoseAndNoOther(int count) {
    int[] choices = choices(count);
    var outcome =
        TwoParties.run(wire -> BaseOt.send(wire, count), wire -> BaseOt.receive(wire, choices));
    for (int j = 0; j < count; j++) {
      BaseOt.Pair pair = outcome.vendor().get(j);
      Seed other = choices[j] == 0 ? pair.one() : pair.zero();
      Seed chosen = choices[j] == 0 ? pair.zero() : pair.one();
      assertArrayEquals(bytes(chosen), bytes(outcome.hospital().get(j)));
      assertFalse(Arrays.equals(bytes(other), bytes(outcome.hospital().get(j))));
    }
  }

  @Test
  void itSendsWhatItDeclares() {
    var outcome =
        TwoParties.run(wire -> BaseOt.send(wire, 128), wire -> BaseOt.receive(wire, choices(128)));
    OtCost cost = BaseOt.cost(128);
    assertEquals(cost.rounds(), outcome.traffic().rounds());
    assertEquals(
        Map.of("vendor>hospital", cost.fromSender(), "hospital>vendor", cost.fromReceiver()),
        outcome.traffic().bytes());
  }

  @Test
  void noTwoTransfersShareASeed() {
    var one =
        TwoParties.run(wire -> BaseOt.send(wire, 5), wire -> BaseOt.receive(wire, choices(5)));
    var two =
        TwoParties.run(wire -> BaseOt.send(wire, 5), wire -> BaseOt.receive(wire, choices(5)));
    long distinct =
        List.of(one, two).stream()
            .flatMap(outcome -> outcome.vendor().stream())
            .flatMap(pair -> List.of(pair.zero(), pair.one()).stream())
            .map(seed -> new BigInteger(bytes(seed)))
            .distinct()
            .count();
    assertEquals(20, distinct);
  }

  private static byte[] offTheCurve() {
    byte[] point = new byte[P256.BYTES];
    point[0] = 2;
    for (int x = 1; x < 128; x++) {
      point[P256.BYTES - 1] = (byte) x;
      if (P256.decode(point).isEmpty()) {
        return point;
      }
    }
    throw new AssertionError("every x is on the curve");
  }

  /// A receiver that sends valid points, but for one.
  private static TwoParties.Task<?> receiverWith(int index, byte[] bad) {
    return wire -> {
      wire.publicCoins("base ot");
      byte[] points = new byte[2 * 4 * P256.BYTES];
      for (int i = 0; i < 8; i++) {
        byte[] point = i == index ? bad : P256.ofGenerator(BigInteger.valueOf(i + 2)).encode();
        System.arraycopy(point, 0, points, i * P256.BYTES, P256.BYTES);
      }
      wire.sendBytes(points);
      return wire.receiveBytes(4 * P256.BYTES);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7})
  void aPointOffTheCurveEndsTheRunOfTheSender(int index) {
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            wire -> BaseOt.send(wire, 4),
            receiverWith(index, offTheCurve()));
    assertEquals(
        "hospital sent a key that is no point of P-256 (number "
            + index
            + " of the base OTs); its program differs or it deviates from the protocol",
        failures.vendor());
  }

  @Test
  void infinityEndsTheRunOfTheSender() {
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            wire -> BaseOt.send(wire, 4),
            receiverWith(2, new byte[P256.BYTES]));
    assertTrue(failures.vendor().contains("no point of P-256 (number 2"), failures.vendor());
  }

  @Test
  void aPointOffTheCurveEndsTheRunOfTheReceiver() {
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            wire -> BaseOt.receive(wire, choices(1)),
            wire -> {
              wire.publicCoins("base ot");
              wire.sendBytes(offTheCurve());
              return wire.receiveBytes(2 * P256.BYTES);
            });
    assertTrue(failures.vendor().contains("no point of P-256 (number 0"), failures.vendor());
  }

  @Test
  void aMessageOfAnotherLengthIsNamed() {
    var failures =
        TwoParties.fail(
            UnaryOperator.identity(),
            wire -> BaseOt.send(wire, 4),
            wire -> BaseOt.receive(wire, choices(3)));
    assertTrue(
        failures.vendor().contains("of 198 bytes where message 536870912 of 264 bytes was due"),
        failures.vendor());
  }

  @Test
  void aTruncatedFrameIsNoticed() {
    var failures =
        TwoParties.fail(
            frame -> Arrays.copyOf(frame, frame.length - 40),
            wire -> BaseOt.send(wire, 4),
            wire -> BaseOt.receive(wire, choices(4)));
    assertEquals("hospital closed the connection", failures.vendor());
  }
}
