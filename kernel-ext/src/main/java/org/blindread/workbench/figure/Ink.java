package org.blindread.workbench.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// How something is drawn. Colours are those of Okabe and Ito (*Color Universal Design*, 2008),
/// told apart by colour-blind readers; plain and secure differ in grey, too, and by their marks.
///
/// @param color of line and mark
/// @param stroke of the line; empty for marks alone
/// @param marker the mark; empty for a line alone
public record Ink(Color color, Optional<BasicStroke> stroke, Optional<Marker> marker) {
  static final Color BLACK = Color.BLACK;
  static final Color GREY = new Color(0x767676);
  static final Color PALE = new Color(0xDDDDDD);
  static final Color BLUE = new Color(0x0072B2);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color VERMILION = new Color(0xD55E00);

  /// For parts of a whole, such as the links of a network.
  static final List<Color> PARTS =
      List.of(
          BLUE,
          ORANGE,
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          VERMILION,
          new Color(0xF0E442));

  /// Plain scores: dark, a circle.
  static final Ink PLAIN =
      new Ink(BLUE, Optional.of(solid(1.6f)), Optional.of(SeriesMarkers.CIRCLE));

  /// Secure scores: light, a diamond.
  static final Ink SECURE =
      new Ink(ORANGE, Optional.of(solid(1.6f)), Optional.of(SeriesMarkers.DIAMOND));

  /// What is certain, whatever the sample.
  static final Ink CERTAIN = marks(GREY, SeriesMarkers.SQUARE);

  /// A margin that was declared.
  static final Ink MARGIN = line(VERMILION, dashed(1.4f, 7, 4));

  /// A line of reference.
  static final Ink REFERENCE = line(GREY, dashed(0.8f, 2, 3));

  static Ink line(Color color, BasicStroke stroke) {
    return new Ink(color, Optional.of(stroke), Optional.empty());
  }

  static Ink marks(Color color, Marker marker) {
    return new Ink(color, Optional.empty(), Optional.of(marker));
  }

  static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(float width, float on, float off) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {on, off}, 0);
  }

  Ink lineOnly() {
    return new Ink(color, stroke, Optional.empty());
  }

  Ink with(Marker other) {
    return new Ink(color, stroke, Optional.of(other));
  }
}
