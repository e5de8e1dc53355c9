/// How well scores separate the ill from the well: ROC curves and what is read off them.
///
/// Read [org.blindread.stats.roc.Auroc].
///
/// ```java
/// double[] scores = {0.1, 0.4, 0.35, 0.8};
/// boolean[] truth = {false, false, true, true};
/// Auroc.of(scores, truth).orElseThrow().value(); // 0.75
/// ```
///
/// Depends on the JDK only.
@NullMarked
package org.blindread.stats.roc;

import org.jspecify.annotations.NullMarked;
