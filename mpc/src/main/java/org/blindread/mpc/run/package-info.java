/// Running a plan: the executor, one party's whole run, the twin.
///
/// Read [org.blindread.mpc.run.Executor] (the loop), then [org.blindread.mpc.run.PartyRun]
/// (agreement, lanes, farewell) and [org.blindread.mpc.run.Twin].
///
/// ```java
/// var twin = new Twin(plan, weights);
/// twin.read(0, Encoding.encode(plan, image)).output("logits");
/// ```
///
/// Depends on everything in `mpc`.
@NullMarked
package org.blindread.mpc.run;

import org.jspecify.annotations.NullMarked;
