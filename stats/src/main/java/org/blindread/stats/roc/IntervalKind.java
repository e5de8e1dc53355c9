package org.blindread.stats.roc;

import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.StandardNormal;

/// How an interval is put around an area.
public enum IntervalKind {
  /// logit(A) ± z·se/(A(1−A)), transformed back: never leaves 0 … 1.
  LOGIT {
    @Override
    Interval around(double area, double variance, double level) {
      double logit = Math.log(area / (1 - area));
      double reach = StandardNormal.twoSided(level) * Math.sqrt(variance) / (area * (1 - area));
      return new Interval(expit(logit - reach), expit(logit + reach), level);
    }
  },
  /// A ± z·se, cut at 0 and 1.
  WALD {
    @Override
    Interval around(double area, double variance, double level) {
      Interval wald = Interval.wald(area, Math.sqrt(variance), level);
      return new Interval(Math.max(0, wald.lower()), Math.min(1, wald.upper()), level);
    }
  };

  abstract Interval around(double area, double variance, double level);

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
