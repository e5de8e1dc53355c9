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

/// Both parties of a tournament in this JVM, against a loop over the values in the clear.
final class TournamentTest {
  private static final int ROWS = 13;

  private static final Dialogues PARTIES = new Dialogues(new SoftSpoken());

  @AfterAll
  static void part() {
    PARTIES.close();
  }

  static Stream<Arguments> ringsAndExtents() {
    return IntStream.of(16, 35, 64)
        .boxed()
        .flatMap(bits -> IntStream.of(1, 2, 3, 5, 8, 14, 33).mapToObj(n -> Arguments.of(bits, n)));
  }

  @ParameterizedTest(name = "ℓ={0}, {1} values a row")
  @MethodSource("ringsAndExtents")
  void theFirstOfTheLargestWins(int bits, int extent) {
    FixedPoint numbers = FixedPoint.of(bits, 7);
    long end = 1L << (bits - 2);
    SplittableRandom random = new SplittableRandom(31L * bits + extent);
    long[] x = new long[ROWS * extent];
    for (int i = 0; i < x.length; i++) {
      // Rows of one value, of few values with many ties, of the ends of the range, of any.
      x[i] =
          switch (i / extent % 4) {
            case 0 -> -5;
            case 1 -> random.nextInt(-1, 2);
            case 2 -> random.nextBoolean() ? -end : end - 1;
            default -> random.nextLong(-end, end);
          };
    }
    check(PARTIES, new Tournament(numbers, extent), x, random);
  }

  @Test
  void moreMatchesThanAChunkHoldsArePlayedAndPriced() {
    Tournament tournament = new Tournament(FixedPoint.of(16, 7), 3);
    int rows = Elementwise.CHUNK + 13;
    SplittableRandom random = new SplittableRandom(7);
    long[] x = random.longs(3L * rows, -4, 4).toArray();
    try (Dialogues fresh = new Dialogues(new SoftSpoken())) {
      Traffic before = fresh.traffic();
      check(fresh, tournament, x, random);
      Traffic after = fresh.traffic();
      Script script = new Script(new SoftSpoken());
      tournament.cost(script, rows);
      assertEquals(script.endStep(), new Cost(after.rounds(), after.since(before).bytes()));
    }
  }

  private static void check(
      Dialogues parties, Tournament tournament, long[] x, SplittableRandom random) {
    int extent = tournament.extent();
    long[] vendors = random.longs(x.length).toArray();
    long[] hospitals = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      hospitals[i] = x[i] - vendors[i];
    }
    Dialogues.Both<long[]> shares =
        parties.run(talk -> tournament.run(talk, vendors), talk -> tournament.run(talk, hospitals));
    for (int row = 0; row < x.length / extent; row++) {
      int largest = 0;
      for (int k = 1; k < extent; k++) {
        if (x[row * extent + k] > x[row * extent + largest]) {
          largest = k;
        }
      }
      assertEquals(
          largest,
          tournament.numbers().signed(shares.vendor()[row] + shares.hospital()[row]),
          "row " + row);
    }
  }
}
