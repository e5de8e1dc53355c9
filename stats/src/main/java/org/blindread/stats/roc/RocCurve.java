package org.blindread.stats.roc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.NonFiniteScore;

/// The empirical ROC curve: sensitivity against false positive rate over every threshold, from
/// nobody called positive to everybody. Between its points it is straight, so positive and negative
/// cases of the same score make one slanting step, and the area is that of [Auroc], ties counting
/// half.
///
/// @param points by falling threshold, one a different score, after the one that calls nobody
///   positive; counts never fall
/// @param positives cases
/// @param negatives cases
public record RocCurve(List<RocPoint> points, int positives, int negatives) {
  /// @throws IllegalArgumentException if the points do not lead from no case to all of both classes
  public RocCurve {
    points = List.copyOf(points);
    RocPoint last = points.getLast();
    if (positives < 1
        || negatives < 1
        || last.truePositives() != positives
        || last.falsePositives() != negatives) {
      throw new IllegalArgumentException(
          "a ROC curve of %d positive and %d negative cases does not end at %s"
              .formatted(positives, negatives, last));
    }
  }

  /// The curve of all cases together.
  ///
  /// @param scores one number a case, higher meaning more likely positive; infinite is allowed
  /// @param cases pooled: pairs within several sites have an area, but no curve
  /// @return empty if a class has no case
  /// @throws IllegalArgumentException if the lengths differ, a score is NaN, or the cases form
  ///   pairs within several sites
  public static Optional<RocCurve> of(double[] scores, Cases cases) {
    cases.requireOneScoreEach(scores);
    if (cases.pairs() == 0) {
      return Optional.empty();
    }
    if (cases.strata().size() > 1) {
      throw new IllegalArgumentException(
          "pairs within %d sites have no common thresholds; draw a curve of each site"
              .formatted(cases.strata().size()));
    }
    Stratum stratum = cases.strata().getFirst();
    return Optional.of(
        new RocCurve(
            points(scores, cases.truth(), stratum.rows()),
            stratum.positives(),
            stratum.negatives()));
  }

  private static List<RocPoint> points(double[] scores, boolean[] truth, int[] rows) {
    long[] keys = new long[rows.length];
    int[] places = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (Double.isNaN(scores[rows[i]])) {
        throw new NonFiniteScore(rows[i], Double.NaN);
      }
      keys[i] = RadixSort.key(scores[rows[i]]);
      places[i] = i;
    }
    RadixSort.Sorted ascending = RadixSort.sort(keys, places);
    List<RocPoint> points = new ArrayList<>();
    points.add(new RocPoint(OptionalDouble.empty(), 0, 0));
    int ill = 0;
    int well = 0;
    for (int i = rows.length - 1; i >= 0; i--) {
      int row = rows[ascending.tags()[i]];
      ill += truth[row] ? 1 : 0;
      well += truth[row] ? 0 : 1;
      if (i == 0 || ascending.keys()[i - 1] != ascending.keys()[i]) {
        points.add(new RocPoint(OptionalDouble.of(scores[row]), ill, well));
      }
    }
    return points;
  }

  /// The share of positive cases called positive at a point.
  public double sensitivity(RocPoint point) {
    return (double) point.truePositives() / positives;
  }

  /// 1 − specificity at a point.
  public double falsePositiveRate(RocPoint point) {
    return (double) point.falsePositives() / negatives;
  }

  /// The area by trapezoids, counted in integers: the same double as [Auroc#value].
  public double area() {
    long twice = 0;
    for (int i = 1; i < points.size(); i++) {
      RocPoint from = points.get(i - 1);
      RocPoint to = points.get(i);
      twice +=
          (long) (to.falsePositives() - from.falsePositives())
              * (to.truePositives() + from.truePositives());
    }
    return twice / (2.0 * ((long) positives * negatives));
  }

  /// The greatest sensitivity at a specificity; on a slanting step between its ends, in proportion.
  ///
  /// @param specificity 0 … 1
  /// @throws IllegalArgumentException if it is outside
  public double sensitivityAt(double specificity) {
    if (!(specificity >= 0 && specificity <= 1)) {
      throw new IllegalArgumentException("a specificity is 0 … 1, not " + specificity);
    }
    double well = (1 - specificity) * negatives;
    // 1 − 0.9 is not 0.1: what rounding moved off a whole number of cases is put back
    well = Math.abs(well - Math.rint(well)) < 1e-9 * negatives ? Math.rint(well) : well;
    int low = 0;
    int high = points.size() - 1;
    while (low < high) { // the last point with no more false positives
      int middle = (low + high + 1) >>> 1;
      if (points.get(middle).falsePositives() <= well) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    RocPoint from = points.get(low);
    if (low == points.size() - 1) {
      return 1;
    }
    RocPoint to = points.get(low + 1);
    double part = (well - from.falsePositives()) / (to.falsePositives() - from.falsePositives());
    return (from.truePositives() + part * (to.truePositives() - from.truePositives())) / positives;
  }

  /// The largest vertical distance from another curve of the same cases.
  ///
  /// @throws IllegalArgumentException if the other curve has other numbers of cases
  public RocGap largestGap(RocCurve other) {
    if (other.positives != positives || other.negatives != negatives) {
      throw new IllegalArgumentException(
          "curves of %d + %d and of %d + %d cases are not of the same cases"
              .formatted(positives, negatives, other.positives, other.negatives));
    }
    // Between two numbers of false positives both curves are straight: the ends suffice, and where
    // a curve rises upright, both of its ends.
    double[][] mine = heights();
    double[][] theirs = other.heights();
    double largest = 0;
    int at = 0;
    for (int well = 0; well <= negatives; well++) {
      double distance =
          Math.max(
              Math.abs(mine[0][well] - theirs[0][well]), Math.abs(mine[1][well] - theirs[1][well]));
      if (distance > largest) {
        largest = distance;
        at = well;
      }
    }
    return new RocGap(largest / positives, 1 - (double) at / negatives);
  }

  /// True positives, at their least and at their most, for each number of false positives.
  private double[][] heights() {
    double[][] heights = new double[2][negatives + 1];
    for (int i = 1; i < points.size(); i++) {
      RocPoint from = points.get(i - 1);
      RocPoint to = points.get(i);
      int wide = to.falsePositives() - from.falsePositives();
      if (wide == 0) {
        heights[1][to.falsePositives()] = to.truePositives();
      }
      for (int k = 1; k <= wide; k++) {
        double height =
            from.truePositives() + (double) k * (to.truePositives() - from.truePositives()) / wide;
        heights[0][from.falsePositives() + k] = height;
        heights[1][from.falsePositives() + k] = height;
      }
    }
    return heights;
  }

  /// A pointwise band.
  ///
  /// @param level of confidence, in (0, 1)
  public RocBand band(double level) {
    return RocBand.of(this, level);
  }

  @Override
  public String toString() {
    return "ROC curve of %d points, %d positive and %d negative cases, area %.4f"
        .formatted(points.size(), positives, negatives, area());
  }
}
