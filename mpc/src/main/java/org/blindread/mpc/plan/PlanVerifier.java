package org.blindread.mpc.plan;

import java.util.List;
import org.blindread.mpc.tensor.FixedPoint;

/// Checks order, shapes and scales of a plan.
final class PlanVerifier {
  private PlanVerifier() {}

  static void verify(FixedPoint numbers, List<Step> steps) {
    for (int number = 0; number < steps.size(); number++) {
      for (int operand : steps.get(number).instruction().operands()) {
        if (operand < 0 || operand >= number) {
          throw new IllegalArgumentException(
              "step %d reads value %d, which is not defined before it".formatted(number, operand));
        }
      }
    }
  }
}
