package org.blindread.stats.roc;

import java.util.Optional;
import org.blindread.stats.estimate.Reason;

/// The areas of two columns of scores on the same cases, and their difference: the paired test of
/// DeLong (1988), clustered by patient after Obuchowski (1997) where patients are given.
///
/// @param plain the area of the plain scores
/// @param secure the area of the secure scores
/// @param difference secure − plain, clustered by patient if the cases have patients
/// @param unclustered the same, every case taken as independent of the others
public record AurocComparison(
    Auroc plain, Auroc secure, AurocDifference difference, AurocDifference unclustered) {

  /// Compares two columns of scores, the areas with the default interval.
  ///
  /// @param plain one score a case; infinite is allowed
  /// @param secure likewise
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static AurocComparison of(double[] plain, double[] secure, Cases cases) {
    return of(plain, secure, cases, Auroc.Options.defaults());
  }

  /// The same, with a choice of the areas' intervals.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static AurocComparison of(
      double[] plain, double[] secure, Cases cases, Auroc.Options options) {
    cases.requireOneScoreEach(plain);
    cases.requireOneScoreEach(secure);
    Tally plainTally = new Tally(cases);
    Tally secureTally = new Tally(cases);
    Tally difference = new Tally(cases);
    long plainTies = 0;
    long secureTies = 0;
    boolean plainInfinite = false;
    boolean secureInfinite = false;
    for (Stratum stratum : cases.strata()) {
      Placements before = Placements.of(plain, cases.truth(), stratum);
      Placements after = Placements.of(secure, cases.truth(), stratum);
      plainTally.add(before.twice(), stratum);
      secureTally.add(after.twice(), stratum);
      difference.add(after.minus(before), stratum);
      plainTies += before.ties();
      secureTies += after.ties();
      plainInfinite |= before.infinite();
      secureInfinite |= after.infinite();
    }
    boolean perfect = plainTally.hasPairs() && plainTally.value() == 1;
    return new AurocComparison(
        Auroc.of(plainTally, cases, plainTies, plainInfinite, options),
        Auroc.of(secureTally, cases, secureTies, secureInfinite, options),
        outcome(difference, perfect, true),
        outcome(difference, perfect, false));
  }

  private static AurocDifference outcome(Tally tally, boolean perfect, boolean clustered) {
    if (!tally.hasPairs()) {
      return new AurocDifference.OneClassOnly();
    }
    if (tally.isAllZero()) {
      return perfect
          ? new AurocDifference.PerfectSeparationBoth()
          : new AurocDifference.IdenticalRanking();
    }
    Optional<Reason> undefined = tally.undefined();
    if (undefined.isPresent()) {
      return new AurocDifference.VarianceUndefined(tally.value(), undefined.get());
    }
    double variance = tally.variance(clustered);
    return variance > 0
        ? new AurocDifference.Ordinary(tally.value(), variance)
        : new AurocDifference.ZeroVarianceDifferent(tally.value());
  }

  @Override
  public String toString() {
    return "plain %s; secure %s; %s".formatted(plain.estimate(), secure.estimate(), difference);
  }
}
