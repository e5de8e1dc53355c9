package org.blindread.mpc.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A seeded plan that uses every instruction in awkward shapes, with weights and an image.
///
/// @param weights by name
/// @param image the input `x` by name
public record RandomPlan(
    Plan plan, Map<String, RingTensor> weights, Map<String, RingTensor> image) {

  /// Two convolutions around pooling, a concatenation read by a comparison and by a linear layer, a
  /// residual sum, secret thresholds and flips; extents between 1 and 12.
  public static RandomPlan of(FixedPoint numbers, long seed) {
    return new Writer(numbers, seed).write();
  }

  /// Another image for the same plan.
  public Map<String, RingTensor> anotherImage(long seed) {
    RingTensor x = image.get("x");
    SplittableRandom random = new SplittableRandom(seed);
    long[] values = new long[x.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = plan.numbers().encode(random.nextDouble(-1, 1), plan.numbers().fractionBits());
    }
    return Map.of("x", new RingTensor(x.shape(), values));
  }

  private static final class Writer {
    private final FixedPoint numbers;
    private final int f;
    private final SplittableRandom random;
    private final List<Step> weightSteps = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, RingTensor> weights = new HashMap<>();

    Writer(FixedPoint numbers, long seed) {
      this.numbers = numbers;
      this.f = numbers.fractionBits();
      this.random = new SplittableRandom(seed);
    }

    RandomPlan write() {
      int h = random.nextInt(4, 13);
      int w = random.nextInt(4, 13);
      int c = random.nextInt(1, 4);
      int m = random.nextInt(1, 8);
      Window three = Window.square(3, 1, 1);
      int kernel1 = weight(Instruction.Role.KERNEL, Shape.of(m, 3, 3, c), f, 1.0 / (9 * c));
      int biasMap = weight(Instruction.Role.BIAS, Shape.of(h, w, m), 2 * f, 0.5);
      int offset = weight(Instruction.Role.OFFSET, Shape.of(2 * m), 2 * f, 0.5);
      int flips = weight(Instruction.Role.FLIPS, Shape.of(2 * m), 0, 1);
      int kernel2 = weight(Instruction.Role.KERNEL, Shape.of(3, 1, 1, 2 * m), f, 0.5 / m);
      int depthwise = weight(Instruction.Role.KERNEL, Shape.of(3, 3, 3, 1), f, 0.1);
      int bias3 = weight(Instruction.Role.BIAS, Shape.of(3), 2 * f, 0.5);
      int first = weightSteps.size();
      int x = first + step(new Instruction.Input("hospital", "x"), Shape.of(h, w, c), f);
      int z =
          first
              + step(
                  new Instruction.Convolve(x, kernel1, OptionalInt.of(biasMap), three, 1),
                  Shape.of(h, w, m),
                  2 * f);
      int half = (h + 1) / 2;
      List<Integer> even = IntStream.range(0, half).map(i -> 2 * i).boxed().toList();
      List<Integer> odd =
          IntStream.range(0, half).map(i -> Math.min(2 * i + 1, h - 1)).boxed().toList();
      Shape pooled = Shape.of(half, w, m);
      int a = first + step(new Instruction.Take(z, 0, even), pooled, 2 * f);
      int b = first + step(new Instruction.Take(z, 0, odd), pooled, 2 * f);
      int max = first + step(new Instruction.Maximum(a, b), pooled, 2 * f);
      int reversed =
          first
              + step(
                  new Instruction.Take(
                      max, 1, IntStream.range(0, w).map(i -> w - 1 - i).boxed().toList()),
                  pooled,
                  2 * f);
      Shape wide = Shape.of(half, w, 2 * m);
      int both = first + step(new Instruction.Concat(List.of(max, reversed), 2), wide, 2 * f);
      int relu =
          first
              + step(
                  new Instruction.Relu(both, OptionalInt.of(offset), OptionalInt.of(flips), f),
                  wide,
                  f);
      Shape three3 = Shape.of(half, w, 3);
      int y =
          first
              + step(
                  new Instruction.Convolve(
                      relu, kernel2, OptionalInt.of(bias3), Window.square(1, 1, 0), 1),
                  three3,
                  2 * f);
      int small = first + step(new Instruction.Truncate(y, f), three3, f);
      int deep =
          first
              + step(
                  new Instruction.Convolve(small, depthwise, OptionalInt.empty(), three, 3),
                  three3,
                  2 * f);
      int raised = first + step(new Instruction.Scale(small, List.of(1L << f), f), three3, 2 * f);
      int residual = first + step(new Instruction.Add(deep, raised), three3, 2 * f);
      int shifted =
          first + step(new Instruction.Offset(residual, 1L << (2 * f - 2)), three3, 2 * f);
      int exact =
          first
              + step(
                  new Instruction.Relu(shifted, OptionalInt.empty(), OptionalInt.empty(), 0),
                  three3,
                  2 * f);
      int difference = first + step(new Instruction.Subtract(exact, shifted), three3, 2 * f);
      Shape paddedShape = Shape.of(half + 1, w, 3);
      int padded =
          first
              + step(
                  new Instruction.Pad(difference, List.of(1, 0, 0), List.of(0, 0, 0), 1L << f),
                  paddedShape,
                  2 * f);
      int turned =
          first
              + step(
                  new Instruction.Permute(padded, List.of(1, 0, 2)),
                  Shape.of(w, half + 1, 3),
                  2 * f);
      int sum =
          first
              + step(
                  new Instruction.SumPool(turned, Window.square(2, 1, 0)),
                  Shape.of(w - 1, half, 3),
                  2 * f);
      // relu is veiled for its convolution; the sum over it must be opened for a truncation.
      Shape line = Shape.of(1, 1, 2 * m);
      int total =
          first
              + step(
                  new Instruction.SumPool(relu, Window.of(List.of(half, w), List.of(1, 1))),
                  line,
                  f);
      int mean =
          first
              + step(
                  new Instruction.Scale(total, List.of(numbers.encode(1.0 / (half * w), f)), f),
                  line,
                  2 * f);
      int average = first + step(new Instruction.Truncate(mean, f), line, f);
      step(new Instruction.Output(average, "mean", Instruction.Head.NONE), line, f);
      int flat =
          first
              + step(
                  new Instruction.Reshape(sum, Shape.of((w - 1) * half * 3)),
                  Shape.of((w - 1) * half * 3),
                  2 * f);
      int out = first + step(new Instruction.Truncate(flat, f), Shape.of((w - 1) * half * 3), f);
      step(new Instruction.Output(out, "y", Instruction.Head.NONE), step(out - first), f);
      List<Step> all = new ArrayList<>(weightSteps);
      all.addAll(steps);
      RandomPlan made =
          new RandomPlan(
              new Plan("random", numbers, all),
              weights,
              Map.of("x", new RingTensor(Shape.of(h, w, c), new long[h * w * c])));
      return new RandomPlan(made.plan, weights, made.anotherImage(random.nextLong()));
    }

    private Shape step(int index) {
      return steps.get(index).shape();
    }

    private int weight(Instruction.Role role, Shape shape, int scale, double size) {
      String name = role + "-" + weightSteps.size();
      long[] values = new long[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            role == Instruction.Role.FLIPS
                ? random.nextInt(2)
                : numbers.encode(random.nextDouble(-size, size), scale);
      }
      weights.put(name, new RingTensor(shape, values));
      weightSteps.add(new Step(name, new Instruction.Weight(name, role), shape, scale));
      return weightSteps.size() - 1;
    }

    private int step(Instruction instruction, Shape shape, int scale) {
      steps.add(new Step("layer" + steps.size(), instruction, shape, scale));
      return steps.size() - 1;
    }
  }
}
