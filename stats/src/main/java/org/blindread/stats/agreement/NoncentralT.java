package org.blindread.stats.agreement;

import org.blindread.stats.estimate.StandardNormal;

/// The noncentral t distribution: of (Z + δ)/W with Z standard normal and νW² chi-squared with ν
/// degrees of freedom.
///
/// @param degreesOfFreedom ν ≥ 1
/// @param noncentrality δ
record NoncentralT(double degreesOfFreedom, double noncentrality) {
  /// P(T ≤ t) = E Φ(t·W − δ), by Simpson's rule over the ten standard deviations of W about 1 that
  /// hold all its mass; the density of W needs no constant, as it is divided by its own integral.
  double cumulativeProbability(double t) {
    // with few degrees of freedom W reaches down to 0, where its density is not smooth
    int steps = degreesOfFreedom < 30 ? 8000 : 500;
    double reach = 10 / Math.sqrt(2 * degreesOfFreedom);
    double from = Math.max(0, 1 - reach);
    double step = (1 + reach - from) / steps;
    double sum = 0;
    double mass = 0;
    for (int i = 0; i <= steps; i++) {
      double w = from + i * step;
      double weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * density(w);
      mass += weight;
      sum += weight * StandardNormal.above(noncentrality - t * w);
    }
    return sum / mass;
  }

  /// w^(ν−1)·exp(−ν(w² − 1)/2), proportional to the density of W.
  private double density(double w) {
    if (w == 0) {
      return degreesOfFreedom == 1 ? Math.exp(0.5) : 0;
    }
    return Math.exp((degreesOfFreedom - 1) * Math.log(w) - degreesOfFreedom * (w * w - 1) / 2);
  }

  /// The t below which the share `p` lies, by halving.
  double quantile(double p) {
    double width = 1;
    while (cumulativeProbability(noncentrality - width) > p) {
      width *= 2;
    }
    double low = noncentrality - width;
    while (cumulativeProbability(noncentrality + width) < p) {
      width *= 2;
    }
    double high = noncentrality + width;
    double middle = low / 2 + high / 2;
    while (low < middle && middle < high) {
      if (cumulativeProbability(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
      middle = low / 2 + high / 2;
    }
    return middle;
  }
}
