package org.blindread.mpc.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A seeded plan that ends as a network of the study does, in an average that divides exactly, and
/// then in the label alone: what not every protocol takes.
final class ExactPlan {
  private ExactPlan() {}

  /// A convolution, averages over 2×2 and over what is left, the largest channel of each.
  static RandomPlan of(FixedPoint numbers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int f = numbers.fractionBits();
    int h = random.nextInt(4, 8);
    int w = random.nextInt(5, 9);
    int m = random.nextInt(2, 15);
    Window two = Window.square(2, 1, 0);
    Shape map = Shape.of(h, w, m);
    Shape small = Shape.of(h - 1, w - 1, m);
    Shape line = Shape.of(1, 1, m);
    List<Step> steps = new ArrayList<>();
    add(steps, new Instruction.Weight("kernel", Instruction.Role.KERNEL), Shape.of(m, 1, 1, 1), f);
    add(steps, new Instruction.Input("hospital", "x"), Shape.of(h, w, 1), f);
    Window one = Window.square(1, 1, 0);
    add(steps, new Instruction.Convolve(1, 0, OptionalInt.empty(), one, 1), map, 2 * f);
    add(steps, new Instruction.Truncate(2, f), map, f);
    add(steps, new Instruction.SumPool(3, two), small, f);
    add(steps, new Instruction.Divide(4, 4), small, f);
    Window rest = Window.of(List.of(h - 1, w - 1), List.of(1, 1));
    add(steps, new Instruction.SumPool(5, rest), line, f);
    add(steps, new Instruction.Divide(6, (h - 1) * (w - 1)), line, f);
    add(steps, new Instruction.Output(7, "y", Instruction.Head.NONE), line, f);
    add(steps, new Instruction.ArgMax(7), Shape.of(1, 1, 1), 0);
    add(steps, new Instruction.Output(9, "label", Instruction.Head.NONE), Shape.of(1, 1, 1), 0);
    add(steps, new Instruction.ArgMax(3), map.with(2, 1), 0);
    add(steps, new Instruction.Output(11, "labels", Instruction.Head.NONE), map.with(2, 1), 0);
    long[] kernel = new long[m];
    for (int i = 0; i < m; i++) {
      kernel[i] = numbers.encode(random.nextDouble(-0.5, 0.5), f);
    }
    RandomPlan made =
        new RandomPlan(
            new Plan("exact", numbers, steps),
            Map.of("kernel", new RingTensor(Shape.of(m, 1, 1, 1), kernel)),
            Map.of("x", new RingTensor(Shape.of(h, w, 1), new long[h * w])));
    return new RandomPlan(made.plan(), made.weights(), made.anotherImage(random.nextLong()));
  }

  private static void add(List<Step> steps, Instruction instruction, Shape shape, int scale) {
    steps.add(new Step("layer" + steps.size(), instruction, shape, scale));
  }
}
