package org.blindread.workbench.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.roc.Cases;
import org.blindread.stats.roc.RocBand;
import org.blindread.stats.roc.RocCurve;
import org.blindread.stats.roc.RocGap;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.PairedScores;

/// ROC curves of plain and secure scores on one another, all sites together: a panel a finding,
/// with the band of the plain curve. Curves that coincide are seen to: the secure one is dashed.
public final class RocOverlay {
  static final double LEVEL = 0.95;
  private static final Color BAND = new Color(0, 114, 178, 45);
  private static final Ink PLAIN = Ink.line(Ink.BLUE, Ink.solid(2.4f));
  private static final Ink SECURE = Ink.line(Ink.ORANGE, Ink.dashed(1.8f, 5, 4));

  private RocOverlay() {}

  /// A finding's curves; empty if one class is missing.
  private record Curves(
      FindingResult finding, Optional<RocCurve> plain, Optional<RocCurve> secure) {
    Optional<RocGap> gap() {
      return plain.isPresent() && secure.isPresent()
          ? Optional.of(plain.get().largestGap(secure.get()))
          : Optional.empty();
    }
  }

  /// Draws the scores of which a comparison was made.
  ///
  /// @throws IllegalArgumentException if the comparison is of other scores
  public static Figure of(PairedScores scores, Comparison comparison) {
    List<Curves> curves = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      ScoredCases columns = ScoredCases.withTruth(scores, finding);
      Cases cases = ScoredCases.pooled(finding);
      curves.add(
          new Curves(
              finding, RocCurve.of(columns.plain(), cases), RocCurve.of(columns.secure(), cases)));
    }
    int columns = Math.min(3, curves.size() == 1 ? 2 : curves.size());
    return new Figure(
        "roc",
        "ROC curves, %s and %s".formatted(comparison.names().plain(), comparison.names().secure()),
        Words.subtitle(comparison),
        List.of(
            new Key(comparison.names().plain(), PLAIN),
            new Key(comparison.names().secure(), SECURE),
            new Key("95 % band, pointwise", Ink.line(new Color(0xC2DCEC), Ink.solid(9)))),
        caption(comparison, curves),
        curves.stream().map(each -> panel(each, columns)).toList(),
        columns,
        new RocData(comparison.names())
            .of(
                curves.stream().map(Curves::finding).toList(),
                curves.stream().map(Curves::plain).toList(),
                curves.stream().map(Curves::secure).toList()));
  }

  private static Panel panel(Curves curves, int columns) {
    int width = Figure.WIDTH / columns;
    Drawing drawing =
        new Drawing(
                Words.head(curves.finding()),
                "1 − specificity",
                "sensitivity",
                columns,
                Math.min(340, width + 8))
            .across(-0.02, 1.02)
            .upwards(-0.02, 1.02);
    drawing.styler().setXAxisDecimalPattern("0.0#").setYAxisDecimalPattern("0.0#");
    drawing.styler().setXAxisTickMarkSpacingHint(30).setYAxisTickMarkSpacingHint(30);
    drawing.line(Ink.REFERENCE, 0, 0, 1, 1);
    if (curves.plain().isEmpty() || curves.secure().isEmpty()) {
      drawing.note("one class only: no curve", 0.5, 0.6);
      return drawing.panel();
    }
    band(drawing, curves.plain().get().band(LEVEL));
    var areas = curves.finding().all().areas();
    curve(drawing, PLAIN, trace(curves.plain().get()));
    curve(drawing, SECURE, trace(curves.secure().get()).dashed(0.022, 0.016));
    double plot = width - 64.0;
    area(drawing, PLAIN, areas.plain().estimate(), 0.17, plot);
    area(drawing, SECURE, areas.secure().estimate(), 0.08, plot);
    return drawing.panel();
  }

  private static Trace trace(RocCurve curve) {
    return new Trace(
            curve.points().stream().mapToDouble(curve::falsePositiveRate).toArray(),
            curve.points().stream().mapToDouble(curve::sensitivity).toArray())
        .thinned();
  }

  private static void curve(Drawing drawing, Ink ink, Trace trace) {
    drawing.line(
        Ink.line(ink.color(), Ink.solid(ink.stroke().orElseThrow().getLineWidth())), trace);
  }

  /// The area, beside a sample of the line, below the curves.
  ///
  /// @param plot width of the axes in pixels
  private static void area(Drawing drawing, Ink ink, Estimate area, double y, double plot) {
    double left = 0.98 - (Type.width(words(area), Type.SMALL) + 4) / plot;
    drawing.line(ink, left - 16 / plot, y, left, y).note(words(area), left / 2 + 0.5 + 2 / plot, y);
  }

  private static String words(Estimate area) {
    return switch (area) {
      case Estimate.Estimated found ->
          String.format(
              Locale.ROOT,
              "%.3f (%.3f–%.3f)",
              found.value(),
              found.interval().lower(),
              found.interval().upper());
      case Estimate.NotEstimable none ->
          String.format(Locale.ROOT, "%.3f, no interval", none.point().orElse(Double.NaN));
    };
  }

  private static void band(Drawing drawing, RocBand band) {
    List<Double> x = new ArrayList<>(List.of(0.0));
    List<Double> y = new ArrayList<>(List.of(0.0));
    // from one corner to the next the upper edge rises first, the lower edge last
    for (RocBand.Corner corner : band.upper()) {
      x.add(x.getLast());
      y.add(corner.sensitivity());
      x.add(corner.falsePositiveRate());
      y.add(corner.sensitivity());
    }
    x.add(1.0);
    y.add(1.0);
    for (RocBand.Corner corner : band.lower().reversed()) {
      x.add(x.getLast());
      y.add(corner.sensitivity());
      x.add(corner.falsePositiveRate());
      y.add(corner.sensitivity());
    }
    x.add(x.getLast());
    y.add(0.0);
    drawing.area(BAND, new Trace(array(x), array(y)).thinned());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String caption(Comparison comparison, List<Curves> curves) {
    List<String> gaps = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (Curves each : curves) {
      each.gap()
          .ifPresentOrElse(
              gap ->
                  gaps.add(
                      each.finding().finding()
                          + " "
                          + (gap.size() == 0
                              ? "0"
                              : "%s (at specificity %s)"
                                  .formatted(
                                      Words.number(gap.size()),
                                      String.format(Locale.ROOT, "%.3f", gap.specificity())))),
              () -> absent.add(each.finding().finding()));
    }
    return ("Empirical ROC curves of %s (solid) and of %s (dashed, on top), all sites together; above"
            + " each panel positive of all images, in it the AUROC with its 95 %% interval."
            + "%s%s Band: exact rectangles of the %s curve's thresholds, pointwise 95 %%, cases taken as"
            + " independent. %s")
        .formatted(
            comparison.names().plain(),
            comparison.names().secure(),
            gaps.isEmpty() ? "" : " Largest vertical gap: " + String.join(", ", gaps) + ".",
            absent.isEmpty() ? "" : " One class only, no curve: " + String.join(", ", absent) + ".",
            comparison.names().plain(),
            Words.source(comparison))
        .strip();
  }
}
