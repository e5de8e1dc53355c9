/// Whether a difference is smaller than one declared to matter: two one-sided tests and
/// non-inferiority.
///
/// Read [org.blindread.stats.equivalence.Margin], then
/// [org.blindread.stats.equivalence.Equivalence] and
/// [org.blindread.stats.equivalence.NonInferiority].
///
/// ```java
/// Margin margin = Margin.prespecified(0.01, "smallest AUROC change a reader study could show");
/// Equivalence decided = Equivalence.of(-0.0003, 0.0011, margin, 0.05);
/// decided.decision(); // EQUIVALENT
/// ```
///
/// Depends on `stats.estimate` and Apache Commons Statistics.
@NullMarked
package org.blindread.stats.equivalence;

import org.jspecify.annotations.NullMarked;
