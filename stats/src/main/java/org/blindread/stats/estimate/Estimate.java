package org.blindread.stats.estimate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a sample says about a number: a value with variance and interval, or the reason why it does
/// not say so much. A degenerate sample is an outcome of its own, never NaN.
public sealed interface Estimate {

  /// The value of the sample, where it has one.
  OptionalDouble point();

  /// The estimate with its uncertainty, where there is one.
  Optional<Estimated> estimated();

  /// `"ordinary"`, or the name of the reason.
  String outcome();

  /// A value with its sampling variance.
  ///
  /// @param value the number itself
  /// @param variance positive; the square of the standard error
  /// @param interval around the value
  /// @param method how variance and interval were made, such as `"DeLong, logit"`
  record Estimated(double value, double variance, Interval interval, String method)
      implements Estimate {
    /// @throws IllegalArgumentException if the value is not finite or the variance not positive
    public Estimated {
      if (!Double.isFinite(value) || !(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "an estimate is finite and its variance positive, not %s with variance %s"
                .formatted(value, variance));
      }
    }

    public double standardError() {
      return Math.sqrt(variance);
    }

    @Override
    public OptionalDouble point() {
      return OptionalDouble.of(value);
    }

    @Override
    public Optional<Estimated> estimated() {
      return Optional.of(this);
    }

    @Override
    public String outcome() {
      return "ordinary";
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.4f (%s CI %.4f … %.4f)",
          value,
          Interval.percent(interval.level()),
          interval.lower(),
          interval.upper());
    }
  }

  /// No uncertainty can be given, and the reason.
  ///
  /// @param reason why
  /// @param point the value of the sample, if it has one at least
  record NotEstimable(Reason reason, OptionalDouble point) implements Estimate {
    @Override
    public Optional<Estimated> estimated() {
      return Optional.empty();
    }

    @Override
    public String outcome() {
      return reason.name();
    }

    @Override
    public String toString() {
      String value =
          point.isPresent() ? String.format(Locale.ROOT, "%.4f", point.getAsDouble()) : "no value";
      return "%s, no interval: %s (%s)".formatted(value, reason.name(), reason.meaning());
    }
  }
}
