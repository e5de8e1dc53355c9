package org.blindread.mpc.protocol.twoparty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.ot.Ferret;
import org.blindread.mpc.ot.Iknp;
import org.blindread.mpc.ot.LpnParameters;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.ot.SoftSpoken;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The elementwise protocols against their formulas, at edges and seeded values of rings from 16 to
/// 64 bits; and their prices against what was sent.
final class ElementwiseTest {
  private static final int[] WIDTHS = {16, 17, 24, 31, 32, 33, 35, 37, 41, 48, 63, 64};
  private static final int SEEDED = 700;

  /// Set up once: base OTs cost more than all the rest.
  private static final Map<OtExtension, Dialogues> PARTIES = new LinkedHashMap<>();

  private static final OtExtension SOFT_SPOKEN = new SoftSpoken();

  private static Dialogues parties(OtExtension source) {
    return PARTIES.computeIfAbsent(source, Dialogues::new);
  }

  @AfterAll
  static void end() {
    PARTIES.values().forEach(Dialogues::close);
    PARTIES.clear();
  }

  static Stream<Arguments> rings() {
    return java.util.Arrays.stream(WIDTHS)
        .boxed()
        .flatMap(
            bits ->
                Stream.of(FixedPoint.Rounding.values())
                    .map(rounding -> new FixedPoint(bits, (bits - 2) / 3, rounding)))
        .flatMap(ring -> Stream.of(Mode.values()).map(mode -> Arguments.of(ring, mode)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rings")
  void aTruncationIsTheTwins(FixedPoint ring, Mode mode) {
    for (int bits : List.of(1, 3, ring.fractionBits(), ring.bits() - 3)) {
      for (Range range : Range.values()) {
        long end = (1L << range.topBit(ring.bits())) - (1L << bits);
        check(
            ring,
            new Truncation(ring, bits, mode, range),
            end,
            x -> ring.truncate(x, bits),
            mode == Mode.FAST ? 1 : 0);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rings")
  void aRectifierIsTheTwins(FixedPoint ring, Mode mode) {
    for (int bits : List.of(0, 1, 4, ring.fractionBits())) {
      for (Range range : Range.values()) {
        long end = (1L << range.topBit(ring.bits())) - (1L << bits);
        check(
            ring,
            new Rectifier(ring, bits, mode, range, new long[0]),
            end,
            x -> x >= 0 ? ring.truncate(x, bits) : 0,
            mode == Mode.FAST && bits > 0 ? 1 : 0);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rings")
  void theLargerOfTwoIsTheTwins(FixedPoint ring, Mode mode) {
    int dropped = mode == Mode.FAST ? ring.fractionBits() : 0;
    long end = (1L << (ring.bits() - 1)) - (1L << dropped);
    check(ring, new Larger(ring, dropped), end, x -> Math.max(x, 0), (1L << dropped) - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theVendorsFlipsTurnTheSign(int flip) {
    FixedPoint ring = FixedPoint.of(37, 12);
    long[] x = {5L << 12, -(5L << 12), 0, -1, 1L << 30, -(1L << 30)};
    long[] flips = {flip, 1 - flip};
    try (Dialogues parties = new Dialogues(new SoftSpoken())) {
      SplittableRandom random = new SplittableRandom(flip);
      long[] vendors = random.longs(x.length).toArray();
      Dialogues.Both<long[]> both =
          parties.run(
              talk ->
                  new Rectifier(ring, 12, Mode.FAITHFUL, Range.HEADROOM, flips).run(talk, vendors),
              talk ->
                  new Rectifier(ring, 12, Mode.FAITHFUL, Range.HEADROOM, new long[0])
                      .run(talk, minus(x, vendors)));
      for (int i = 0; i < x.length; i++) {
        long taken = (x[i] >= 0 ? 1 : 0) ^ flips[i % 2];
        assertEquals(
            taken * ring.truncate(x[i], 12),
            ring.signed(both.vendor()[i] + both.hospital()[i]),
            "x = " + x[i]);
      }
    }
  }

  static Stream<Arguments> sourcesAndCounts() {
    return Stream.of(SOFT_SPOKEN, new Iknp(), new Ferret(LpnParameters.B10))
        .flatMap(
            source ->
                Stream.of(1, 13, 511, 512, 513, 1025, 5000)
                    .map(count -> Arguments.of(source, count)));
  }

  @ParameterizedTest(name = "{0}, {1} elements")
  @MethodSource("sourcesAndCounts")
  void everyProtocolCostsWhatItsScriptSays(OtExtension source, int count) {
    FixedPoint ring = FixedPoint.of(37, 12);
    List<Elementwise> protocols =
        List.of(
            new Truncation(ring, 12, Mode.FAITHFUL, Range.HEADROOM),
            new Truncation(ring, 12, Mode.FAITHFUL, Range.FULL),
            new Truncation(ring, 12, Mode.FAST, Range.HEADROOM),
            new Truncation(ring, 12, Mode.FAST, Range.FULL),
            new Rectifier(ring, 12, Mode.FAITHFUL, Range.FULL, new long[0]),
            new Rectifier(ring, 12, Mode.FAITHFUL, Range.HEADROOM, new long[0]),
            new Rectifier(ring, 12, Mode.FAST, Range.FULL, new long[0]),
            new Rectifier(ring, 0, Mode.FAITHFUL, Range.HEADROOM, new long[0]),
            new Larger(ring, 0),
            new Larger(ring, 12));
    long[] zeros = new long[count];
    Dialogues parties = parties(source);
    parties.run(ElementwiseTest::discard, ElementwiseTest::discard);
    Script script = new Script(source);
    for (Elementwise protocol : protocols) {
      Traffic before = parties.traffic();
      parties.run(talk -> protocol.run(talk, zeros), talk -> protocol.run(talk, zeros));
      Traffic after = parties.traffic();
      protocol.cost(script, count);
      Cost declared = script.endStep();
      String of = protocol + " of " + count;
      assertEquals(declared.rounds(), after.rounds(), of);
      for (String link :
          List.of(Party.VENDOR.to(Party.HOSPITAL), Party.HOSPITAL.to(Party.VENDOR))) {
        assertEquals(
            declared.bytes().getOrDefault(link, 0L),
            after.bytes().get(link) - before.bytes().get(link),
            of + ", " + link);
      }
    }
  }

  private static long[] discard(Dialogue talk) {
    talk.ot().discardStock();
    return new long[0];
  }

  /// @param end values lie in −end … end − 1
  /// @param error how far a result may lie from the truth
  private static void check(
      FixedPoint ring, Elementwise protocol, long end, LongUnaryOperator truth, long error) {
    SplittableRandom random = new SplittableRandom(ring.bits());
    long[] edges = {0, 1, -1, 2, -2, end - 1, -end, end / 2, -end / 2, end - 2, 1 - end};
    long[] x = new long[edges.length + SEEDED];
    for (int i = 0; i < x.length; i++) {
      // Of every magnitude as many.
      long seeded = random.nextLong(-end, end) >> random.nextInt(ring.bits());
      x[i] = i < edges.length ? edges[i] : seeded;
    }
    long[] vendors = random.longs(x.length).toArray();
    Dialogues.Both<long[]> both =
        parties(SOFT_SPOKEN)
            .run(
                talk -> protocol.run(talk, vendors), talk -> protocol.run(talk, minus(x, vendors)));
    for (int i = 0; i < x.length; i++) {
      long got = ring.signed(both.vendor()[i] + both.hospital()[i]);
      long due = truth.applyAsLong(x[i]);
      assertTrue(
          Math.abs(got - due) <= error, "%s of %d: %d, not %d".formatted(protocol, x[i], got, due));
    }
  }

  private static long[] minus(long[] x, long[] y) {
    long[] difference = new long[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return difference;
  }
}
