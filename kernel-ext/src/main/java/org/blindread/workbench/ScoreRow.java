package org.blindread.workbench;

/// What a model said of one image.
///
/// The record owns its array: nobody writes to it after construction.
///
/// @param image the image's name
/// @param site where it was taken; empty if not known
/// @param patient whose it is; empty if not known
/// @param values one score a finding
public record ScoreRow(String image, String site, String patient, double[] values) {
  /// @throws IllegalArgumentException if the image has no name or a text holds a control character
  public ScoreRow {
    if (image.isEmpty()) {
      throw new IllegalArgumentException("a score belongs to an image with a name");
    }
    if ((image + site + patient).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("image, site and patient hold no control characters");
    }
  }

  /// No scores: they are a patient's.
  @Override
  public String toString() {
    return "ScoreRow[" + image + "]";
  }
}
