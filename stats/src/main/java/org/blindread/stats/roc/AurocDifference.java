package org.blindread.stats.roc;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.Reason;
import org.blindread.stats.estimate.StandardNormal;

/// The difference secure − plain of two areas on the same cases. Where the sample shows no variance
/// of it, that is an outcome of its own: no z of 0/0, and no p of 1 for two perfect curves.
public sealed interface AurocDifference {

  /// The difference of the sample; empty if there is no pair to compare.
  OptionalDouble point();

  /// The difference with its variance, in the ordinary case.
  default Optional<Ordinary> ordinary() {
    return this instanceof Ordinary found ? Optional.of(found) : Optional.empty();
  }

  /// `"ordinary"`, or the name of the degenerate case.
  String outcome();

  /// Whether the two areas differ by less than the margin.
  ///
  /// @param alpha error of each one-sided test, such as 0.05
  Equivalence equivalence(Margin margin, double alpha);

  /// A difference whose variance the sample shows: DeLong's for the differences of placements, not
  /// the sum of two variances less a covariance.
  ///
  /// @param value secure − plain
  /// @param variance positive
  record Ordinary(double value, double variance) implements AurocDifference {
    /// @throws IllegalArgumentException if the variance is not positive
    public Ordinary {
      if (!(variance > 0)) {
        throw new IllegalArgumentException("a variance is positive, not " + variance);
      }
    }

    public double standardError() {
      return Math.sqrt(variance);
    }

    public double z() {
      return value / standardError();
    }

    /// Two-sided p-value of no difference. A large one is no evidence of equivalence.
    public double p() {
      return StandardNormal.twoSidedP(z());
    }

    /// The Wald interval.
    public Interval interval(double level) {
      return Interval.wald(value, standardError(), level);
    }

    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(value);
    }

    @Override
    public String outcome() {
      return "ordinary";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return Equivalence.of(value, standardError(), margin, alpha);
    }

    @Override
    public String toString() {
      Interval ninety = interval(0.90);
      return String.format(
          Locale.ROOT,
          "difference %.3g (90 %% CI %.3g … %.3g), z = %.2f, p = %.3g",
          value,
          ninety.lower(),
          ninety.upper(),
          z(),
          p());
    }
  }

  /// Both markers stand every case in the same place among the other class: identical scores, any
  /// strictly monotone copy of them. The difference is exactly 0, with no sampling error.
  record IdenticalRanking() implements AurocDifference {
    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(0);
    }

    @Override
    public String outcome() {
      return "IdenticalRanking";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return new Equivalence.Exact(margin, 0);
    }

    @Override
    public String toString() {
      return "difference exactly 0: identical ranking";
    }
  }

  /// Both areas are 1: the sample separates perfectly under both, and says nothing of how either
  /// would do where it is harder.
  record PerfectSeparationBoth() implements AurocDifference {
    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(0);
    }

    @Override
    public String outcome() {
      return "PerfectSeparationBoth";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return new Equivalence.Exact(margin, 0);
    }

    @Override
    public String toString() {
      return "difference 0: both areas are 1";
    }
  }

  /// The rankings differ, yet the sample shows no variance of the difference, as when constant
  /// scores meet perfect ones.
  ///
  /// @param value secure − plain
  record ZeroVarianceDifferent(double value) implements AurocDifference {
    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(value);
    }

    @Override
    public String outcome() {
      return "ZeroVarianceDifferent";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return new Equivalence.Exact(margin, value);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "difference %.3g with no variance in the sample", value);
    }
  }

  /// One class has a single case, or comes from a single patient.
  ///
  /// @param value secure − plain
  /// @param reason which class
  record VarianceUndefined(double value, Reason reason) implements AurocDifference {
    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(value);
    }

    @Override
    public String outcome() {
      return "VarianceUndefined";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return new Equivalence.Undecided(margin, reason);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "difference %.3g, no variance: %s", value, reason.meaning());
    }
  }

  /// There is no pair of a positive and a negative case.
  record OneClassOnly() implements AurocDifference {
    @Override
    public OptionalDouble point() {
      return OptionalDouble.empty();
    }

    @Override
    public String outcome() {
      return "OneClassOnly";
    }

    @Override
    public Equivalence equivalence(Margin margin, double alpha) {
      return new Equivalence.Undecided(margin, Reason.ONE_CLASS_ONLY);
    }

    @Override
    public String toString() {
      return "no difference: " + Reason.ONE_CLASS_ONLY.meaning();
    }
  }
}
