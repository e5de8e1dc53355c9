package org.blindread.data;

/// Something a reader looks for on an image, such as `pneumonia`. Two findings are the same if
/// their names are, letter by letter: `Pneumonia` is another finding than `pneumonia`.
///
/// @param name 1 … 100 printable characters, no blanks around them, and not the name of a column
///   that means something else in a manifest (`patient`, `site`, …)
public record Finding(String name) implements Comparable<Finding> {
  private static final int CHARACTERS = 100;

  /// @throws IllegalArgumentException naming the rule that the name breaks
  public Finding {
    if (name.isEmpty() || name.length() > CHARACTERS) {
      throw new IllegalArgumentException(
          "a finding's name has 1 to %d characters, not %d".formatted(CHARACTERS, name.length()));
    }
    if (!Csv.printable(name) || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "a finding's name holds no control characters and no blanks at its ends: '"
              + Csv.shown(name)
              + "'");
    }
    if (ManifestColumns.KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' cannot name a finding: a manifest's column of that name means something"
              + " else");
    }
  }

  @Override
  public int compareTo(Finding other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
