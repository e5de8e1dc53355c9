package org.blindread.stats.agreement;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.StandardNormal;

/// Bias and limits of agreement (Bland and Altman, Lancet 1986;1:307–10; Stat Methods Med Res
/// 1999;8:135–60): bias ± z·sd holds 95 % of the deviations if they are normal. Those of truncation
/// are uniform, so [Deviations#quantile] belongs beside it.
///
/// The intervals of the limits are limit ± t·se with se = sd·√(1/n + z²/(2(n−1))), which is
/// approximate; [#exactLower] and [#exactUpper] hold exactly for normal deviations.
///
/// @param n cases
/// @param bias mean of d = secure − plain
/// @param standardDeviation of d
/// @param limits bias ± z·sd
/// @param standardErrorOfLimit of either limit
/// @param lower interval of the lower limit
/// @param upper interval of the upper limit
/// @param slope of d on the mean of both scores: proportional bias; 0 if that mean does not vary
public record BlandAltman(
    int n,
    double bias,
    double standardDeviation,
    Interval limits,
    double standardErrorOfLimit,
    Interval lower,
    Interval upper,
    double slope) {

  /// Limits for a share of the deviations and their intervals of the same level.
  ///
  /// @param level of the limits and of their intervals, such as 0.95
  /// @return empty for fewer than two cases or deviations that are all the same, for which the bias
  ///   is all there is to say
  /// @throws IllegalArgumentException as [Deviations#of] has it
  public static Optional<BlandAltman> of(double[] plain, double[] secure, double level) {
    Deviations d = Deviations.of(plain, secure);
    int n = d.n();
    double sd = d.standardDeviation();
    if (n < 2 || sd == 0) {
      return Optional.empty();
    }
    double z = StandardNormal.twoSided(level);
    Interval limits = new Interval(d.mean() - z * sd, d.mean() + z * sd, level);
    double error = sd * Math.sqrt(1.0 / n + z * z / (2 * (n - 1.0)));
    double reach = TDistribution.of(n - 1.0).inverseSurvivalProbability((1 - level) / 2) * error;
    return Optional.of(
        new BlandAltman(
            n,
            d.mean(),
            sd,
            limits,
            error,
            new Interval(limits.lower() - reach, limits.lower() + reach, level),
            new Interval(limits.upper() - reach, limits.upper() + reach, level),
            slope(plain, secure)));
  }

  /// The exact interval of the upper limit for normal deviations: bias + sd·T/√n, T between the
  /// quantiles of the noncentral t distribution with n − 1 degrees of freedom and noncentrality
  /// z·√n (Carkeet, Optom Vis Sci 2015;92:e71–80). Takes milliseconds.
  public Interval exactUpper() {
    return new Interval(bias + reach(false), bias + reach(true), limits.level());
  }

  /// The exact interval of the lower limit, the mirror image of the upper one.
  public Interval exactLower() {
    return new Interval(bias - reach(true), bias - reach(false), limits.level());
  }

  private double reach(boolean outer) {
    double root = Math.sqrt(n);
    double tail = (1 - limits.level()) / 2;
    return new NoncentralT(n - 1.0, StandardNormal.twoSided(limits.level()) * root)
            .quantile(outer ? 1 - tail : tail)
        / root
        * standardDeviation;
  }

  private static double slope(double[] plain, double[] secure) {
    double[] d = new double[plain.length];
    double[] middle = new double[plain.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = secure[i] - plain[i];
      middle[i] = plain[i] / 2 + secure[i] / 2;
    }
    double mean = Moments.mean(middle);
    double variance = Moments.covariance(middle, mean, middle, mean);
    return variance == 0 ? 0 : Moments.covariance(d, Moments.mean(d), middle, mean) / variance;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "bias %.3g, limits of agreement %.3g … %.3g (%s; n = %d)",
        bias,
        limits.lower(),
        limits.upper(),
        Interval.percent(limits.level()),
        n);
  }
}
