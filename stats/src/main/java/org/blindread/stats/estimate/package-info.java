/// What every statistic hands back: a value with its uncertainty, or the reason why there is none.
///
/// Read [org.blindread.stats.estimate.Estimate], then [org.blindread.stats.estimate.Reason] and
/// [org.blindread.stats.estimate.Interval].
///
/// ```java
/// String cell = switch (Auroc.of(scores, truth).estimate()) {
///   case Estimate.Estimated e -> e.toString();     // 0.8125 (95 % CI 0.3768 … 0.9688)
///   case Estimate.NotEstimable n -> n.toString();  // 1.0000, no interval: PERFECT_SEPARATION …
/// };
/// ```
///
/// Depends on the JDK and on the distributions of Apache Commons Statistics.
@NullMarked
package org.blindread.stats.estimate;

import org.jspecify.annotations.NullMarked;
