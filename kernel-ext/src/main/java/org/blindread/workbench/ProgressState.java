package org.blindread.workbench;

import java.util.Locale;
import java.util.OptionalLong;

/// How far work has come.
///
/// @param what the plural of what is counted, for example `images`
/// @param done how many are done
/// @param total of how many
/// @param fraction 0 … 1, work on what is not done included
/// @param detail what is being done, for example `site-a, conv1, 12.3 MB`; may be empty
/// @param secondsLeft an estimate, if there is one yet
public record ProgressState(
    String what, int done, int total, double fraction, String detail, OptionalLong secondsLeft) {

  /// The state in one line: `images 3/10, site-a, conv1, 12.3 MB, 6 s left`.
  public String line() {
    String more = detail.isEmpty() ? "" : ", " + detail;
    String left = secondsLeft.isEmpty() ? "" : ", " + duration(secondsLeft.getAsLong()) + " left";
    return what + " " + done + "/" + total + more + left;
  }

  /// Seconds in words: `59 s`, `2 min 05 s`, `1 h 01 min`.
  public static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }
}
