package org.blindread.data;

import java.util.Locale;

/// Tells a name that was probably meant from one that only looks a little like it.
final class Spelling {
  private Spelling() {}

  /// Whether a name is probably a slip of another: equal but for case, blanks and signs, or with
  /// `id` behind; or, of four letters and more, with one letter too many, missing or two exchanged;
  /// or, of five and more, with one wrong letter (`side` is a word of its own, `patiant` is not).
  static boolean slip(String name, String meant) {
    String a = letters(name);
    String b = letters(meant);
    if (a.equals(b) || a.equals(b + "id")) {
      return !name.equals(meant);
    }
    if (b.length() < 4 || Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int at = 0;
    while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    String restOfA = a.substring(at);
    String restOfB = b.substring(at);
    if (a.length() > b.length()) {
      return restOfA.substring(1).equals(restOfB);
    }
    if (a.length() < b.length()) {
      return restOfA.equals(restOfB.substring(1));
    }
    return (b.length() >= 5 && restOfA.substring(1).equals(restOfB.substring(1)))
        || exchanged(restOfA, restOfB);
  }

  private static boolean exchanged(String a, String b) {
    return a.length() > 1
        && a.charAt(0) == b.charAt(1)
        && a.charAt(1) == b.charAt(0)
        && a.substring(2).equals(b.substring(2));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
