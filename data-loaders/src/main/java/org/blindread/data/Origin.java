package org.blindread.data;

import java.util.ArrayList;
import java.util.List;

/// Where a cohort comes from, fit to be printed under a table.
///
/// @param source a file, or the recipe of made-up images
/// @param sha256 of the file's bytes, or of the recipe: 64 hexadecimal digits. A manifest's hash
///   covers what it says of the images, not their pixels.
/// @param steps what was done since: `site Ulm: 120 of 878 images`
public record Origin(String source, String sha256, List<String> steps) {
  /// @throws IllegalArgumentException if the hash is none
  public Origin {
    steps = List.copyOf(steps);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits: '" + sha256 + "'");
    }
  }

  /// A source nothing was taken from yet.
  public static Origin of(String source, String sha256) {
    return new Origin(source, sha256, List.of());
  }

  /// A recipe of made-up images: all that the same program needs to make them again.
  public static Origin recipe(String text) {
    return of(text, Sha256.of(text));
  }

  /// The same, one step further.
  Origin then(String step) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return new Origin(source, sha256, more);
  }

  @Override
  public String toString() {
    String whole = source + ", SHA-256 " + sha256;
    return steps.isEmpty() ? whole : whole + "; " + String.join("; ", steps);
  }
}
