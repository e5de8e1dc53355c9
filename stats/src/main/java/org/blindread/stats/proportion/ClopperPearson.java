package org.blindread.stats.proportion;

import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.blindread.stats.estimate.Interval;

/// A share with the exact binomial interval of Clopper and Pearson (Biometrika 1934;26:404–13): it
/// covers the truth at least as often as its level says, for every share and number.
///
/// @param successes 0 … trials
/// @param trials at least 1
/// @param interval two-sided
public record ClopperPearson(int successes, int trials, Interval interval) {

  /// The share and its two-sided interval.
  ///
  /// @throws IllegalArgumentException if the counts are no share or the level is not in (0, 1)
  public static ClopperPearson of(int successes, int trials, double level) {
    requireShare(successes, trials);
    double oneSided = (1 + Interval.requireLevel(level)) / 2;
    return new ClopperPearson(
        successes,
        trials,
        new Interval(
            lower(successes, trials, oneSided), upper(successes, trials, oneSided), level));
  }

  /// The one-sided lower bound.
  ///
  /// @throws IllegalArgumentException if the counts are no share or the confidence not in (0, 1)
  public static double lower(int successes, int trials, double confidence) {
    requireShare(successes, trials);
    return 1 - upper(trials - successes, trials, confidence);
  }

  /// The one-sided upper bound; 1 − (1 − confidence)^(1/n) if none of n was seen.
  ///
  /// @throws IllegalArgumentException if the counts are no share or the confidence not in (0, 1)
  public static double upper(int successes, int trials, double confidence) {
    Interval.requireLevel(confidence);
    requireShare(successes, trials);
    if (successes == trials) {
      return 1;
    }
    if (successes == 0) {
      return -Math.expm1(Math.log1p(-confidence) / trials);
    }
    return BetaDistribution.of(successes + 1.0, trials - successes)
        .inverseCumulativeProbability(confidence);
  }

  private static void requireShare(int successes, int trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException("%d of %d is no share".formatted(successes, trials));
    }
  }

  public double share() {
    return (double) successes / trials;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d, %.4f (%s CI %.4f … %.4f)",
        successes,
        trials,
        share(),
        Interval.percent(interval.level()),
        interval.lower(),
        interval.upper());
  }
}
