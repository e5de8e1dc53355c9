package org.blindread.mpc.frontend.onnx;

/// Text from a file, made fit for a message.
final class Text {
  private static final int LONGEST = 120;

  private Text() {}

  /// The text without control characters and cut to one line's length.
  static String clean(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
