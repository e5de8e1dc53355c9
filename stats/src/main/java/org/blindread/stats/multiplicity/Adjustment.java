package org.blindread.stats.multiplicity;

/// A rule by which p-values are adjusted.
public enum Adjustment {
  /// Holm (Scand J Stat 1979;6:65–70): family-wise error, under any dependence. For confirmation.
  HOLM("Holm"),
  /// Benjamini and Hochberg (J R Stat Soc B 1995;57:289–300): false discovery rate, for independent
  /// or positively dependent tests. For exploration.
  BENJAMINI_HOCHBERG("Benjamini-Hochberg"),
  /// Benjamini and Yekutieli (Ann Stat 2001;29:1165–88): false discovery rate, under any
  /// dependence.
  BENJAMINI_YEKUTIELI("Benjamini-Yekutieli");

  private final String label;

  Adjustment(String label) {
    this.label = label;
  }

  /// As papers name it.
  public String label() {
    return label;
  }
}
