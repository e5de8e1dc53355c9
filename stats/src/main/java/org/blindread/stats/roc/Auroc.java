package org.blindread.stats.roc;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.Reason;

/// Area under the ROC curve: the chance that a positive case scores higher than a negative one,
/// ties counting half (Mann and Whitney 1947; Hanley and McNeil 1982), with its variance after
/// DeLong (1988), or clustered by patient after Obuchowski (1997) where patients are given.
///
/// The value is the nearest double to the true fraction of pairs; the variance is made of exact
/// integers too (see [RankMoments]).
///
/// @param estimate the area, its variance clustered by patient if the cases have patients
/// @param unclustered the same area, every case taken as independent of the others
/// @param positives cases
/// @param negatives cases
/// @param patients that these come from
/// @param tiedPairs pairs of a positive and a negative case with the same score
/// @param infiniteScores whether a score was infinite, which the ranks allow
public record Auroc(
    Estimate estimate,
    Estimate unclustered,
    int positives,
    int negatives,
    int patients,
    long tiedPairs,
    boolean infiniteScores) {

  /// How the interval is made.
  ///
  /// @param kind of interval
  /// @param level of confidence
  public record Options(IntervalKind kind, double level) {
    /// @throws IllegalArgumentException if the level is not in (0, 1)
    public Options {
      Interval.requireLevel(level);
    }

    /// The logit interval of level 0.95.
    public static Options defaults() {
      return new Options(IntervalKind.LOGIT, 0.95);
    }
  }

  /// The area for independent cases.
  ///
  /// @param scores one number a case, higher meaning more likely positive; infinite is allowed
  /// @param truth whether the case is positive
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Auroc of(double[] scores, boolean[] truth) {
    return of(scores, Cases.of(truth));
  }

  /// The area for cases, with the default interval.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Auroc of(double[] scores, Cases cases) {
    return of(scores, cases, Options.defaults());
  }

  /// The area for cases.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Auroc of(double[] scores, Cases cases, Options options) {
    cases.requireOneScoreEach(scores);
    Tally tally = new Tally(cases);
    long ties = 0;
    boolean infinite = false;
    for (Stratum stratum : cases.strata()) {
      Placements placements = Placements.of(scores, cases.truth(), stratum);
      tally.add(placements.twice(), stratum);
      ties += placements.ties();
      infinite |= placements.infinite();
    }
    return of(tally, cases, ties, infinite, options);
  }

  static Auroc of(Tally tally, Cases cases, long ties, boolean infinite, Options options) {
    return new Auroc(
        estimate(tally, true, options),
        estimate(tally, false, options),
        cases.positives(),
        cases.negatives(),
        cases.patients(),
        ties,
        infinite);
  }

  private static Estimate estimate(Tally tally, boolean clustered, Options options) {
    if (!tally.hasPairs()) {
      return new Estimate.NotEstimable(Reason.ONE_CLASS_ONLY, OptionalDouble.empty());
    }
    double area = tally.value();
    Optional<Reason> undefined = tally.undefined();
    if (undefined.isPresent()) {
      return new Estimate.NotEstimable(undefined.get(), tally.point());
    }
    if (area == 0 || area == 1) {
      return new Estimate.NotEstimable(Reason.PERFECT_SEPARATION, tally.point());
    }
    double variance = tally.variance(clustered);
    if (variance == 0) {
      return new Estimate.NotEstimable(Reason.NO_VARIATION, tally.point());
    }
    return new Estimate.Estimated(
        area,
        variance,
        options.kind().around(area, variance, options.level()),
        (clustered ? "clustered by patient, " : "DeLong, ")
            + options.kind().name().toLowerCase(Locale.ROOT));
  }

  /// The area; empty if a class has no case.
  public OptionalDouble value() {
    return estimate.point();
  }

  /// How many times larger clustering by patient makes the variance.
  public OptionalDouble designEffect() {
    return estimate.estimated().isPresent() && unclustered.estimated().isPresent()
        ? OptionalDouble.of(
            estimate.estimated().get().variance() / unclustered.estimated().get().variance())
        : OptionalDouble.empty();
  }

  /// For an area of exactly 1 or 0, about which DeLong says nothing: the interval from (1 −
  /// level)^(1/k) to 1, or its mirror image, k the number of cases of the smaller class. It is
  /// *heuristic*: it treats the smaller class as k independent trials that all succeeded.
  public Optional<Interval> heuristicInterval(double level) {
    double area = value().orElse(0.5);
    if (area != 0 && area != 1) {
      return Optional.empty();
    }
    double reach = Math.pow(1 - Interval.requireLevel(level), 1.0 / Math.min(positives, negatives));
    return Optional.of(
        area == 1 ? new Interval(reach, 1, level) : new Interval(0, 1 - reach, level));
  }

  @Override
  public String toString() {
    return "AUROC %s, %d positive, %d negative, %d patients"
        .formatted(estimate, positives, negatives, patients);
  }
}
