/// Plans on ring elements: what the parties agree on before a run, and all they learn of a model.
///
/// Read [org.blindread.mpc.plan.Instruction] (the closed set), [org.blindread.mpc.plan.Plan],
/// [org.blindread.mpc.plan.PlanText] (the text form), then [org.blindread.mpc.plan.Cost].
///
/// ```java
/// Plan plan = PlanText.parse(Files.readString(Path.of("M.plan")));
/// String agreed = PlanText.hash(plan);
/// ```
///
/// Depends on `tensor` only.
@NullMarked
package org.blindread.mpc.plan;

import org.jspecify.annotations.NullMarked;
