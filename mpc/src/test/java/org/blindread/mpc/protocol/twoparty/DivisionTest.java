package org.blindread.mpc.protocol.twoparty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.ot.SoftSpoken;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Both parties of a division in this JVM, against `Math.floorDiv`.
final class DivisionTest {
  private static final int[] DIVISORS = {2, 3, 7, 49, 100, 1024, 12321, 16383};

  private static final Dialogues PARTIES = new Dialogues(new SoftSpoken());

  @AfterAll
  static void part() {
    PARTIES.close();
  }

  static Stream<Arguments> ringsAndDivisors() {
    return IntStream.of(16, 31, 32, 35, 37, 41, 63, 64)
        .boxed()
        .flatMap(bits -> IntStream.of(DIVISORS).mapToObj(d -> Arguments.of(bits, d)));
  }

  @ParameterizedTest(name = "ℓ={0} d={1}")
  @MethodSource("ringsAndDivisors")
  void theQuotientIsTheFloor(int bits, int divisor) {
    FixedPoint numbers = FixedPoint.of(bits, 7);
    long end = 1L << (bits - 2);
    SplittableRandom random = new SplittableRandom(31L * bits + divisor);
    long[] x = new long[207];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i % 4) {
            // the ends of the range, the multiples of the divisor, 0, and their neighbours
            case 0 -> -end + i / 4;
            case 1 -> end - 1 - i / 4;
            case 2 -> i / 4 % 2 == 0 ? divisor * (long) (i / 8 % 3 - 1) : i / 8 % 7 - 3;
            default -> random.nextLong(-end, end);
          };
    }
    long[] vendors = random.longs(x.length).toArray();
    // Shares that make the most and the least of the wrap.
    for (int i = 0; i < 40; i++) {
      vendors[i] = i % 2 == 0 ? -end : 2 * end - 1;
    }
    check(PARTIES, new Division(numbers, divisor), x, vendors);
  }

  @Test
  void moreElementsThanAChunkHoldsAreDividedAndPriced() {
    Division division = new Division(FixedPoint.of(35, 15), 49);
    SplittableRandom random = new SplittableRandom(7);
    long[] x = random.longs(Elementwise.CHUNK + 13, -1L << 33, 1L << 33).toArray();
    try (Dialogues fresh = new Dialogues(new SoftSpoken())) {
      Traffic before = fresh.traffic();
      check(fresh, division, x, random.longs(x.length).toArray());
      Traffic after = fresh.traffic();
      Script script = new Script(new SoftSpoken());
      division.cost(script, x.length);
      assertEquals(script.endStep(), new Cost(after.rounds(), after.since(before).bytes()));
    }
  }

  private static void check(Dialogues parties, Division division, long[] x, long[] vendors) {
    FixedPoint numbers = division.numbers();
    int divisor = division.divisor();
    long[] hospitals = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      hospitals[i] = x[i] - vendors[i];
    }
    Dialogues.Both<long[]> shares =
        parties.run(talk -> division.run(talk, vendors), talk -> division.run(talk, hospitals));
    for (int i = 0; i < x.length; i++) {
      assertEquals(
          Math.floorDiv(x[i], divisor),
          numbers.signed(shares.vendor()[i] + shares.hospital()[i]),
          "%d / %d, vendor holding %d".formatted(x[i], divisor, vendors[i]));
    }
  }
}
