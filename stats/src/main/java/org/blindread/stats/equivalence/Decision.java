package org.blindread.stats.equivalence;

/// What a test of equivalence or non-inferiority says. Its negative is never "different".
public enum Decision {
  /// The difference is within the margin, at the stated error.
  EQUIVALENT,
  /// Not worse by as much as the margin, at the stated error.
  NON_INFERIOR,
  /// The sample does not show it; this is no proof of the opposite.
  NOT_SHOWN
}
