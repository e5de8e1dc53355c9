/// How well scores separate the ill from the well: ROC curves, areas under them, their differences,
/// and a certificate for scores that were moved a little.
///
/// Read [org.blindread.stats.roc.Cases], then [org.blindread.stats.roc.Auroc],
/// [org.blindread.stats.roc.AurocComparison] with [org.blindread.stats.roc.AurocDifference],
/// [org.blindread.stats.roc.RankCertificate]; the arithmetic is in
/// [org.blindread.stats.roc.RankMoments]. The curve itself, for figures, is
/// [org.blindread.stats.roc.RocCurve].
///
/// ```java
/// Cases cases = Cases.ofPatients(truth, patients);       // .withinSites(sites) for stratified
/// AurocComparison found = AurocComparison.of(plain, secure, cases);
/// Equivalence decided = found.difference().equivalence(margin, 0.05);
/// RankCertificate certain = RankCertificate.of(plain, secure, cases);
/// ```
///
/// Depends on `stats.estimate`, `stats.equivalence` and `stats.proportion`.
@NullMarked
package org.blindread.stats.roc;

import org.jspecify.annotations.NullMarked;
