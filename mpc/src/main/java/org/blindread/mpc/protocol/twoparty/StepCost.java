package org.blindread.mpc.protocol.twoparty;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Terms;

/// The declared costs of one image.
///
/// @param preparation what is said before the image exists
/// @param steps of every step of the plan
record StepCost(Cost preparation, List<Cost> steps) {
  StepCost {
    steps = List.copyOf(steps);
  }

  static StepCost of(Plan plan, Terms terms) {
    Script script = new Script(Knobs.extension(terms));
    LinearShapes shapes = LinearShapes.of(plan, terms);
    if (Knobs.prepared(terms)) {
      for (int number = 0; number < plan.steps().size(); number++) {
        if (plan.step(number).instruction() instanceof Instruction.Convolve) {
          shapes.script(number, script);
        }
      }
    }
    Cost preparation = script.endStep();
    List<Cost> costs = new ArrayList<>();
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      int n = step.shape().size();
      switch (step.instruction()) {
        case Instruction.Input _, Instruction.Weight _, Instruction.Local _ -> {}
        case Instruction.Convolve op -> {
          if (Knobs.prepared(terms)) {
            Layered.script(script, plan.step(op.x()).shape().size(), ringBytes(terms));
          } else {
            shapes.script(number, script);
          }
        }
        case Instruction.Truncate op -> Steps.of(terms, op).cost(script, n);
        case Instruction.Relu op -> Steps.of(terms, op).cost(script, n);
        case Instruction.Divide op -> Steps.of(terms, op).cost(script, n);
        case Instruction.ArgMax op ->
            Steps.argMax(terms, plan.step(op.x()).shape()).cost(script, n);
        case Instruction.Maximum _ -> Steps.maximum(terms, step).cost(script, n);
        case Instruction.Output _ -> output(script, terms, (long) n * ringBytes(terms));
      }
      costs.add(script.endStep());
    }
    return new StepCost(preparation, costs);
  }

  private static int ringBytes(Terms terms) {
    return terms.numbers().bytesPerElement();
  }

  private static void output(Script script, Terms terms, long bytes) {
    switch (terms.reveal()) {
      case HOSPITAL -> script.exchange(bytes, 0);
      case VENDOR -> script.exchange(0, bytes);
      case BOTH -> script.exchange(bytes, bytes);
      case NONE -> {}
    }
  }
}
