/// Whether secure scores perform as plain ones do.
///
/// Read [org.blindread.workbench.comparison.PairedScores], then
/// [org.blindread.workbench.comparison.Comparison].
///
/// ```java
/// PairedScores scores = PairedScores.of(Scores.read(plain), Scores.read(secure), false);
/// Comparison compared = Comparison.of(scores, Truth.read(truth), settings);
/// Table table = Tables.of(compared);
/// ```
///
/// Depends on `workbench`, `stats` and `data`.
@NullMarked
package org.blindread.workbench.comparison;

import org.jspecify.annotations.NullMarked;
