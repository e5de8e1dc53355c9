package org.blindread.stats.roc;

import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.Reason;

/// Sums placements over strata. With T pairs in all, the area within strata is S/(2T), the mean of
/// the strata's areas weighted by their pairs, and since strata are independent its variance is Σ
/// (pairs/T)²·Var = Σ (4·pairs²·Var) / (4T²).
final class Tally {
  private final Cases cases;
  private final double twicePairs;
  private long sum;
  private double scaled;
  private double scaledClustered;
  private boolean allZero = true;
  private boolean fewPositives;
  private boolean fewNegatives;

  Tally(Cases cases) {
    this.cases = cases;
    this.twicePairs = 2.0 * cases.pairs();
  }

  void add(int[] twice, Stratum stratum) {
    RankMoments moments = RankMoments.of(twice, cases.truth(), stratum);
    sum += moments.sum();
    allZero &= moments.positiveSquares() == 0 && moments.negativeSquares() == 0;
    fewPositives |= stratum.positivePatients() < 2;
    fewNegatives |= stratum.negativePatients() < 2;
    if (!stratum.hasVariance()) {
      return;
    }
    double independent = moments.scaledVariance();
    scaled += independent;
    scaledClustered +=
        stratum.isClustered()
            ? ClusteredVariance.scaled(twice, moments.sum(), cases.truth(), stratum)
            : independent;
  }

  /// Whether there is a pair to count.
  boolean hasPairs() {
    return twicePairs > 0;
  }

  double value() {
    return sum / twicePairs;
  }

  /// Whether every placement counted was 0.
  boolean isAllZero() {
    return allZero;
  }

  /// Why there is no variance, if some stratum has none.
  Optional<Reason> undefined() {
    return fewPositives
        ? Optional.of(Reason.TOO_FEW_POSITIVES)
        : fewNegatives ? Optional.of(Reason.TOO_FEW_NEGATIVES) : Optional.empty();
  }

  double variance(boolean clustered) {
    return (clustered ? scaledClustered : scaled) / (twicePairs * twicePairs);
  }

  OptionalDouble point() {
    return hasPairs() ? OptionalDouble.of(value()) : OptionalDouble.empty();
  }
}
