package org.blindread.mpc.protocol;

import java.util.Optional;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;

/// A plan holds an instruction that the protocol [Protocol#refuses]: the wrong protocol was asked
/// for.
public final class RefusedPlanException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private RefusedPlanException(String message) {
    super(message);
  }

  /// Checks that a protocol carries out every instruction of a plan.
  ///
  /// @throws RefusedPlanException naming the first step that it refuses, why, and the way out
  public static void check(Protocol protocol, Plan plan) {
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      Optional<String> refusal = protocol.refuses(step.instruction());
      if (refusal.isPresent()) {
        throw new RefusedPlanException(
            "protocol %s refuses step %d (layer '%s'): %s"
                .formatted(protocol.name(), number, step.layer(), refusal.get()));
      }
    }
  }
}
