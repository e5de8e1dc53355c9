package org.blindread.stats.agreement;

import java.util.Locale;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.proportion.ClopperPearson;

/// How many cases moved by more than a threshold, and an exact bound (Clopper and Pearson) for the
/// share of all cases that do.
///
/// @param threshold in the unit of the scores
/// @param exceeding cases with |d| > threshold
/// @param n cases
/// @param upper one-sided upper bound of the share
/// @param confidence of the bound
public record Exceedance(double threshold, int exceeding, int n, double upper, double confidence) {

  /// The bound for counted cases.
  ///
  /// @throws IllegalArgumentException if the counts are no share or the confidence not in (0, 1)
  public static Exceedance of(double threshold, int exceeding, int n, double confidence) {
    return new Exceedance(
        threshold, exceeding, n, ClopperPearson.upper(exceeding, n, confidence), confidence);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d cases moved by more than %.3g (at most %.3g %% of all, %s confidence)",
        exceeding,
        n,
        threshold,
        100 * upper,
        Interval.percent(confidence));
  }
}
