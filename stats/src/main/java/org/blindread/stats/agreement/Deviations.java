package org.blindread.stats.agreement;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Estimate.NotEstimable;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.NonFiniteScore;
import org.blindread.stats.estimate.Reason;

/// The deviations d = secure − plain of each case, in the unit of the scores. Statements about all
/// cases hold if these are a random sample of them, independent of one another.
///
/// @param sorted d in ascending order
/// @param sortedAbsolute |d| in ascending order
/// @param mean of d
/// @param standardDeviation of d, with divisor n − 1; 0 for a single case
/// @param meanAbsolute of |d|
/// @param standardDeviationAbsolute of |d|, likewise
public record Deviations(
    double[] sorted,
    double[] sortedAbsolute,
    double mean,
    double standardDeviation,
    double meanAbsolute,
    double standardDeviationAbsolute) {

  /// The deviations of one or more cases.
  ///
  /// @throws IllegalArgumentException if there is no case, the lengths differ, or a score is not
  ///   finite ([NonFiniteScore])
  public static Deviations of(double[] plain, double[] secure) {
    if (plain.length != secure.length || plain.length == 0) {
      throw new IllegalArgumentException(
          "deviations need as many secure as plain scores, and one at least, not %d and %d"
              .formatted(secure.length, plain.length));
    }
    double[] d = new double[plain.length];
    for (int i = 0; i < d.length; i++) {
      requireFinite(i, plain[i]);
      requireFinite(i, secure[i]);
      d[i] = secure[i] - plain[i];
    }
    Arrays.sort(d);
    double[] absolute = new double[d.length];
    for (int i = 0; i < d.length; i++) {
      absolute[i] = Math.abs(d[i]);
    }
    Arrays.sort(absolute);
    double mean = Moments.mean(d);
    double meanAbsolute = Moments.mean(absolute);
    return new Deviations(
        d,
        absolute,
        mean,
        Moments.standardDeviation(d, mean),
        meanAbsolute,
        Moments.standardDeviation(absolute, meanAbsolute));
  }

  private static void requireFinite(int index, double score) {
    if (!Double.isFinite(score)) {
      throw new NonFiniteScore(index, score);
    }
  }

  /// How many cases there are.
  public int n() {
    return sorted.length;
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  /// The farthest any case moved.
  public double maxAbsolute() {
    return sortedAbsolute[sortedAbsolute.length - 1];
  }

  /// The root of the mean of d².
  public double rootMeanSquare() {
    double sum = 0;
    for (double d : sortedAbsolute) {
      sum += d * d;
    }
    return Math.sqrt(sum / n());
  }

  /// Quantile of d by linear interpolation between order statistics (type 7 of Hyndman and Fan).
  public double quantile(double p) {
    return Moments.quantile(sorted, p);
  }

  /// The same of |d|.
  public double quantileAbsolute(double p) {
    return Moments.quantile(sortedAbsolute, p);
  }

  /// The share c of all cases of which [#maxAbsolute] is an upper limit with this confidence,
  /// whatever the distribution: 1 − cⁿ = confidence (Wilks 1941).
  public double toleranceShare(double confidence) {
    return Math.exp(Math.log1p(-Interval.requireLevel(confidence)) / n());
  }

  /// How many cases it takes for the farthest of them to be such a limit for a share.
  ///
  /// @param share of all cases, in (0, 1)
  /// @param confidence in (0, 1)
  public static int casesForTolerance(double share, double confidence) {
    return (int)
        Math.ceil(
            Math.log1p(-Interval.requireLevel(confidence))
                / Math.log(Interval.requireLevel(share)));
  }

  /// How many cases moved by more than a threshold, and how many of all do so at most.
  public Exceedance exceedance(double threshold, double confidence) {
    int from = 0;
    while (from < n() && sortedAbsolute[from] <= threshold) {
      from++;
    }
    return Exceedance.of(threshold, n() - from, n(), confidence);
  }

  /// The mean of d with its t interval.
  public Estimate bias(double level) {
    return estimate(mean, standardDeviation, level, "mean of d, t");
  }

  /// The one-sided upper limit of the mean of |d|, by t; empty for a single case. It bounds the
  /// Wasserstein distance of the distributions of secure and plain scores: pairing them as they are
  /// is one coupling of the two, and W₁ is the least mean |d| of all.
  public OptionalDouble meanAbsoluteUpper(double confidence) {
    if (n() < 2) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        meanAbsolute
            + TDistribution.of(n() - 1.0)
                    .inverseCumulativeProbability(Interval.requireLevel(confidence))
                * standardDeviationAbsolute
                / Math.sqrt(n()));
  }

  /// Whether the mean of d is within the margin, by two t tests.
  public Equivalence equivalence(Margin margin, double alpha) {
    if (n() < 2) {
      return new Equivalence.Undecided(margin, Reason.TOO_FEW_CASES);
    }
    if (standardDeviation == 0) {
      return new Equivalence.Exact(margin, mean);
    }
    return Equivalence.ofMean(mean, standardDeviation / Math.sqrt(n()), n() - 1.0, margin, alpha);
  }

  private Estimate estimate(double value, double deviation, double level, String method) {
    if (n() < 2 || deviation == 0) {
      return new NotEstimable(
          n() < 2 ? Reason.TOO_FEW_CASES : Reason.NO_VARIATION, OptionalDouble.of(value));
    }
    double variance = deviation * deviation / n();
    double reach =
        TDistribution.of(n() - 1.0)
                .inverseSurvivalProbability((1 - Interval.requireLevel(level)) / 2)
            * Math.sqrt(variance);
    return new Estimate.Estimated(
        value, variance, new Interval(value - reach, value + reach, level), method);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "max |d| %.3g over %d cases (so for %.2f %% of all with 95 %% confidence), mean d %.3g",
        maxAbsolute(),
        n(),
        100 * toleranceShare(0.95),
        mean);
  }
}
