/// How closely two columns of scores of the same cases agree, case by case.
///
/// Read [org.blindread.stats.agreement.ScoreAgreement], then
/// [org.blindread.stats.agreement.Deviations], [org.blindread.stats.agreement.BlandAltman],
/// [org.blindread.stats.agreement.DistributionDistance] and
/// [org.blindread.stats.agreement.Concordance].
///
/// ```java
/// ScoreAgreement found = ScoreAgreement.of(plain, secure);
/// found.deviations().maxAbsolute();                            // no case moved farther
/// found.deviations().toleranceShare(0.95);                     // nor did this share of all cases
/// found.deviations().exceedance(Math.scalb(1, -8), 0.95).upper();
/// found.deviations().equivalence(margin, 0.05).decision();
/// ```
///
/// Depends on `stats.estimate`, `stats.equivalence`, `stats.proportion` and Apache Commons
/// Statistics.
@NullMarked
package org.blindread.stats.agreement;

import org.jspecify.annotations.NullMarked;
