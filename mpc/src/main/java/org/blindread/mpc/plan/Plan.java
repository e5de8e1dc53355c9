package org.blindread.mpc.plan;

import java.util.List;
import org.blindread.mpc.tensor.FixedPoint;

/// What the parties do, step by step: the public half of a model. Step i defines value i.
///
/// Nothing here depends on a weight's value. [PlanVerifier] checks shapes, scales and order on
/// construction; [PlanText] writes and reads the form that is exported, hashed and compared before
/// a run.
///
/// @param name the model's name
/// @param numbers ring width and scale
/// @param steps in order of execution
public record Plan(String name, FixedPoint numbers, List<Step> steps) {
  /// @throws IllegalArgumentException naming the step, if the plan is not well formed
  public Plan {
    steps = List.copyOf(steps);
    PlanVerifier.verify(numbers, steps);
  }

  public Step step(int value) {
    return steps.get(value);
  }

  @Override
  public String toString() {
    return "Plan[%s, %s, %d steps]".formatted(name, numbers, steps.size());
  }
}
