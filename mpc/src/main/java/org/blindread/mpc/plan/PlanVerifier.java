package org.blindread.mpc.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Checks order, shapes, scales and the use of weights: a plan that exists can be executed.
///
/// A plan may come from another party, so sizes are bounded too.
final class PlanVerifier {
  /// Largest number of elements of a value: 2 GiB of `long`.
  private static final int ELEMENTS = 1 << 28;

  private static final int RANK = 8;

  private static final int EXTENT = 1 << 20;

  private final FixedPoint numbers;
  private final List<Step> steps;
  private final Set<String> names = new HashSet<>();
  private int number;

  private PlanVerifier(FixedPoint numbers, List<Step> steps) {
    this.numbers = numbers;
    this.steps = steps;
  }

  /// @throws IllegalArgumentException naming the step and its layer, if a rule is broken
  static void verify(FixedPoint numbers, List<Step> steps) {
    if (steps.stream().noneMatch(step -> step.instruction() instanceof Instruction.Output)) {
      throw new IllegalArgumentException("a plan needs at least one output");
    }
    PlanVerifier verifier = new PlanVerifier(numbers, steps);
    for (int number = 0; number < steps.size(); number++) {
      verifier.number = number;
      Step step = steps.get(number);
      try {
        verifier.verify(step);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "step %d (layer '%s'): %s".formatted(number, step.layer(), e.getMessage()), e);
      }
    }
  }

  private void verify(Step step) {
    Instruction instruction = step.instruction();
    for (int operand : instruction.operands()) {
      check(
          operand >= 0 && operand < number,
          "it reads value %s, which is not defined before it",
          operand);
      check(
          !(steps.get(operand).instruction() instanceof Instruction.Output),
          "it reads the output %s, which is not a value",
          operand);
    }
    check(
        step.shape().rank() <= RANK && step.shape().size() <= ELEMENTS,
        "values have at most %s axes and %s elements, not %s",
        RANK,
        ELEMENTS,
        step.shape());
    check(
        step.scale() >= 0 && step.scale() <= numbers.bits() - 2,
        "a scale must be 0 … %s, not %s",
        numbers.bits() - 2,
        step.scale());
    if (instruction instanceof Instruction.Weight) {
      check(
          number == 0 || steps.get(number - 1).instruction() instanceof Instruction.Weight,
          "weights come first in a plan");
    }
    Shape shape = shape(instruction, step);
    check(
        shape.equals(step.shape()),
        "it states shape %s, its operands give %s",
        step.shape(),
        shape);
    int scale = scale(instruction, step);
    check(scale == step.scale(), "it states scale %s, its operands give %s", step.scale(), scale);
  }

  private Shape shape(Instruction instruction, Step step) {
    return switch (instruction) {
      case Instruction.Input(String owner, String name) -> {
        check(!owner.isBlank(), "an input needs an owner");
        named("input " + name);
        yield step.shape();
      }
      case Instruction.Weight(String name, Role role) -> {
        named("weight " + name);
        int rank = step.shape().rank();
        check(
            switch (role) {
              case KERNEL -> rank >= 3 && rank <= 5;
              case BIAS -> rank >= 1 && rank <= 4;
              case OFFSET, FLIPS -> rank == 1;
            },
            "a weight of role %s cannot have shape %s",
            role,
            step.shape());
        yield step.shape();
      }
      case Instruction.Convolve convolve -> convolution(convolve);
      case Instruction.Add(int a, int b) -> equal(a, b);
      case Instruction.Subtract(int a, int b) -> equal(a, b);
      case Instruction.Maximum(int a, int b) -> equal(a, b);
      case Instruction.Scale(int x, List<Long> factors, int bits) -> {
        Shape shape = value(x);
        int positions = shape.rank() == 0 ? 1 : shape.size() / shape.extent(-1);
        check(
            factors.size() == 1 || factors.size() == positions,
            "it has %s factors for %s positions",
            factors.size(),
            positions);
        check(bits >= 0, "a scale grows by at least 0 bits, not %s", bits);
        yield shape;
      }
      case Instruction.Offset(int x, long _) -> value(x);
      case Instruction.SumPool(int x, Window window) ->
          spatial(value(x), window, value(x).extent(-1));
      case Instruction.Pad pad -> padded(pad);
      case Instruction.Take(int x, int axis, List<Integer> positions) -> {
        Shape shape = value(x);
        check(axis >= 0 && axis < shape.rank(), "axis %s is not one of %s", axis, shape);
        check(!positions.isEmpty(), "it takes no position");
        for (int position : positions) {
          check(
              position >= 0 && position < shape.extent(axis),
              "position %s is not within %s along axis %s",
              position,
              shape,
              axis);
        }
        yield shape.with(axis, positions.size());
      }
      case Instruction.Concat(List<Integer> operands, int axis) -> concatenation(operands, axis);
      case Instruction.Reshape(int x, Shape shape) -> {
        check(shape.size() == value(x).size(), "it cannot reshape %s to %s", value(x), shape);
        yield shape;
      }
      case Instruction.Permute(int x, List<Integer> axes) -> {
        Shape shape = value(x);
        check(
            axes.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, shape.rank()).boxed().toList()),
            "%s is no permutation of the axes of %s",
            axes,
            shape);
        yield new Shape(axes.stream().map(shape::extent).toList());
      }
      case Instruction.Truncate(int x, int bits) -> {
        check(bits >= 1, "a truncation drops at least 1 bit, not %s", bits);
        yield value(x);
      }
      case Instruction.Divide(int x, int divisor) -> {
        long end = 1L << (numbers.bits() - 2);
        check(
            divisor >= 2 && divisor < end,
            "a divisor is at least 2 and below %s, not %s",
            end,
            divisor);
        yield value(x);
      }
      case Instruction.ArgMax(int x) -> {
        Shape shape = value(x);
        check(shape.rank() >= 1, "there is no last axis to find the largest along");
        long most = 1L << (numbers.bits() - 2);
        check(
            shape.extent(-1) <= most,
            "at most %s positions can be told apart, not %s",
            most,
            shape.extent(-1));
        yield shape.with(shape.rank() - 1, 1);
      }
      case Instruction.Relu relu -> {
        check(relu.bits() >= 0, "a ReLU drops at least 0 bits, not %s", relu.bits());
        channels(relu.x(), relu.offset(), Role.OFFSET);
        channels(relu.x(), relu.flips(), Role.FLIPS);
        yield value(relu.x());
      }
      case Instruction.Output(int x, String name, var _) -> {
        named("output " + name);
        yield value(x);
      }
    };
  }

  private int scale(Instruction instruction, Step step) {
    return switch (instruction) {
      case Instruction.Input _ -> step.scale();
      case Instruction.Weight(String _, Role role) ->
          switch (role) {
            case KERNEL -> numbers.fractionBits();
            case FLIPS -> 0;
            case BIAS, OFFSET -> step.scale();
          };
      case Instruction.Convolve convolve -> {
        int scale = Math.addExact(scaleOf(convolve.x()), scaleOf(convolve.kernel()));
        convolve.bias().ifPresent(bias -> sameScale(scaleOf(bias), scale));
        yield scale;
      }
      case Instruction.Add(int a, int b) -> sameScale(scaleOf(a), scaleOf(b));
      case Instruction.Subtract(int a, int b) -> sameScale(scaleOf(a), scaleOf(b));
      case Instruction.Maximum(int a, int b) -> sameScale(scaleOf(a), scaleOf(b));
      case Instruction.Scale(int x, var _, int bits) -> Math.addExact(scaleOf(x), bits);
      case Instruction.Concat(List<Integer> operands, int _) -> {
        operands.forEach(o -> sameScale(scaleOf(operands.getFirst()), scaleOf(o)));
        yield scaleOf(operands.getFirst());
      }
      case Instruction.Truncate(int x, int bits) -> scaleOf(x) - bits;
      case Instruction.Divide(int x, int _) -> scaleOf(x);
      case Instruction.ArgMax _ -> 0;
      case Instruction.Relu relu -> {
        relu.offset().ifPresent(offset -> sameScale(scaleOf(offset), scaleOf(relu.x())));
        yield scaleOf(relu.x()) - relu.bits();
      }
      case Instruction.Offset(int x, long _) -> scaleOf(x);
      case Instruction.SumPool(int x, Window _) -> scaleOf(x);
      case Instruction.Pad pad -> scaleOf(pad.x());
      case Instruction.Take(int x, int _, var _) -> scaleOf(x);
      case Instruction.Reshape(int x, Shape _) -> scaleOf(x);
      case Instruction.Permute(int x, var _) -> scaleOf(x);
      case Instruction.Output(int x, String _, var _) -> scaleOf(x);
    };
  }

  private Shape convolution(Instruction.Convolve convolve) {
    Shape x = value(convolve.x());
    Shape kernel = weight(convolve.kernel(), Role.KERNEL);
    Window window = convolve.window();
    int axes = window.axes();
    int groups = convolve.groups();
    check(
        kernel.rank() == axes + 2 && kernel.extents().subList(1, axes + 1).equals(window.kernel()),
        "the kernel %s does not match %s",
        kernel,
        window);
    check(
        groups >= 1
            && (long) kernel.extent(-1) * groups == x.extent(-1)
            && kernel.extent(0) % groups == 0,
        "channels of %s and kernel %s do not match with %s groups",
        x,
        kernel,
        groups);
    Shape result = spatial(x, window, kernel.extent(0));
    if (convolve.bias().isPresent()) {
      Shape bias = weight(convolve.bias().getAsInt(), Role.BIAS);
      check(
          bias.equals(result) || bias.equals(Shape.of(kernel.extent(0))),
          "the bias has shape %s, neither a value an output channel nor %s",
          bias,
          result);
    }
    return result;
  }

  private static Shape spatial(Shape x, Window window, int channels) {
    check(x.rank() == window.axes() + 1, "a window of %s axes needs S×C, not %s", window.axes(), x);
    for (List<Integer> list :
        List.of(
            window.kernel(), window.strides(), window.low(), window.high(), window.dilations())) {
      check(list.stream().allMatch(e -> e <= EXTENT), "the window %s is too large", window);
    }
    List<Integer> extents =
        new ArrayList<>(window.outputExtents(x.extents().subList(0, window.axes())));
    extents.add(channels);
    return new Shape(extents);
  }

  private Shape padded(Instruction.Pad pad) {
    Shape x = value(pad.x());
    check(
        pad.low().size() == x.rank() && pad.high().size() == x.rank(),
        "padding needs one entry per axis of %s",
        x);
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      int low = pad.low().get(axis);
      int high = pad.high().get(axis);
      check(low >= 0 && high >= 0 && low <= EXTENT && high <= EXTENT, "padding is out of range");
      extents.add(x.extent(axis) + low + high);
    }
    return new Shape(extents);
  }

  private Shape concatenation(List<Integer> operands, int axis) {
    check(!operands.isEmpty(), "it joins nothing");
    Shape first = value(operands.getFirst());
    check(axis >= 0 && axis < first.rank(), "axis %s is not one of %s", axis, first);
    int extent = 0;
    for (int operand : operands) {
      Shape shape = value(operand);
      check(
          shape.rank() == first.rank() && shape.with(axis, 1).equals(first.with(axis, 1)),
          "%s and %s cannot be joined along axis %s",
          first,
          shape,
          axis);
      extent = Math.addExact(extent, shape.extent(axis));
    }
    return first.with(axis, extent);
  }

  private Shape equal(int a, int b) {
    check(value(a).equals(value(b)), "shapes differ: %s and %s", value(a), value(b));
    return value(a);
  }

  private void channels(int x, OptionalInt weight, Role role) {
    if (weight.isPresent()) {
      Shape shape = weight(weight.getAsInt(), role);
      check(
          value(x).rank() >= 1 && shape.equals(Shape.of(value(x).extent(-1))),
          "%s has shape %s for %s",
          role,
          shape,
          value(x));
    }
  }

  /// The shape of an operand that is data, not a weight.
  private Shape value(int operand) {
    check(
        !(steps.get(operand).instruction() instanceof Instruction.Weight),
        "it uses the weight %s as a value",
        operand);
    return steps.get(operand).shape();
  }

  /// The shape of an operand that must be a weight of a role.
  private Shape weight(int operand, Role role) {
    check(
        steps.get(operand).instruction() instanceof Instruction.Weight(String _, Role is)
            && is == role,
        "operand %s is not a weight of role %s",
        operand,
        role);
    return steps.get(operand).shape();
  }

  private int scaleOf(int operand) {
    return steps.get(operand).scale();
  }

  private static int sameScale(int a, int b) {
    check(a == b, "scales differ: %s and %s", a, b);
    return a;
  }

  private void named(String name) {
    check(names.add(name), "the name of '%s' is taken", name);
  }

  private static void check(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}
