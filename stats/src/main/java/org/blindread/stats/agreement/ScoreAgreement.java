package org.blindread.stats.agreement;

import java.util.Optional;

/// How closely secure scores agree with plain ones, case by case: what is said instead of a test of
/// equal distributions, whose large p-value proves nothing.
///
/// @param deviations d = secure − plain of each case
/// @param blandAltman bias and 95 % limits of agreement; empty if d does not vary
/// @param distance of the two distributions, the pairing set aside
/// @param concordance Lin's coefficient
public record ScoreAgreement(
    Deviations deviations,
    Optional<BlandAltman> blandAltman,
    DistributionDistance distance,
    Concordance concordance) {

  /// Everything for the scores of one or more cases, in one unit (logits, or units in the last
  /// place).
  ///
  /// @throws IllegalArgumentException if there is no case, the lengths differ, or a score is not
  ///   finite ([org.blindread.stats.estimate.NonFiniteScore])
  public static ScoreAgreement of(double[] plain, double[] secure) {
    return new ScoreAgreement(
        Deviations.of(plain, secure),
        BlandAltman.of(plain, secure, 0.95),
        DistributionDistance.of(plain, secure),
        Concordance.of(plain, secure, 0.95));
  }

  @Override
  public String toString() {
    return deviations + "; " + distance + "; " + concordance;
  }
}
