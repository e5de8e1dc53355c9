package org.blindread.data.phantom;

/// Letters of lead: the few that films and contact sheets are marked with, five by seven.
final class Glyphs {
  private static final double LEAD = 250;

  private Glyphs() {}

  private static int[] rows(char letter) {
    return switch (letter) {
      case 'A' -> new int[] {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11};
      case 'C' -> new int[] {0x0E, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0E};
      case 'E' -> new int[] {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F};
      case 'H' -> new int[] {0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11};
      case 'I' -> new int[] {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E};
      case 'L' -> new int[] {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F};
      case 'N' -> new int[] {0x11, 0x19, 0x15, 0x15, 0x13, 0x11, 0x11};
      case 'P' -> new int[] {0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10};
      case 'R' -> new int[] {0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11};
      case 'S' -> new int[] {0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E};
      case 'T' -> new int[] {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04};
      case 'Y' -> new int[] {0x11, 0x11, 0x0A, 0x04, 0x04, 0x04, 0x04};
      case ' ' -> new int[7];
      default -> throw new IllegalArgumentException("no letter of lead for '" + letter + "'");
    };
  }

  /// Writes bright letters, the first one's top left corner at a pixel; what leaves the image is
  /// cut.
  static void write(
      String text, double[] value, int width, int height, int left, int top, int size) {
    for (int i = 0; i < text.length(); i++) {
      int[] rows = rows(text.charAt(i));
      for (int y = 0; y < 7 * size; y++) {
        for (int x = 0; x < 5 * size; x++) {
          int px = left + 6 * size * i + x;
          int py = top + y;
          boolean lead = (rows[y / size] >> (4 - x / size) & 1) != 0;
          if (lead && px >= 0 && px < width && py >= 0 && py < height) {
            value[py * width + px] = LEAD;
          }
        }
      }
    }
  }
}
