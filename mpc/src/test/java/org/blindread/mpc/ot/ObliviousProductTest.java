package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ObliviousProductTest {
  /// A product, its operands, and what the vendor's and the hospital's part gave and sent.
  private record Case(ObliviousProduct product, long[] w, long[] x) {}

  private record Half(long[] share, Traffic traffic) {}

  private record Shared(Case of, Half vendor, Half hospital) {
    long[] opened() {
      long mask = Planes.lowBits(of.product.bits());
      assertTrue(
          LongStream.concat(Arrays.stream(vendor.share), Arrays.stream(hospital.share))
              .allMatch(share -> (share & ~mask) == 0),
          "shares are reduced");
      long[] sum = new long[vendor.share.length];
      Arrays.setAll(sum, k -> vendor.share[k] + hospital.share[k] & mask);
      return sum;
    }
  }

  private interface Part {
    long[] run(TwoWayOt ot, Case one) throws ProtocolException;
  }

  /// Multiplies all cases one after another over one set-up, COTs in stock.
  private static List<Shared> multiply(OtExtension extension, List<Case> cases) {
    var outcome =
        TwoParties.run(
            halves(extension, cases, true, (ot, one) -> one.product.vendor(ot, one.w)),
            halves(extension, cases, false, (ot, one) -> one.product.hospital(ot, one.x)));
    List<Shared> shared = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      shared.add(new Shared(cases.get(i), outcome.vendor().get(i), outcome.hospital().get(i)));
    }
    return shared;
  }

  private static TwoParties.Task<List<Half>> halves(
      OtExtension extension, List<Case> cases, boolean vendor, Part part) {
    return wire -> {
      TwoWayOt ot = TwoWayOt.over(extension, wire);
      List<Half> halves = new ArrayList<>();
      for (Case one : cases) {
        int cots = one.product.cots();
        boolean sends = vendor == one.product.vendorSends();
        ot.prepare(sends ? cots : 0, sends ? 0 : cots);
        TwoParties.restartDepth();
        Traffic before = TwoParties.trafficSoFar();
        long[] share = part.run(ot, one);
        halves.add(new Half(share, TwoParties.trafficSoFar().since(before)));
      }
      return halves;
    };
  }

  private static long[] plain(Case one) {
    ObliviousProduct p = one.product;
    long mask = Planes.lowBits(p.bits());
    long[] y = new long[p.groups() * p.rows() * p.columns()];
    for (int g = 0; g < p.groups(); g++) {
      for (int row = 0; row < p.rows(); row++) {
        for (int column = 0; column < p.columns(); column++) {
          long sum = 0;
          for (int k = 0; k < p.inner(); k++) {
            sum +=
                one.w[(g * p.rows() + row) * p.inner() + k]
                    * one.x[(g * p.inner() + k) * p.columns() + column];
          }
          y[(g * p.rows() + row) * p.columns() + column] = sum & mask;
        }
      }
    }
    return y;
  }

  private static Case random(ObliviousProduct p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Case(
        p,
        random.longs((long) p.groups() * p.rows() * p.inner()).toArray(),
        random.longs((long) p.groups() * p.inner() * p.columns()).toArray());
  }

  @Test
  void productsByHandAreRight() {
    long[] w = {1, 2, 3, 4};
    long[] x = {5, 6, 7, 8};
    List<Case> cases =
        List.of(
            new Case(new ObliviousProduct(1, 2, 2, 2, 32), w, x),
            new Case(new ObliviousProduct(1, 4, 1, 1, 16), w, new long[] {-3}),
            new Case(new ObliviousProduct(1, 1, 4, 1, 64), w, x),
            new Case(new ObliviousProduct(1, 1, 1, 1, 64), new long[] {1L << 63}, new long[] {-1}),
            new Case(new ObliviousProduct(2, 1, 2, 1, 8), w, new long[] {-1, 1, 100, 200}),
            new Case(new ObliviousProduct(1, 1, 1, 1, 1), new long[] {1}, new long[] {1}));
    List<Shared> shared = multiply(new SoftSpoken(), cases);
    assertArrayEquals(new long[] {19, 22, 43, 50}, shared.get(0).opened());
    assertArrayEquals(new long[] {65533, 65530, 65527, 65524}, shared.get(1).opened());
    assertArrayEquals(new long[] {70}, shared.get(2).opened());
    assertArrayEquals(new long[] {1L << 63}, shared.get(3).opened());
    assertArrayEquals(new long[] {1, 1100 % 256}, shared.get(4).opened());
    assertArrayEquals(new long[] {1}, shared.get(5).opened());
  }

  static Stream<OtExtension> extensions() {
    return OtExtensionTest.extensions();
  }

  /// Over both directions, shapes that fill units and pieces or do not, and every kind of ℓ.
  @ParameterizedTest
  @MethodSource("extensions")
  void sharesAddUpToTheProductAtTheDeclaredCost(OtExtension extension) {
    List<Case> cases = new ArrayList<>();
    List<ObliviousProduct> edges =
        List.of(
            new ObliviousProduct(1, 1, 1, 1, 16),
            new ObliviousProduct(1, 13, 127, 1, 32),
            new ObliviousProduct(1, 1, 129, 7, 37),
            new ObliviousProduct(1, 4, 128, 5, 64), // 512 elements: a whole unit
            new ObliviousProduct(1, 3, 171, 3, 33), // 513
            new ObliviousProduct(13, 1, 9, 50, 32), // depthwise
            new ObliviousProduct(1, 2, 3, 9001, 64), // one OT is longer than a piece
            new ObliviousProduct(1, 9001, 2, 1, 17));
    for (ObliviousProduct edge : edges) {
      cases.add(random(edge, cases.size()));
    }
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      var product =
          new ObliviousProduct(
              random.nextInt(1, 4),
              random.nextInt(1, 40),
              random.nextInt(1, 40),
              random.nextInt(1, 40),
              random.nextInt(16, 65));
      cases.add(random(product, seed));
    }
    for (Shared shared : multiply(extension, cases)) {
      ObliviousProduct p = shared.of.product;
      assertArrayEquals(plain(shared.of), shared.opened(), p::toString);
      Half sender = p.vendorSends() ? shared.vendor : shared.hospital;
      Half receiver = p.vendorSends() ? shared.hospital : shared.vendor;
      int rounds = sender.traffic.beside(receiver.traffic).rounds();
      long sent = sender.traffic.totalBytes();
      assertEquals(p.cost(), new OtCost(rounds, sent, receiver.traffic.totalBytes()), p::toString);
    }
  }

  /// The cost of SCI's matrix product is ℓλ + m·ℓ(ℓ+1)/2 bits for every element that chooses (as
  /// read from its code); here λ is the extension's, and a choice's bit is added.
  @Test
  void theCostIsThatOfThePaper() {
    var product = new ObliviousProduct(1, 64, 576, 3136, 32);
    long elements = 64 * 576;
    assertFalse(product.vendorSends());
    assertEquals(32 * elements, product.cots());
    assertEquals(
        new OtCost(2, elements * 3136 * (32 * 33 / 2) / 8, 32 * elements / 8), product.cost());
  }

  /// No pad serves twice: shares of nothing but zeros are all different, and new each time.
  @Test
  void sharesOfZeroAreRandom() {
    var dense = new ObliviousProduct(2, 20, 2, 30, 64);
    var turned = new ObliviousProduct(2, 30, 2, 20, 64);
    List<Case> cases = new ArrayList<>();
    for (ObliviousProduct p : List.of(dense, dense, turned, turned)) {
      cases.add(
          new Case(p, new long[p.groups() * p.rows() * p.inner()], new long[2 * 2 * p.columns()]));
    }
    long[] shares =
        multiply(new SoftSpoken(), cases).stream()
            .flatMapToLong(shared -> Arrays.stream(shared.vendor.share))
            .toArray();
    assertEquals(4 * 2 * 20 * 30, shares.length);
    assertEquals(shares.length, Arrays.stream(shares).distinct().count());
  }

  /// Equal operands at every place give messages without a repeated word.
  @Test
  void messagesOfEqualOperandsDiffer() {
    var product = new ObliviousProduct(1, 8, 16, 64, 64);
    long[] w = new long[8 * 16];
    long[] x = new long[16 * 64];
    Arrays.fill(w, 5);
    Arrays.fill(x, 7);
    var outcome =
        TwoParties.run(
            wire -> {
              OtReceiver ot = OtReceiver.over(new SoftSpoken(), wire);
              Cots.Received cots = ot.choose(Planes.ofLowBits(w, w.length, 64));
              assertEquals(product.cots(), cots.count());
              List<Long> words = new ArrayList<>();
              for (int i = 0; i < 64; i++) {
                // the messages of bit i in one piece: 128 OTs of 64 − i words
                long[] z = ot.wire().receiveElements(128 * (64 - i), Long.BYTES);
                Arrays.stream(z).forEach(words::add);
              }
              return words;
            },
            wire -> {
              OtSender ot = OtSender.over(new SoftSpoken(), wire);
              return new Gilboa(1, 8, 16, 64, 64).send(ot, x);
            });
    assertEquals(product.cost().fromSender() / Long.BYTES, outcome.vendor().size());
    assertEquals(outcome.vendor().size(), outcome.vendor().stream().distinct().count());
  }

  @Test
  void aPeerWithAnotherShapeIsNamed() {
    var mine = new ObliviousProduct(1, 2, 3, 40, 32);
    var theirs = new ObliviousProduct(1, 2, 3, 41, 32);
    String refusal =
        TwoParties.fail(
                UnaryOperator.identity(),
                wire -> mine.vendor(TwoWayOt.over(new SoftSpoken(), wire), new long[6]),
                wire -> theirs.hospital(TwoWayOt.over(new SoftSpoken(), wire), new long[123]))
            .vendor();
    assertTrue(
        refusal.matches(
            "hospital sent message \\d+ of 1008 bytes where message \\d+ of 960 bytes was due; its program or plan differs, or it deviates from the protocol"),
        refusal);
  }

  @Test
  void aPeerWithOtherChoicesIsNamed() {
    var mine = new ObliviousProduct(1, 40, 3, 2, 32);
    var theirs = new ObliviousProduct(1, 40, 3, 2, 33);
    String refusal =
        TwoParties.fail(
                UnaryOperator.identity(),
                wire -> {
                  TwoWayOt ot = TwoWayOt.over(new SoftSpoken(), wire);
                  ot.prepare(33 * 512, 0);
                  return mine.vendor(ot, new long[120]);
                },
                wire -> {
                  TwoWayOt ot = TwoWayOt.over(new SoftSpoken(), wire);
                  ot.prepare(0, 33 * 512);
                  return theirs.hospital(ot, new long[6]);
                })
            .vendor();
    assertTrue(
        refusal.matches(
            "hospital sent message \\d+ of 2112 bytes where message \\d+ of 2048 bytes was due; .*"),
        refusal);
  }

  @Test
  void aPeerThatStopsEndsTheProduct() {
    var product = new ObliviousProduct(1, 2, 3, 40, 32);
    String refusal =
        TwoParties.fail(
                UnaryOperator.identity(),
                wire -> product.vendor(TwoWayOt.over(new SoftSpoken(), wire), new long[6]),
                wire -> TwoWayOt.over(new SoftSpoken(), wire))
            .vendor();
    assertEquals("hospital closed the connection", refusal);
  }

  @Test
  void whatIsNoProductIsRefused() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> new ObliviousProduct(1, 0, 3, 4, 32));
    assertEquals(
        "1 products of 0×3 by 3×4 modulo 2^32; extents are at least 1, ℓ is 1 … 64",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ObliviousProduct(1, 1, 1, 1, 65));
    var large =
        assertThrows(
            IllegalArgumentException.class, () -> new ObliviousProduct(1, 1024, 1024, 1024, 64));
    assertTrue(
        large.getMessage().endsWith("split them, or multiply under encryption"),
        large.getMessage());
  }

  @Test
  void operandsOfOtherLengthsAreRefusedBeforeAnythingIsSent() {
    var product = new ObliviousProduct(2, 2, 3, 4, 32);
    var outcome =
        TwoParties.run(
            wire -> {
              TwoWayOt ot = TwoWayOt.over(new SoftSpoken(), wire);
              return assertThrows(
                      IllegalArgumentException.class, () -> product.vendor(ot, new long[13]))
                  .getMessage();
            },
            wire -> {
              TwoWayOt ot = TwoWayOt.over(new SoftSpoken(), wire);
              return assertThrows(
                      IllegalArgumentException.class, () -> product.hospital(ot, new long[12]))
                  .getMessage();
            });
    assertEquals("W has 13 elements where 2 groups of 2×3 are due", outcome.vendor());
    assertEquals("X has 12 elements where 2 groups of 3×4 are due", outcome.hospital());
  }
}
