package org.blindread.data;

/// An image that was received and left out.
///
/// @param reason why
/// @param row where it stands in its source
/// @param image its name
/// @param site where it was taken; empty where unknown
/// @param detail what is wrong, as a sentence without the row
public record Exclusion(Reason reason, int row, String image, String site, String detail) {
  /// Why an image is left out. The order is the one in which they are looked for; an image has one.
  public enum Reason {
    MISSING_FILE("file missing"),
    NO_LABEL("no label"),
    /// Its name or its file was listed before; the first stays.
    DUPLICATE("listed twice"),
    UNREADABLE("unreadable");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// As a flow chart says it.
    @Override
    public String toString() {
      return words;
    }
  }

  @Override
  public String toString() {
    return "row %d, image '%s': %s: %s".formatted(row, image, reason, detail);
  }
}
