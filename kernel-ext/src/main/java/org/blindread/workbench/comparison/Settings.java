package org.blindread.workbench.comparison;

import java.util.Optional;
import org.blindread.data.Uncertain;
import org.blindread.stats.equivalence.Margin;

/// How two sets of scores are compared.
///
/// @param bySite whether each site gets lines of its own
/// @param margin the largest difference of two AUROCs that does not matter; without one there is a
///   difference and its interval, but no verdict
/// @param uncertain what uncertain labels count as; needed only where there are any
public record Settings(boolean bySite, Optional<Margin> margin, Optional<Uncertain> uncertain) {
  /// Error of each of the two one-sided tests.
  static final double ALPHA = 0.05;

  /// Of one-sided bounds on the scores' agreement.
  static final double CONFIDENCE = 0.95;

  /// A deviation of a score worth counting: 2^-6 logits, the goal of the default numbers.
  static final double THRESHOLD = 0x1p-6;
}
