package org.blindread.mpc.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextTest {
  private static final FixedPoint NUMBERS = FixedPoint.of(64, 20);

  private static final String NOISE = "%[]\",=-0123456789\\ \n×@";

  /// A convolution with bias and a ReLU with thresholds.
  static Plan tiny() {
    Window window = Window.square(3, 1, 1);
    return new Plan(
        "tiny",
        NUMBERS,
        List.of(
            step("conv", new Instruction.Weight("conv.kernel", Role.KERNEL), 20, 4, 3, 3, 1),
            step("conv", new Instruction.Weight("conv.bias", Role.BIAS), 40, 4),
            step("relu", new Instruction.Weight("relu.offset", Role.OFFSET), 40, 4),
            step("relu", new Instruction.Weight("relu.flips", Role.FLIPS), 0, 4),
            step("image", new Instruction.Input("P2", "image"), 20, 8, 6, 1),
            step("conv", new Instruction.Convolve(4, 0, OptionalInt.of(1), window, 1), 40, 8, 6, 4),
            step(
                "relu",
                new Instruction.Relu(5, OptionalInt.of(2), OptionalInt.of(3), 20),
                20,
                8,
                6,
                4),
            step("out", new Instruction.Output(6, "out", Head.SIGMOID), 20, 8, 6, 4)));
  }

  /// Every instruction once, and names that need quoting.
  static Plan everything() {
    List<Step> steps = new ArrayList<>();
    steps.add(step("a", new Instruction.Weight("k \"1\" \\ µ\n%0 =", Role.KERNEL), 12, 2, 1, 1, 2));
    steps.add(step("in", new Instruction.Input("the hospital", "x: y"), 12, 2, 3, 2));
    steps.add(
        step(
            "a",
            new Instruction.Convolve(
                1, 0, OptionalInt.empty(), Window.of(List.of(1, 1), List.of(1, 1)), 1),
            24,
            2,
            3,
            2));
    steps.add(step("b", new Instruction.Truncate(2, 12), 12, 2, 3, 2));
    steps.add(step("c", new Instruction.Add(3, 1), 12, 2, 3, 2));
    steps.add(step("d", new Instruction.Subtract(4, 1), 12, 2, 3, 2));
    steps.add(
        step("e", new Instruction.Scale(5, List.of(1L, -2L, 3L, 4L, 5L, 6L), 3), 15, 2, 3, 2));
    steps.add(step("f", new Instruction.Offset(6, Long.MIN_VALUE), 15, 2, 3, 2));
    steps.add(
        step(
            "g", new Instruction.SumPool(7, Window.of(List.of(2, 1), List.of(1, 1))), 15, 1, 3, 2));
    steps.add(
        step("h", new Instruction.Pad(8, List.of(0, 1, 0), List.of(0, 0, 2), -7), 15, 1, 4, 4));
    steps.add(step("i", new Instruction.Take(9, 1, List.of(3, 0, 3)), 15, 1, 3, 4));
    steps.add(step("j", new Instruction.Concat(List.of(10, 10, 9), 1), 15, 1, 10, 4));
    steps.add(step("k", new Instruction.Reshape(11, Shape.of(5, 8)), 15, 5, 8));
    steps.add(step("l", new Instruction.Permute(12, List.of(1, 0)), 15, 8, 5));
    steps.add(step("m", new Instruction.Maximum(13, 13), 15, 8, 5));
    steps.add(
        step("n", new Instruction.Relu(14, OptionalInt.empty(), OptionalInt.empty(), 3), 12, 8, 5));
    steps.add(step("o", new Instruction.Output(15, "y", Head.SOFTMAX), 12, 8, 5));
    steps.add(step("p", new Instruction.Output(14, "z", Head.NONE), 15, 8, 5));
    steps.add(step("q", new Instruction.Divide(14, 49), 15, 8, 5));
    steps.add(step("r", new Instruction.ArgMax(18), 0, 8, 1));
    steps.add(step("s", new Instruction.Output(19, "label", Head.NONE), 0, 8, 1));
    return new Plan("every \"one\"", new FixedPoint(41, 12, FixedPoint.Rounding.FLOOR), steps);
  }

  static Step step(String layer, Instruction instruction, int scale, int... extents) {
    return new Step(layer, instruction, Shape.of(extents), scale);
  }

  @Test
  void theTextOfATinyModelIsAsAgreed() {
    assertEquals(
        """
        blindread-plan 1
        name "tiny"
        numbers bits=64 scale=20 rounding=nearest
        %0 = weight "conv.kernel" role=kernel : 4×3×3×1 @20 "conv"
        %1 = weight "conv.bias" role=bias : 4 @40 "conv"
        %2 = weight "relu.offset" role=offset : 4 @40 "relu"
        %3 = weight "relu.flips" role=flips : 4 @0 "relu"
        %4 = input "image" owner="P2" : 8×6×1 @20 "image"
        %5 = convolve %4 %0 bias=%1 kernel=[3,3] stride=[1,1] low=[1,1] high=[1,1] dilation=[1,1] groups=1 : 8×6×4 @40 "conv"
        %6 = relu %5 offset=%2 flips=%3 bits=20 : 8×6×4 @20 "relu"
        %7 = output %6 name="out" head=sigmoid : 8×6×4 @20 "out"
        """,
        PlanText.print(tiny()));
  }

  @Test
  void theTextOfEveryInstructionIsAsAgreed() {
    assertEquals(
        """
        blindread-plan 1
        name "every \\"one\\""
        numbers bits=41 scale=12 rounding=floor
        %0 = weight "k \\"1\\" \\\\ \\u00b5\\u000a%0 =" role=kernel : 2×1×1×2 @12 "a"
        %1 = input "x: y" owner="the hospital" : 2×3×2 @12 "in"
        %2 = convolve %1 %0 kernel=[1,1] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1] groups=1 : 2×3×2 @24 "a"
        %3 = truncate %2 bits=12 : 2×3×2 @12 "b"
        %4 = add %3 %1 : 2×3×2 @12 "c"
        %5 = subtract %4 %1 : 2×3×2 @12 "d"
        %6 = scale %5 factors=[1,-2,3,4,5,6] bits=3 : 2×3×2 @15 "e"
        %7 = offset %6 value=-9223372036854775808 : 2×3×2 @15 "f"
        %8 = sum-pool %7 kernel=[2,1] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1] : 1×3×2 @15 "g"
        %9 = pad %8 low=[0,1,0] high=[0,0,2] value=-7 : 1×4×4 @15 "h"
        %10 = take %9 axis=1 positions=[3,0,3] : 1×3×4 @15 "i"
        %11 = concat %10 %10 %9 axis=1 : 1×10×4 @15 "j"
        %12 = reshape %11 shape=5×8 : 5×8 @15 "k"
        %13 = permute %12 axes=[1,0] : 8×5 @15 "l"
        %14 = maximum %13 %13 : 8×5 @15 "m"
        %15 = relu %14 bits=3 : 8×5 @12 "n"
        %16 = output %15 name="y" head=softmax : 8×5 @12 "o"
        %17 = output %14 name="z" head=none : 8×5 @15 "p"
        %18 = divide %14 divisor=49 : 8×5 @15 "q"
        %19 = argmax %18 : 8×1 @0 "r"
        %20 = output %19 name="label" head=none : 8×1 @0 "s"
        """,
        PlanText.print(everything()));
  }

  @Test
  void whatIsPrintedIsReadBack() {
    assertEquals(tiny(), PlanText.parse(PlanText.print(tiny())));
    assertEquals(everything(), PlanText.parse(PlanText.print(everything())));
  }

  @Test
  void theHashIsThatOfTheText() {
    assertEquals(64, PlanText.hash(tiny()).length());
    assertEquals(PlanText.hash(tiny()), PlanText.hash(PlanText.parse(PlanText.print(tiny()))));
    assertNotEquals(PlanText.hash(tiny()), PlanText.hash(everything()));
  }

  @Test
  void anErrorNamesItsLine() {
    String text = PlanText.print(tiny());
    check(text.replace("flips=%3 bits=20", "flips=%3 bits=x"), "line 10: ");
    check(text.replace("%5 = convolve", "%5 = convolute"), "line 9: ");
    check(text.replace("%6 = relu", "%7 = relu"), "line 10: ");
    check(text.replace(" groups=1", " groups=1 groups=1"), "line 9: ");
    check(text.replace(" groups=1", " groups=1 fast=1"), "line 9: ");
    check(text.replace(" groups=1", ""), "line 9: ");
    check(text.replace("\"out\"\n", "\"out\n"), "line 11: ");
    check(text.replace("blindread-plan 1", "blindread-plan 2"), "line 1: ");
    check("blindread-plan 1\nname \"x\"\n", "line 3: ");
    check("", "line 1: ");
  }

  @Test
  void aPlanThatIsNotValidIsRefusedWithItsStep() {
    String text = PlanText.print(tiny());
    check(text.replace("relu %5", "relu %7"), "step 6 (layer 'relu')");
    check(text.replace("8×6×4 @40", "8×6×5 @40"), "step 5 (layer 'conv')");
  }

  @Test
  void anOverlongTextIsRefusedBeforeItIsRead() {
    check(" ".repeat((1 << 24) + 1), "characters");
    check("blindread-plan 1\n" + "\n".repeat(100_003), "steps");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aDamagedTextIsReadOrRefusedButNeverBreaksTheParser(long seed) {
    Random random = new Random(seed);
    String text = PlanText.print(everything());
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int i = 0; i <= random.nextInt(3); i++) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.deleteCharAt(at);
          case 1 -> damaged.setCharAt(at, NOISE.charAt(random.nextInt(NOISE.length())));
          default -> damaged.insert(at, damaged.charAt(random.nextInt(damaged.length())));
        }
      }
      try {
        PlanText.parse(damaged.toString());
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 150, "seed " + seed + ": only " + refused + " of 300 were refused");
  }

  private static void check(String text, String expected) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PlanText.parse(text));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
