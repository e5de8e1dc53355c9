package org.blindread.stats.estimate;

/// A score that is not a number, or infinite where only finite ones have a meaning.
public final class NonFiniteScore extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int index;

  /// @param index the case, from 0
  /// @param score what was found there
  public NonFiniteScore(int index, double score) {
    super("the score of case " + index + " is " + score);
    this.index = index;
  }

  /// The case, from 0.
  public int index() {
    return index;
  }
}
