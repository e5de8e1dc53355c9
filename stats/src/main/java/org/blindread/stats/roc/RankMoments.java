package org.blindread.stats.roc;

import java.math.BigInteger;
import java.util.OptionalDouble;

/// The integers that an area under the ROC curve, or a difference of two, and its variance after
/// DeLong are made of. With A_i and B_j the doubled placements of the positive and the negative
/// cases (or their differences between two markers) and m, n their numbers:
///
/// S = Σ A_i = Σ B_j, QA = Σ A_i², QB = Σ B_j², area = S/(2mn), Var = [(m·QA − S²)/(m−1) + (n·QB −
/// S²)/(n−1)] / (4m²n²).
///
/// No rounding enters before the last division, so close scores cost no digit; a secure computation
/// that opens S, QA and QB gets the same doubles.
///
/// @param sum S
/// @param positiveSquares QA
/// @param negativeSquares QB
/// @param positives m
/// @param negatives n
public record RankMoments(
    long sum, long positiveSquares, long negativeSquares, int positives, int negatives) {

  /// The moments of one column of scores.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static RankMoments of(double[] scores, boolean[] truth) {
    Cases cases = Cases.of(truth);
    cases.requireOneScoreEach(scores);
    Stratum all = cases.strata().getFirst();
    return of(Placements.of(scores, cases.truth(), all).twice(), cases.truth(), all);
  }

  /// The moments of the difference secure − plain.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static RankMoments ofDifference(double[] plain, double[] secure, boolean[] truth) {
    Cases cases = Cases.of(truth);
    cases.requireOneScoreEach(plain);
    cases.requireOneScoreEach(secure);
    Stratum all = cases.strata().getFirst();
    int[] difference =
        Placements.of(secure, cases.truth(), all).minus(Placements.of(plain, cases.truth(), all));
    return of(difference, cases.truth(), all);
  }

  static RankMoments of(int[] twice, boolean[] truth, Stratum stratum) {
    int[] rows = stratum.rows();
    long sum = 0;
    long positiveSquares = 0;
    long negativeSquares = 0;
    for (int i = 0; i < twice.length; i++) {
      long square = (long) twice[i] * twice[i];
      if (truth[rows[i]]) {
        sum += twice[i];
        positiveSquares += square;
      } else {
        negativeSquares += square;
      }
    }
    return new RankMoments(
        sum, positiveSquares, negativeSquares, stratum.positives(), stratum.negatives());
  }

  /// S/(2mn); empty if a class has no case.
  public OptionalDouble value() {
    long pairs = (long) positives * negatives;
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / (2.0 * pairs));
  }

  /// The variance after DeLong; empty if a class has fewer than two cases.
  public OptionalDouble variance() {
    if (positives < 2 || negatives < 2) {
      return OptionalDouble.empty();
    }
    double twicePairs = 2.0 * positives * negatives;
    return OptionalDouble.of(scaledVariance() / (twicePairs * twicePairs));
  }

  /// 4m²n²·Var, for m, n ≥ 2.
  double scaledVariance() {
    return spread(positives, positiveSquares) + spread(negatives, negativeSquares);
  }

  private double spread(int count, long squares) {
    BigInteger s = BigInteger.valueOf(sum);
    return BigInteger.valueOf(squares)
            .multiply(BigInteger.valueOf(count))
            .subtract(s.multiply(s))
            .doubleValue()
        / (count - 1);
  }
}
