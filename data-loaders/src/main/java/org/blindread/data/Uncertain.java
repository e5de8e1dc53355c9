package org.blindread.data;

import java.util.Optional;

/// What an uncertain label counts as where a yes or no is needed. It changes every figure computed
/// from the labels, so there is no default: whoever asks for the truth says which (CheXpert's
/// U-Ignore, U-Ones and U-Zeros).
public enum Uncertain {
  /// The image is left out for this finding.
  EXCLUDE,
  /// Counts as present.
  AS_PRESENT,
  /// Counts as absent.
  AS_ABSENT;

  /// Whether the finding counts as present; empty if the image is left out.
  public Optional<Boolean> decide(Label label) {
    return switch (label) {
      case PRESENT -> Optional.of(true);
      case ABSENT -> Optional.of(false);
      case UNCERTAIN ->
          switch (this) {
            case EXCLUDE -> Optional.empty();
            case AS_PRESENT -> Optional.of(true);
            case AS_ABSENT -> Optional.of(false);
          };
    };
  }

  /// As a sentence says it: `uncertain labels count as present`.
  @Override
  public String toString() {
    return switch (this) {
      case EXCLUDE -> "images with an uncertain label are left out";
      case AS_PRESENT -> "uncertain labels count as present";
      case AS_ABSENT -> "uncertain labels count as absent";
    };
  }
}
