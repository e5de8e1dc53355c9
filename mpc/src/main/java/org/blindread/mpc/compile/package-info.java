/// From a model on real numbers to a plan on ring elements.
///
/// Read [org.blindread.mpc.compile.Compiler] (the order of everything), then
/// [org.blindread.mpc.compile.Model] and one [org.blindread.mpc.compile.Pass], for example
/// [org.blindread.mpc.compile.FoldBatchNormBackward]; then
/// [org.blindread.mpc.compile.RangeAnalysis], which decides whether the numbers are wide enough,
/// and [org.blindread.mpc.compile.Lowering].
///
/// ```java
/// Ranges ranges = Calibration.measure(graph, images);
/// Profile profile = Profile.named("densenet121");
/// Compiled compiled = Compiler.compile(graph, ranges, profile.numbers(), profile.options("P2"));
/// PlanText.print(compiled.plan());
/// ```
///
/// Nothing in the plan depends on a weight's value; the weights themselves stay with the vendor.
///
/// Depends on `graph`, `plan` and `tensor`.
@NullMarked
package org.blindread.mpc.compile;

import org.jspecify.annotations.NullMarked;
