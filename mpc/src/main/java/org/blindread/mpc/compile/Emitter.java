package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// Collects the steps of a plan and the weights that go with it. Weights are numbered −1, −2, …
/// until [#plan] puts them first and drops the steps that nothing reads.
final class Emitter {
  private final FixedPoint numbers;
  private final List<Step> weightSteps = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, RingTensor> weights = new LinkedHashMap<>();
  private final Map<Instruction, Integer> known = new HashMap<>();

  Emitter(FixedPoint numbers) {
    this.numbers = numbers;
  }

  /// Adds a step, or finds the one that does the same already.
  int emit(String layer, Instruction instruction, Shape shape, int scale) {
    boolean shared =
        instruction instanceof Instruction.Local
            || instruction instanceof Instruction.Truncate
            || instruction instanceof Instruction.Divide;
    if (shared && known.containsKey(instruction)) {
      return known.get(instruction);
    }
    steps.add(new Step(layer, instruction, shape, scale));
    known.put(instruction, steps.size() - 1);
    return steps.size() - 1;
  }

  /// Adds a weight, named after its node and role, and encodes it.
  int weight(String layer, String node, Role role, RealTensor tensor, int scale) {
    String name = node + "." + role.name().toLowerCase(java.util.Locale.ROOT);
    long[] values = new long[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.signed(numbers.encode(tensor.values()[i], scale));
    }
    weights.put(name, new RingTensor(tensor.shape(), values));
    weightSteps.add(new Step(layer, new Instruction.Weight(name, role), tensor.shape(), scale));
    return -weightSteps.size();
  }

  Step step(int number) {
    return steps.get(number);
  }

  Map<String, RingTensor> weights() {
    return weights;
  }

  Plan plan(String name) {
    boolean[] live = new boolean[steps.size()];
    for (int i = live.length - 1; i >= 0; i--) {
      Instruction instruction = steps.get(i).instruction();
      live[i] |=
          instruction instanceof Instruction.Output || instruction instanceof Instruction.Input;
      if (live[i]) {
        instruction.operands().stream().filter(o -> o >= 0).forEach(o -> live[o] = true);
      }
    }
    int[] number = new int[steps.size()];
    Arrays.fill(number, -1);
    List<Step> all = new ArrayList<>(weightSteps);
    for (int i = 0; i < live.length; i++) {
      if (live[i]) {
        Step step = steps.get(i);
        number[i] = all.size();
        Instruction renumbered = renumbered(step.instruction(), o -> o < 0 ? -1 - o : number[o]);
        all.add(new Step(step.layer(), renumbered, step.shape(), step.scale()));
      }
    }
    return new Plan(name, numbers, all);
  }

  private static Instruction renumbered(Instruction instruction, IntUnaryOperator to) {
    return switch (instruction) {
      case Instruction.Input input -> input;
      case Instruction.Weight weight -> weight;
      case Instruction.Convolve(int x, int kernel, OptionalInt bias, var window, int groups) ->
          new Instruction.Convolve(
              to.applyAsInt(x), to.applyAsInt(kernel), moved(bias, to), window, groups);
      case Instruction.Add(int a, int b) -> new Instruction.Add(to.applyAsInt(a), to.applyAsInt(b));
      case Instruction.Subtract(int a, int b) ->
          new Instruction.Subtract(to.applyAsInt(a), to.applyAsInt(b));
      case Instruction.Scale(int x, var factors, int bits) ->
          new Instruction.Scale(to.applyAsInt(x), factors, bits);
      case Instruction.Offset(int x, long value) -> new Instruction.Offset(to.applyAsInt(x), value);
      case Instruction.SumPool(int x, var window) ->
          new Instruction.SumPool(to.applyAsInt(x), window);
      case Instruction.Pad(int x, var low, var high, long value) ->
          new Instruction.Pad(to.applyAsInt(x), low, high, value);
      case Instruction.Take(int x, int axis, var positions) ->
          new Instruction.Take(to.applyAsInt(x), axis, positions);
      case Instruction.Concat(var operands, int axis) ->
          new Instruction.Concat(operands.stream().map(to::applyAsInt).toList(), axis);
      case Instruction.Reshape(int x, Shape shape) ->
          new Instruction.Reshape(to.applyAsInt(x), shape);
      case Instruction.Permute(int x, var axes) -> new Instruction.Permute(to.applyAsInt(x), axes);
      case Instruction.Truncate(int x, int bits) ->
          new Instruction.Truncate(to.applyAsInt(x), bits);
      case Instruction.Divide(int x, int divisor) ->
          new Instruction.Divide(to.applyAsInt(x), divisor);
      case Instruction.ArgMax(int x) -> new Instruction.ArgMax(to.applyAsInt(x));
      case Instruction.Relu(int x, OptionalInt offset, OptionalInt flips, int bits) ->
          new Instruction.Relu(to.applyAsInt(x), moved(offset, to), moved(flips, to), bits);
      case Instruction.Maximum(int a, int b) ->
          new Instruction.Maximum(to.applyAsInt(a), to.applyAsInt(b));
      case Instruction.Output(int x, String name, var head) ->
          new Instruction.Output(to.applyAsInt(x), name, head);
    };
  }

  private static OptionalInt moved(OptionalInt operand, IntUnaryOperator to) {
    return operand.isPresent()
        ? OptionalInt.of(to.applyAsInt(operand.getAsInt()))
        : OptionalInt.empty();
  }
}
