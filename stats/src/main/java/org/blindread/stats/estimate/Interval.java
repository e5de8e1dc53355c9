package org.blindread.stats.estimate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// An interval that covers the true value with the stated probability over repeated samples.
///
/// @param lower at most `upper`
/// @param upper may be infinite, as `lower` may
/// @param level confidence level, between 0 and 1, such as 0.95
public record Interval(double lower, double upper, double level) {
  /// @throws IllegalArgumentException if the ends are not in order or the level is not in (0, 1)
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "the ends of an interval are not in order: " + lower + " … " + upper);
    }
    requireLevel(level);
  }

  /// `value` ± z·se, z the normal quantile of (1 + level)/2 (Wald).
  public static Interval wald(double value, double standardError, double level) {
    double reach = StandardNormal.twoSided(level) * standardError;
    return new Interval(value - reach, value + reach, level);
  }

  /// Whether the interval lies wholly and strictly inside −margin … margin.
  public boolean isWithin(double margin) {
    return lower > -margin && upper < margin;
  }

  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /// The level itself.
  ///
  /// @throws IllegalArgumentException if it is not strictly between 0 and 1
  public static double requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "a level is strictly between 0 and 1, such as 0.95, not " + level);
    }
    return level;
  }

  /// A level as papers write it: `"95 %"`, `"97.5 %"`.
  public static String percent(double level) {
    return new BigDecimal(100 * level, new MathContext(6)).stripTrailingZeros().toPlainString()
        + " %";
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s CI %.6g … %.6g", percent(level), lower, upper);
  }
}
