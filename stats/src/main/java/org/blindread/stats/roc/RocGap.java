package org.blindread.stats.roc;

import java.util.Locale;

/// The largest vertical distance of two ROC curves.
///
/// @param size difference of the sensitivities, 0 … 1
/// @param specificity where it is, the greatest if in several places
public record RocGap(double size, double specificity) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "sensitivities differ by %.3g at most (specificity %.3f)", size, specificity);
  }
}
