/// p-values of several tests, adjusted for their number.
///
/// Read [org.blindread.stats.multiplicity.Adjusted].
///
/// ```java
/// List<OptionalDouble> p =
///     differences.stream().map(d -> d.ordinary().map(o -> OptionalDouble.of(o.p()))
///         .orElse(OptionalDouble.empty())).toList();
/// Adjusted holm = Adjusted.of(p, Adjustment.HOLM);  // "Holm over 13 tests, 1 without a p-value"
/// ```
///
/// Depends on the JDK only.
@NullMarked
package org.blindread.stats.multiplicity;

import org.jspecify.annotations.NullMarked;
