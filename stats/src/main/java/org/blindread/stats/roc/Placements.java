package org.blindread.stats.roc;

import org.blindread.stats.estimate.NonFiniteScore;

/// For each case of a stratum twice the number of cases of the other class that it stands right to,
/// a tie counting once: A_i = Σ_j ψ₂(x_i, y_j) for a positive case, B_j = Σ_i ψ₂(x_i, y_j) for a
/// negative one, ψ₂(x, y) = 2·[x > y] + [x = y]. These are the structural components of DeLong,
/// DeLong and Clarke-Pearson (Biometrics 1988;44:837–45) as integers, found by one sort as in Sun
/// and Xu (IEEE Signal Process Lett 2014;21:1389–93).
///
/// @param twice a number a row of the stratum
/// @param ties pairs of a positive and a negative case with the same score
/// @param infinite whether a score is infinite
record Placements(int[] twice, long ties, boolean infinite) {

  /// @throws NonFiniteScore if a score of the stratum is NaN
  static Placements of(double[] scores, boolean[] truth, Stratum stratum) {
    int[] rows = stratum.rows();
    int n = rows.length;
    long[] keys = new long[n];
    int[] tags = new int[n]; // twice the place, and 1 if positive
    boolean infinite = false;
    for (int i = 0; i < n; i++) {
      double score = scores[rows[i]];
      if (!Double.isFinite(score)) {
        if (Double.isNaN(score)) {
          throw new NonFiniteScore(rows[i], score);
        }
        infinite = true;
      }
      keys[i] = RadixSort.key(score);
      tags[i] = 2 * i + (truth[rows[i]] ? 1 : 0);
    }
    RadixSort.Sorted sorted = RadixSort.sort(keys, tags);
    long[] ascending = sorted.keys();
    int[] cases = sorted.tags();
    int[] twice = new int[n];
    long ties = 0;
    int illBelow = 0;
    int wellBelow = 0;
    for (int from = 0; from < n; ) {
      int to = from;
      int ill = 0;
      while (to < n && ascending[to] == ascending[from]) {
        ill += cases[to] & 1;
        to++;
      }
      int well = to - from - ill;
      int ofIll = 2 * wellBelow + well;
      int ofWell = 2 * (stratum.positives() - illBelow) - ill;
      for (int k = from; k < to; k++) {
        twice[cases[k] >> 1] = (cases[k] & 1) == 1 ? ofIll : ofWell;
      }
      ties += (long) ill * well;
      illBelow += ill;
      wellBelow += well;
      from = to;
    }
    return new Placements(twice, ties, infinite);
  }

  /// These less the others: the structural components of a difference of two areas.
  int[] minus(Placements other) {
    int[] difference = new int[twice.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = twice[i] - other.twice[i];
    }
    return difference;
  }
}
