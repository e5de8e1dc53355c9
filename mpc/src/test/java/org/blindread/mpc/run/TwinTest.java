package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.plain.Overflow;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numeric semantics by hand-computed values, and overflows.
final class TwinTest {
  /// Two channels of one pixel times a 2×2 matrix, then ReLU with truncation by f.
  private static Plan plan(FixedPoint numbers) {
    int f = numbers.fractionBits();
    return new Plan(
        "product",
        numbers,
        List.of(
            new Step(
                "w", new Instruction.Weight("w", Instruction.Role.KERNEL), Shape.of(2, 1, 2), f),
            new Step("x", new Instruction.Input("hospital", "x"), Shape.of(1, 2), f),
            new Step(
                "product",
                new Instruction.Convolve(
                    1, 0, OptionalInt.empty(), Window.of(List.of(1), List.of(1)), 1),
                Shape.of(1, 2),
                2 * f),
            new Step(
                "relu",
                new Instruction.Relu(2, OptionalInt.empty(), OptionalInt.empty(), f),
                Shape.of(1, 2),
                f),
            new Step(
                "out", new Instruction.Output(3, "y", Instruction.Head.NONE), Shape.of(1, 2), f)));
  }

  private static Twin.Result read(FixedPoint numbers, long[] w, long[] x) {
    Twin twin = new Twin(plan(numbers), Map.of("w", new RingTensor(Shape.of(2, 1, 2), w)));
    return twin.read(0, Map.of("x", new RingTensor(Shape.of(1, 2), x)));
  }

  @Test
  void productsAreTruncatedToTheNearestAndNegativesVanish() {
    FixedPoint numbers = FixedPoint.of(32, 4);
    // 1.5·2.25 + 0.5·(−1) = 2.875 → 46; −1·2.25 + 0·(−1) < 0 → 0.
    Twin.Result result = read(numbers, new long[] {24, 8, -16, 0}, new long[] {36, -16});
    assertEquals(List.of(), result.overflows());
    assertEquals(46, result.output("y").values()[0]);
    assertEquals(0, result.output("y").values()[1]);
  }

  @ParameterizedTest
  @CsvSource({"24, 2", "23, 1", "8, 1", "7, 0", "-8, 0", "-9, 0"})
  void theHalfRoundsUp(long product, long expected) {
    Twin.Result result =
        read(FixedPoint.of(32, 4), new long[] {product, 0, 0, 0}, new long[] {1, 0});
    assertEquals(expected, result.output("y").values()[0]);
  }

  @ParameterizedTest
  @CsvSource({"16", "32", "37", "64"})
  void theRangeEndsExactlyAtTwoToTheBitsMinusTwo(int bits) {
    FixedPoint numbers = FixedPoint.of(bits, 4);
    long w = 1L << ((bits - 2) / 2);
    long x = 1L << ((bits - 2) - (bits - 2) / 2);
    assertEquals(
        List.of(),
        read(numbers, new long[] {w, -9, 0, 0}, new long[] {x, 1}).overflows(),
        "below the limit by more than the half fits");
    assertEquals(
        List.of(new Overflow("relu", 1, ((1L << (bits - 2)) - 8) / 256.0)),
        read(numbers, new long[] {w, -8, 0, 0}, new long[] {x, 1}).overflows(),
        "the half of the truncation leaves the range");
    assertEquals(
        List.of(),
        read(numbers, new long[] {-w, 0, 0, 0}, new long[] {x, 1}).overflows(),
        "the lower end belongs to the range");
    List<Overflow> overflows =
        read(numbers, new long[] {w, 0, 0, 0}, new long[] {x, 1}).overflows();
    assertEquals(
        List.of(new Overflow("product", 1, StrictMath.scalb(1.0, bits - 2 - 8))),
        overflows.subList(0, 1));
  }

  @Test
  void aWrapOfSixtyFourBitsIsSeenAndOthersAreNotAccused() {
    FixedPoint numbers = FixedPoint.of(64, 4);
    // Channel 0: 2^40·2^24 = 2^64, which wraps to 0; channel 1: 2^40 − 2^40 = 0 by cancellation.
    Twin.Result result =
        read(
            numbers,
            new long[] {1L << 40, 0, 1L << 40, -(1L << 40)},
            new long[] {1L << 24, 1L << 24});
    assertEquals(
        List.of(new Overflow("product", 1, StrictMath.scalb(1.0, 64 - 8))), result.overflows());
  }

  @Test
  void aMissingWeightIsNamed() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new Twin(plan(FixedPoint.of(32, 4)), Map.of()));
    assertEquals("the plan reads 'w' of shape 2×1×2, given null", error.getMessage());
  }
}
