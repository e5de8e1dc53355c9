package org.blindread.stats.roc;

import java.util.ArrayList;
import java.util.List;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.proportion.ClopperPearson;

/// A pointwise band around an empirical ROC curve, made of a rectangle a threshold: sensitivity and
/// false positive rate each have the exact binomial interval of level √level, and as positive and
/// negative cases are different cases, both hold together with probability `level` (Pepe, *The
/// Statistical Evaluation of Medical Tests*, 2003, §2.2; the same rectangles as R's plotROC draws).
/// Where they hold, the curve of the population, which never falls, lies above the rectangle's
/// lower right corner and below its upper left one. So the lower edge of the band joins the former
/// and the upper edge the latter.
///
/// Pointwise: it holds for any one threshold, not for all at once. Cases count as independent:
/// where patients have several, the band is too narrow.
///
/// @param level of confidence
/// @param lower corners of the lower edge, both coordinates rising
/// @param upper corners of the upper edge, likewise
public record RocBand(double level, List<Corner> lower, List<Corner> upper) {

  /// A place in the ROC plane.
  ///
  /// @param falsePositiveRate 1 − specificity, 0 … 1
  /// @param sensitivity 0 … 1
  public record Corner(double falsePositiveRate, double sensitivity) {}

  public RocBand {
    Interval.requireLevel(level);
    lower = List.copyOf(lower);
    upper = List.copyOf(upper);
  }

  static RocBand of(RocCurve curve, double level) {
    double each = Math.sqrt(Interval.requireLevel(level));
    Interval[] sensitivity = intervals(curve.positives(), each);
    Interval[] falsePositive = intervals(curve.negatives(), each);
    List<Corner> lower = new ArrayList<>();
    List<Corner> upper = new ArrayList<>();
    for (RocPoint point : curve.points()) {
      Interval up = sensitivity[point.truePositives()];
      Interval across = falsePositive[point.falsePositives()];
      lower.add(new Corner(across.upper(), up.lower()));
      upper.add(new Corner(across.lower(), up.upper()));
    }
    return new RocBand(level, lower, upper);
  }

  /// The interval of each count out of some cases.
  private static Interval[] intervals(int cases, double level) {
    Interval[] intervals = new Interval[cases + 1];
    for (int count = 0; count <= cases; count++) {
      intervals[count] = ClopperPearson.of(count, cases, level).interval();
    }
    return intervals;
  }
}
