package org.blindread.mpc.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;

class PlanVerifierTest {
  private static final Plan TINY = PlanTextTest.tiny();

  /// The tiny plan with one step replaced, which must be refused with this text.
  private static void refused(int number, Step step, String rule) {
    List<Step> steps = new ArrayList<>(TINY.steps());
    steps.set(number, step);
    refused(steps, "step " + number + " ", rule);
  }

  private static void refused(List<Step> steps, String place, String rule) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Plan("broken", TINY.numbers(), steps));
    assertTrue(e.getMessage().contains(place), e.getMessage());
    assertTrue(e.getMessage().contains(rule), e.getMessage());
  }

  private static Step step(Instruction instruction, int scale, int... extents) {
    return PlanTextTest.step("layer", instruction, scale, extents);
  }

  private static Instruction.Convolve convolve(int x, int kernel, OptionalInt bias, int groups) {
    return new Instruction.Convolve(x, kernel, bias, Window.square(3, 1, 1), groups);
  }

  @Test
  void aStepReadsOnlyEarlierValues() {
    refused(5, step(convolve(6, 0, OptionalInt.of(1), 1), 40, 8, 6, 4), "not defined before");
    refused(5, step(convolve(-1, 0, OptionalInt.of(1), 1), 40, 8, 6, 4), "not defined before");
    refused(5, step(convolve(5, 0, OptionalInt.of(1), 1), 40, 8, 6, 4), "not defined before");
  }

  @Test
  void weightsComeFirst() {
    List<Step> steps = new ArrayList<>(TINY.steps());
    Collections.swap(steps, 3, 4);
    refused(steps, "step 4 ", "weights come first");
  }

  @Test
  void aWeightServesItsRoleOnly() {
    refused(5, step(convolve(4, 1, OptionalInt.of(1), 1), 40, 8, 6, 4), "role KERNEL");
    refused(5, step(convolve(4, 0, OptionalInt.of(2), 1), 40, 8, 6, 4), "role BIAS");
    refused(5, step(convolve(4, 4, OptionalInt.of(1), 1), 40, 8, 6, 4), "role KERNEL");
    refused(5, step(convolve(0, 0, OptionalInt.of(1), 1), 40, 8, 6, 4), "as a value");
    Instruction swapped = new Instruction.Relu(5, OptionalInt.of(3), OptionalInt.of(2), 20);
    refused(6, step(swapped, 20, 8, 6, 4), "role OFFSET");
    refused(7, step(new Instruction.Output(1, "out", Head.NONE), 40, 4), "as a value");
  }

  @Test
  void shapesFollowTheOperands() {
    refused(5, step(convolve(4, 0, OptionalInt.of(1), 1), 40, 8, 6, 3), "states shape");
    refused(5, step(convolve(4, 0, OptionalInt.of(1), 2), 40, 8, 6, 4), "groups");
    refused(5, step(convolve(4, 0, OptionalInt.of(1), 0), 40, 8, 6, 4), "groups");
    refused(6, step(new Instruction.Add(5, 4), 40, 8, 6, 4), "shapes differ");
    refused(6, step(new Instruction.Take(5, 3, List.of(0)), 40, 8, 6, 4), "axis 3");
    refused(6, step(new Instruction.Take(5, 1, List.of(6)), 40, 8, 1, 4), "position 6");
    refused(6, step(new Instruction.Permute(5, List.of(0, 0, 1)), 40, 8, 6, 4), "permutation");
    refused(6, step(new Instruction.Concat(List.of(5, 4), 0), 40, 8, 6, 4), "cannot be joined");
    refused(6, step(new Instruction.Scale(5, List.of(1L, 2L), 0), 40, 8, 6, 4), "2 factors");
    Window large = Window.square(9, 1, 0);
    refused(6, step(new Instruction.SumPool(5, large), 40, 1, 1, 4), "does not fit");
  }

  @Test
  void scalesFollowTheOperands() {
    refused(0, step(TINY.step(0).instruction(), 19, 4, 3, 3, 1), "states scale 19");
    List<Step> steps = new ArrayList<>(TINY.steps());
    steps.set(1, step(TINY.step(1).instruction(), 20, 4));
    refused(steps, "step 5 ", "scales differ");
    refused(3, step(TINY.step(3).instruction(), 1, 4), "states scale 1");
    refused(6, step(new Instruction.Truncate(5, 41), -1, 8, 6, 4), "a scale must be");
    refused(6, step(new Instruction.Truncate(5, 0), 40, 8, 6, 4), "at least 1 bit");
    refused(6, step(new Instruction.Scale(5, List.of(1L), 30), 70, 8, 6, 4), "a scale must be");
  }

  @Test
  void aDivisorIsAtLeastTwoAndBelowAQuarterOfTheRing() {
    for (int divisor : new int[] {1, 0, -3}) {
      refused(6, step(new Instruction.Divide(5, divisor), 40, 8, 6, 4), "a divisor is at least 2");
    }
    refused(6, step(new Instruction.Divide(5, 3), 39, 8, 6, 4), "states scale 39");
    FixedPoint small = FixedPoint.of(16, 7);
    assertEquals(small, divided(small, (1 << 14) - 1).numbers());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> divided(small, 1 << 14));
    assertTrue(String.valueOf(e.getMessage()).contains("below 16384, not 16384"), e.getMessage());
  }

  private static Plan divided(FixedPoint numbers, int divisor) {
    return new Plan(
        "divided",
        numbers,
        List.of(
            step(new Instruction.Input("P2", "image"), 7, 8),
            step(new Instruction.Divide(0, divisor), 7, 8),
            step(new Instruction.Output(1, "y", Head.NONE), 7, 8)));
  }

  @Test
  void aPlaceHasScaleZeroAndTakesTheLastAxis() {
    Instruction place = new Instruction.ArgMax(5);
    refused(6, step(place, 0, 8, 6), "states shape");
    refused(6, step(place, 40, 8, 6, 1), "states scale 40");
    refused(6, step(new Instruction.ArgMax(0), 0, 4, 3, 3, 1), "as a value");
  }

  @Test
  void anOutputIsNeededAndIsNoValue() {
    refused(TINY.steps().subList(0, 7), "", "at least one output");
    List<Step> steps = new ArrayList<>(TINY.steps());
    steps.add(step(new Instruction.Output(7, "again", Head.NONE), 20, 8, 6, 4));
    refused(steps, "step 8 ", "not a value");
    steps.set(8, step(new Instruction.Output(6, "out", Head.NONE), 20, 8, 6, 4));
    refused(steps, "step 8 ", "is taken");
  }

  @Test
  void sizesAreBounded() {
    refused(4, step(new Instruction.Input("P2", "image"), 20, 1 << 15, 1 << 14, 1), "elements");
    List<Integer> far = List.of(1 << 30, 0, 0);
    refused(6, step(new Instruction.Pad(5, far, List.of(0, 0, 0), 0), 40, 8, 6, 4), "out of range");
    refused(4, step(new Instruction.Input(" ", "image"), 20, 8, 6, 1), "owner");
  }
}
