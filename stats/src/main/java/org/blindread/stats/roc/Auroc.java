package org.blindread.stats.roc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Area under the ROC curve: the chance that a positive case scores higher than a negative one,
/// ties counting half (Mann and Whitney 1947; Hanley and McNeil 1982).
///
/// AUC = (R − m(m+1)/2) / (m·n), R the sum of the midranks of the m positive cases among all m+n.
/// The sum is taken in integers (twice the midranks), so the value is the nearest double to the
/// true fraction's numerator over its denominator.
///
/// @param value 0 … 1
/// @param positives m ≥ 1
/// @param negatives n ≥ 1
public record Auroc(double value, int positives, int negatives) {
  /// @throws IllegalArgumentException if a class is empty or the value is not in 0 … 1
  public Auroc {
    if (positives < 1 || negatives < 1) {
      throw new IllegalArgumentException(
          "an AUROC needs both classes, not %d positive and %d negative"
              .formatted(positives, negatives));
    }
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("an AUROC is 0 … 1, not " + value);
    }
  }

  /// The area for scores, of which higher means more likely positive. Empty if one of the classes
  /// has no case: no area is defined then.
  ///
  /// @param scores one number a case; infinite is allowed, NaN is not
  /// @param truth whether the case is positive
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Optional<Auroc> of(double[] scores, boolean[] truth) {
    if (scores.length != truth.length) {
      throw new IllegalArgumentException(
          "%d scores, but truth for %d cases".formatted(scores.length, truth.length));
    }
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("the score of case " + i + " is NaN");
      }
      positives += truth[i] ? 1 : 0;
      negatives += truth[i] ? 0 : 1;
    }
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    double[] ill = new double[positives];
    double[] well = new double[negatives];
    int p = 0;
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      // adding 0.0 turns -0.0 into 0.0, which sorting would otherwise tell apart
      if (truth[i]) {
        ill[p++] = scores[i] + 0.0;
      } else {
        well[n++] = scores[i] + 0.0;
      }
    }
    double twicePairs = 2.0 * positives * negatives;
    return Optional.of(new Auroc(twiceWins(ill, well) / twicePairs, positives, negatives));
  }

  /// Twice the number of pairs in which the ill scores higher, a tie counting once: 2R − m(m+1).
  private static long twiceWins(double[] ill, double[] well) {
    Arrays.sort(ill);
    Arrays.sort(well);
    long twice = 0;
    int below = 0;
    int upTo = 0;
    for (double score : ill) {
      while (below < well.length && well[below] < score) {
        below++;
      }
      while (upTo < well.length && well[upTo] <= score) {
        upTo++;
      }
      twice += below + (long) upTo;
    }
    return twice;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "AUROC %.4f (%d positive, %d negative)", value, positives, negatives);
  }
}
