package org.blindread.data;

/// What is known to be true of one image.
///
/// @param image its name, unique in its table
/// @param site where it was taken; may be empty
/// @param patient whose it is; may be empty
/// @param labels what a reader said
public record TruthRow(String image, String site, String patient, Labels labels) {
  /// @throws IllegalArgumentException if the image has no name
  public TruthRow {
    if (image.isBlank()) {
      throw new IllegalArgumentException("an image has no name");
    }
  }
}
