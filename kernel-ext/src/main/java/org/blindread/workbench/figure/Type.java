package org.blindread.workbench.figure;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/// Letters, in the pixels of a figure that is 720 wide. Printed 16 cm wide, 11 pixels are 7 points.
final class Type {
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Type() {}

  static double width(String text, Font font) {
    return font.getStringBounds(text, CONTEXT).getWidth();
  }

  /// As much of a text as fits, the rest an ellipsis.
  static String cut(String text, Font font, double pixels) {
    String shown = text;
    while (shown.length() > 2 && width(shown, font) > pixels) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    return shown;
  }
}
