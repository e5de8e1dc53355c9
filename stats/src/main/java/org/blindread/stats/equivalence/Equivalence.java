package org.blindread.stats.equivalence;

import java.util.Locale;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.Reason;

/// Two one-sided tests of |difference| < margin δ (Schuirmann 1987; for two AUROCs Liu, Ma, Wu and
/// Tai, Stat Med 2006;25:1219–38): pLower tests difference ≤ −δ, pUpper difference ≥ δ, and both
/// must be rejected at alpha, which is so if and only if the 1 − 2·alpha interval lies strictly
/// inside −δ … δ.
///
/// "All of several differences are equivalent" needs no adjustment for multiplicity: it is an
/// intersection-union test.
public sealed interface Equivalence {

  Margin margin();

  Decision decision();

  /// For a difference that is normally distributed, or nearly so.
  ///
  /// @param difference what was estimated
  /// @param standardError its standard error, positive
  /// @param margin what counts as no difference
  /// @param alpha error of each one-sided test, such as 0.05
  static Tested of(double difference, double standardError, Margin margin, double alpha) {
    return tested(difference, standardError, margin, alpha, NormalDistribution.of(0, 1));
  }

  /// For a mean of normal observations whose standard error was estimated: t tests.
  ///
  /// @param degreesOfFreedom of the estimated standard error, positive
  static Tested ofMean(
      double mean, double standardError, double degreesOfFreedom, Margin margin, double alpha) {
    return tested(mean, standardError, margin, alpha, TDistribution.of(degreesOfFreedom));
  }

  private static Tested tested(
      double difference, double se, Margin margin, double alpha, ContinuousDistribution law) {
    if (!(se > 0 && se < Double.POSITIVE_INFINITY) || !Double.isFinite(difference)) {
      throw new IllegalArgumentException(
          "a test needs a finite difference with a positive standard error, not %s with %s"
              .formatted(difference, se));
    }
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException(
          "the error of a one-sided test is strictly between 0 and 0.5, not " + alpha);
    }
    double reach = law.inverseSurvivalProbability(alpha) * se;
    return new Tested(
        margin,
        alpha,
        difference,
        se,
        law.survivalProbability((difference + margin.value()) / se),
        law.cumulativeProbability((difference - margin.value()) / se),
        new Interval(difference - reach, difference + reach, 1 - 2 * alpha),
        Math.abs(difference) + reach);
  }

  /// Decided by the two tests.
  ///
  /// @param alpha error of each test
  /// @param difference what was estimated
  /// @param standardError of the difference
  /// @param pLower of the hypothesis that the difference is −δ or less
  /// @param pUpper of the hypothesis that the difference is δ or more
  /// @param interval of level 1 − 2·alpha
  /// @param smallestMarginPassing every margin above this one passes, none up to it does
  record Tested(
      Margin margin,
      double alpha,
      double difference,
      double standardError,
      double pLower,
      double pUpper,
      Interval interval,
      double smallestMarginPassing)
      implements Equivalence {
    /// Below it a p-value is no more than "very small".
    private static final double LEAST_PRINTED = 1e-16;

    /// The p-value of both tests together.
    public double p() {
      return Math.max(pLower, pUpper);
    }

    @Override
    public Decision decision() {
      return margin.value() > smallestMarginPassing ? Decision.EQUIVALENT : Decision.NOT_SHOWN;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s at ±%s: difference %.3g (%s CI %.3g … %.3g), p %s, smallest margin %.3g",
          words(decision()),
          margin.value(),
          difference,
          Interval.percent(interval.level()),
          interval.lower(),
          interval.upper(),
          p() < LEAST_PRINTED ? "< 1e-16" : String.format(Locale.ROOT, "= %.3g", p()),
          smallestMarginPassing);
    }
  }

  /// Decided by |difference| < δ alone, as the sample shows no variance: there is no p-value.
  ///
  /// @param difference of the sample, exact
  record Exact(Margin margin, double difference) implements Equivalence {
    @Override
    public Decision decision() {
      return Math.abs(difference) < margin.value() ? Decision.EQUIVALENT : Decision.NOT_SHOWN;
    }

    /// Every margin above this one passes.
    public double smallestMarginPassing() {
      return Math.abs(difference);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s at ±%s: difference %.3g with no variance in the sample, so no p-value",
          words(decision()),
          margin.value(),
          difference);
    }
  }

  /// No decision: there is no difference, or no variance of it.
  record Undecided(Margin margin, Reason reason) implements Equivalence {
    @Override
    public Decision decision() {
      return Decision.NOT_SHOWN;
    }

    @Override
    public String toString() {
      return "not shown at ±%s: %s".formatted(margin.value(), reason.meaning());
    }
  }

  private static String words(Decision decision) {
    return decision == Decision.EQUIVALENT ? "equivalent" : "equivalence not shown";
  }
}
