package org.blindread.stats.roc;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.NonFiniteScore;

/// A bound on the change of an area that holds for this sample with certainty: no sampling, no
/// margin, no p-value.
///
/// With d = secure − plain of each case, a positive and a negative case can change their order, or
/// become or cease to be tied, only if their plain scores are no farther apart than max d − min d.
/// So |AUROC(secure) − AUROC(plain)| is at most the share of such pairs.
///
/// Within sites the range of each site bounds its own pairs. All comparisons err to the safe side
/// of rounding.
///
/// @param rangeOfDeviation max d − min d, in units of the scores; of several sites the largest
/// @param bound the share of pairs that could change; empty if there are no pairs
/// @param actual AUROC(secure) − AUROC(plain); empty if there are no pairs
public record RankCertificate(
    double rangeOfDeviation, OptionalDouble bound, OptionalDouble actual) {

  /// Takes O(n log n) for n cases.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static RankCertificate of(double[] plain, double[] secure, Cases cases) {
    return of(plain, secure, cases, AurocComparison.of(plain, secure, cases));
  }

  /// The same for cases whose comparison was made before.
  ///
  /// @param comparison of the same scores on the same cases
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static RankCertificate of(
      double[] plain, double[] secure, Cases cases, AurocComparison comparison) {
    cases.requireOneScoreEach(plain);
    cases.requireOneScoreEach(secure);
    double widest = 0;
    long couldChange = 0;
    for (Stratum stratum : cases.strata()) {
      double range = range(plain, secure, stratum);
      widest = Math.max(widest, range);
      // equal scores change nothing, not even a tie
      couldChange += range == 0 ? 0 : pairsWithin(range, plain, cases.truth(), stratum);
    }
    long pairs = cases.pairs();
    return new RankCertificate(
        widest,
        pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) couldChange / pairs),
        comparison.difference().point());
  }

  /// max d − min d, rounded up; 0 only if all scores are the same in both columns.
  private static double range(double[] plain, double[] secure, Stratum stratum) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    boolean same = true;
    for (int row : stratum.rows()) {
      if (Double.isNaN(plain[row]) || Double.isNaN(secure[row])) {
        throw new NonFiniteScore(row, Double.NaN);
      }
      boolean equal = plain[row] == secure[row]; // so may two infinities be
      double d = equal ? 0 : secure[row] - plain[row];
      same &= equal;
      least = Math.min(least, equal ? 0 : Math.nextDown(d));
      most = Math.max(most, equal ? 0 : Math.nextUp(d));
    }
    return same ? 0 : Math.nextUp(most - least);
  }

  /// Pairs of a positive and a negative case whose scores are at most `range` apart.
  private static long pairsWithin(double range, double[] scores, boolean[] truth, Stratum stratum) {
    double[] ill = new double[stratum.positives()];
    double[] well = new double[stratum.negatives()];
    int p = 0;
    int n = 0;
    for (int row : stratum.rows()) {
      if (truth[row]) {
        ill[p++] = scores[row];
      } else {
        well[n++] = scores[row];
      }
    }
    Arrays.sort(ill);
    Arrays.sort(well);
    long count = 0;
    int from = 0;
    int to = 0;
    for (double score : ill) {
      while (from < well.length && gap(score, well[from]) > range) {
        from++;
      }
      while (to < well.length && gap(well[to], score) <= range) {
        to++;
      }
      count += Math.max(0, to - from);
    }
    return count;
  }

  private static double gap(double upper, double lower) {
    return upper == lower ? 0 : upper - lower;
  }

  @Override
  public String toString() {
    return bound.isEmpty()
        ? "no pairs to certify"
        : String.format(
            Locale.ROOT,
            "|ΔAUROC| ≤ %.3g for certain (scores moved within a range of %.3g); it is %.3g",
            bound.getAsDouble(),
            rangeOfDeviation,
            actual.orElse(0));
  }
}
