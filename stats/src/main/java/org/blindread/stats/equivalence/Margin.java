package org.blindread.stats.equivalence;

/// The smallest difference that would matter. It has no default: who tests for equivalence says
/// what is equivalent, and why.
///
/// @param value in the unit of the difference, positive
/// @param rationale why this value, one sentence
/// @param prespecified whether it was declared before the data were seen
public record Margin(double value, String rationale, boolean prespecified) {
  /// @throws IllegalArgumentException if the value is not positive and finite
  public Margin {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a margin is a positive finite difference, not " + value);
    }
  }

  /// A margin declared before the data were seen.
  public static Margin prespecified(double value, String rationale) {
    return new Margin(value, rationale, true);
  }

  @Override
  public String toString() {
    return "±%s (%s%s)"
        .formatted(value, rationale, prespecified ? "" : "; chosen after the data were seen");
  }
}
