package org.blindread.stats.agreement;

import java.util.Arrays;
import java.util.Locale;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.NonFiniteScore;

/// How far apart the distributions of plain and secure scores lie, the pairing set aside.
///
/// @param n cases
/// @param kolmogorov the largest gap of the two distribution functions of the sample
/// @param wasserstein W₁ of the sample, the mean gap of equal ranks, in the unit of the scores; at
///   most the mean |d|
public record DistributionDistance(int n, double kolmogorov, double wasserstein) {

  /// The distances of one or more cases.
  ///
  /// @throws IllegalArgumentException if there is no case, the lengths differ, or a score is NaN
  public static DistributionDistance of(double[] plain, double[] secure) {
    int n = plain.length;
    if (n != secure.length || n == 0) {
      throw new IllegalArgumentException(
          "distances need as many secure as plain scores, and one at least, not %d and %d"
              .formatted(secure.length, n));
    }
    double[] x = plain.clone();
    double[] y = secure.clone();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new NonFiniteScore(i, Double.isFinite(x[i]) ? y[i] : x[i]);
      }
      x[i] += 0.0; // −0.0 becomes 0.0
      y[i] += 0.0;
    }
    Arrays.sort(x);
    Arrays.sort(y);
    for (int i = 0; i < n; i++) {
      sum += Math.abs(x[i] - y[i]);
    }
    return new DistributionDistance(n, largestGap(x, y) / (double) n, sum / n);
  }

  private static int largestGap(double[] x, double[] y) {
    int gap = 0;
    int i = 0;
    int j = 0;
    while (i < x.length && j < y.length) {
      double at = Math.min(x[i], y[j]);
      while (i < x.length && x[i] == at) {
        i++;
      }
      while (j < y.length && y[j] == at) {
        j++;
      }
      gap = Math.max(gap, Math.abs(i - j));
    }
    return gap;
  }

  /// One-sided upper bound of the gap of the true distribution functions, D + 2·√(ln(4/α)/(2n)):
  /// the bound of Dvoretzky, Kiefer, Wolfowitz and Massart for each sample, which asks for no
  /// independence between them.
  ///
  /// @param confidence 1 − α
  public double kolmogorovUpper(double confidence) {
    return kolmogorov
        + 2 * Math.sqrt(Math.log(4 / (1 - Interval.requireLevel(confidence))) / (2.0 * n));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "W₁ %.3g, Kolmogorov-Smirnov D %.3g (at most %.3g with 95 %% confidence)",
        wasserstein,
        kolmogorov,
        kolmogorovUpper(0.95));
  }
}
