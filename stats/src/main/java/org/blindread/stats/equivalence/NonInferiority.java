package org.blindread.stats.equivalence;

import java.util.Locale;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.StandardNormal;

/// One-sided test that a difference (new − old, more is better) is above −margin.
///
/// @param margin the loss that would matter
/// @param alpha error of the test; 0.025 gives a one-sided 97.5 % bound
/// @param difference what was estimated
/// @param lowerBound difference − z·se, of one-sided level 1 − alpha
/// @param p of the hypothesis that the difference is −margin or less
public record NonInferiority(
    Margin margin, double alpha, double difference, double lowerBound, double p) {

  /// The test for a difference that is normally distributed, or nearly so.
  ///
  /// @param standardError positive
  /// @throws IllegalArgumentException if the standard error is not positive or alpha not in (0, 1)
  public static NonInferiority of(
      double difference, double standardError, Margin margin, double alpha) {
    if (!(standardError > 0) || !(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "a test needs a positive standard error and an alpha in (0, 1), not %s and %s"
              .formatted(standardError, alpha));
    }
    return new NonInferiority(
        margin,
        alpha,
        difference,
        difference + StandardNormal.quantile(alpha) * standardError,
        StandardNormal.above((difference + margin.value()) / standardError));
  }

  public Decision decision() {
    return lowerBound > -margin.value() ? Decision.NON_INFERIOR : Decision.NOT_SHOWN;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s at −%s: difference %.3g, one-sided %s bound %.3g, p = %.3g",
        decision() == Decision.NON_INFERIOR ? "non-inferior" : "non-inferiority not shown",
        margin.value(),
        difference,
        Interval.percent(1 - alpha),
        lowerBound,
        p);
  }
}
