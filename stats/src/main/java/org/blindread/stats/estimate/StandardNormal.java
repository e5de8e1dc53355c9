package org.blindread.stats.estimate;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The normal distribution with mean 0 and variance 1, as the tests use it.
public final class StandardNormal {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private StandardNormal() {}

  /// The z below which the share `p` lies: 1.959964 for 0.975.
  public static double quantile(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }

  /// The z of an interval of this level: the quantile of (1 + level)/2.
  public static double twoSided(double level) {
    return NORMAL.inverseSurvivalProbability((1 - Interval.requireLevel(level)) / 2);
  }

  /// The chance of a value above `z`, exact in the far tail.
  public static double above(double z) {
    return NORMAL.survivalProbability(z);
  }

  /// The chance of a value as far from 0 as `z` or farther, on either side.
  public static double twoSidedP(double z) {
    return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
  }
}
