package org.blindread.stats.estimate;

/// Why a statistic has no value, or a value without an uncertainty.
public enum Reason {
  ONE_CLASS_ONLY("all cases are of one class"),
  TOO_FEW_POSITIVES("fewer than two patients have a positive case"),
  TOO_FEW_NEGATIVES("fewer than two patients have a negative case"),
  TOO_FEW_CASES("there are too few cases"),
  PERFECT_SEPARATION("every pair is won, or every pair is lost, so the sample shows no variance"),
  NO_VARIATION("the sample shows no variation to read a variance from");

  private final String meaning;

  Reason(String meaning) {
    this.meaning = meaning;
  }

  /// One clause for a table's footnote.
  public String meaning() {
    return meaning;
  }
}
