package org.blindread.workbench;

/// One number a model puts out.
///
/// @param finding what it speaks of, for example `pneumonia`; 1 … 64 characters, no control
///   characters
/// @param kind how to read the number
public record Output(String finding, Kind kind) {
  private static final int CHARACTERS = 64;

  /// How to read the number.
  public enum Kind {
    /// Any real; more means more likely.
    LOGIT,
    /// 0 … 1.
    PROBABILITY
  }

  /// @throws IllegalArgumentException if the finding's name cannot head a column of scores
  public Output {
    if (finding.isBlank()
        || finding.length() > CHARACTERS
        || finding.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a finding's name has 1 to 64 printable characters, not '" + printable(finding) + "'");
    }
    if (finding.equals("image") || finding.equals("site") || finding.equals("patient")) {
      throw new IllegalArgumentException(
          "a finding may not be named '" + finding + "': the scores have such a column");
    }
  }

  private static String printable(String text) {
    String shown = text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
