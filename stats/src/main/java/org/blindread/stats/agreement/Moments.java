package org.blindread.stats.agreement;

/// Sums over columns, in two passes so that close numbers keep their digits.
final class Moments {
  private Moments() {}

  /// Exactly the value if all values are the same.
  static double mean(double[] values) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double mean = sum / values.length;
    double rest = 0;
    for (double value : values) {
      rest += value - mean;
    }
    return Math.clamp(mean + rest / values.length, least, most);
  }

  /// With divisor n − 1; 0 for a single value.
  static double standardDeviation(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum == 0 ? 0 : Math.sqrt(sum / (values.length - 1));
  }

  /// Mean product of deviations from the means, with divisor n.
  static double covariance(double[] a, double meanA, double[] b, double meanB) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length;
  }

  static double quantile(double[] sorted, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a quantile is of a share in 0 … 1, not " + p);
    }
    double at = p * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
