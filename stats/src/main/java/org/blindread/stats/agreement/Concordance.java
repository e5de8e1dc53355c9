package org.blindread.stats.agreement;

import java.util.Locale;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Estimate.NotEstimable;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.Reason;
import org.blindread.stats.estimate.StandardNormal;

/// Concordance correlation coefficient (L. I. Lin, Biometrics 1989;45:255–68; variance as corrected
/// in 2000;56:324–5), with moments of divisor n: 1 − CCC = mean d² / (s²x + s²y + bias²). Near 1 it
/// tells protocols apart badly; its shortfall from 1 is computed without cancellation.
///
/// @param estimate the coefficient, its interval by Fisher's z
/// @param shortfall 1 − CCC; empty if neither column varies and they agree
/// @param scaleShift ratio of the standard deviations, secure to plain
/// @param locationShift bias (secure − plain) over the geometric mean of the standard deviations
public record Concordance(
    Estimate estimate, OptionalDouble shortfall, double scaleShift, double locationShift) {

  /// The coefficient of paired scores.
  ///
  /// @throws IllegalArgumentException as [Deviations#of] has it
  public static Concordance of(double[] plain, double[] secure, double level) {
    Interval.requireLevel(level);
    Deviations deviations = Deviations.of(plain, secure);
    int n = plain.length;
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = secure[i] - plain[i];
    }
    double meanX = Moments.mean(plain);
    double meanY = Moments.mean(secure);
    double bias = deviations.mean();
    double sxx = Moments.covariance(plain, meanX, plain, meanX);
    double syy = Moments.covariance(secure, meanY, secure, meanY);
    double sxy = Moments.covariance(plain, meanX, secure, meanY);
    double sdd = Moments.covariance(d, bias, d, bias);
    double sxd = Moments.covariance(plain, meanX, d, bias);
    double spread = sxx + syy + bias * bias;
    if (spread == 0) {
      return new Concordance(
          new NotEstimable(Reason.NO_VARIATION, OptionalDouble.empty()),
          OptionalDouble.empty(),
          1,
          0);
    }
    double shortfall = (sdd + bias * bias) / spread;
    if (sxx == 0 || syy == 0) {
      return new Concordance(
          new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(1 - shortfall)),
          OptionalDouble.of(shortfall),
          1,
          0);
    }
    double r = sxy / Math.sqrt(sxx * syy);
    double unexplained = Math.max(0, (sxx * sdd - sxd * sxd) / (sxx * syy)); // 1 − r²
    double shift = bias / Math.sqrt(Math.sqrt(sxx * syy));
    return new Concordance(
        estimate(n, shortfall, r, unexplained, shift * shift, level),
        OptionalDouble.of(shortfall),
        Math.sqrt(syy / sxx),
        shift);
  }

  private static Estimate estimate(
      int n, double shortfall, double r, double unexplained, double shift2, double level) {
    double c = 1 - shortfall;
    double variance =
        n < 3 || r == 0
            ? 0
            : (unexplained * c * c * (shortfall * (1 + c)) / (r * r)
                    + 2 * c * c * c * shortfall * shift2 / r
                    - c * c * c * c * shift2 * shift2 / (2 * r * r))
                / (n - 2);
    if (!(variance > 0)) {
      return new NotEstimable(
          n < 3 ? Reason.TOO_FEW_CASES : Reason.NO_VARIATION, OptionalDouble.of(c));
    }
    double z = Math.log((1 + c) / shortfall) / 2;
    double reach = StandardNormal.twoSided(level) * Math.sqrt(variance) / (shortfall * (1 + c));
    return new Estimate.Estimated(
        c,
        variance,
        new Interval(Math.tanh(z - reach), Math.tanh(z + reach), level),
        "Lin, Fisher z");
  }

  @Override
  public String toString() {
    return shortfall.isEmpty()
        ? "no concordance coefficient: neither column varies"
        : String.format(Locale.ROOT, "1 − CCC = %.3g", shortfall.getAsDouble());
  }
}
