package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.AurocDifference;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.SiteResult;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/// How far the two AUROCs are apart, on a logarithmic scale, against the declared margin: a panel a
/// finding, a row a site. What ends left of the margin is equivalent at it.
///
/// The mark is |difference|, pointing up if the secure area is larger; the line its 90 % interval
/// folded at 0, whose right end is the smallest margin that passes; the square what the rank
/// certificate bounds for certain. What is exactly 0 has no place on the scale and stands at its
/// left edge.
public final class EquivalencePlot {
  private static final int ROW = 17;

  private static final Ink INTERVAL = Ink.line(Ink.BLUE, Ink.solid(1.6f));
  private static final Ink ZERO = Ink.marks(Ink.BLUE, SeriesMarkers.CIRCLE);

  private EquivalencePlot() {}

  /// Draws a comparison.
  public static Figure of(Comparison comparison) {
    int columns = comparison.findings().size() == 1 ? 1 : 2;
    Optional<Margin> margin = comparison.settings().margin();
    double from = Math.floor(Math.log10(least(comparison)) - 1e-9) - 1;
    double to = Math.ceil(Math.log10(most(comparison)) + 1e-9);
    List<Key> key = new ArrayList<>();
    key.add(new Key("secure larger", mark(1)));
    key.add(new Key("secure smaller", mark(-1)));
    key.add(new Key("exactly 0", ZERO));
    key.add(new Key("90 % interval", INTERVAL));
    key.add(new Key("certain bound", Ink.CERTAIN));
    margin.ifPresent(declared -> key.add(new Key("margin " + declared.value(), Ink.MARGIN)));
    List<Panel> panels = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      panels.add(panel(finding, margin, columns, from, to));
    }
    return new Figure(
        "equivalence",
        "Difference of AUROCs, %s − %s"
            .formatted(comparison.names().secure(), comparison.names().plain()),
        Words.subtitle(comparison),
        key,
        caption(comparison),
        panels,
        columns,
        data(comparison));
  }

  private static Ink mark(double sign) {
    Marker marker = sign > 0 ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.TRIANGLE_DOWN;
    return Ink.marks(Ink.BLUE, marker);
  }

  /// The least number above 0 that has to be drawn.
  private static double least(Comparison comparison) {
    return numbers(comparison).filter(value -> value > 0).min().orElse(1e-3);
  }

  private static double most(Comparison comparison) {
    return Math.max(1e-2, numbers(comparison).max().orElse(0));
  }

  private static DoubleStream numbers(Comparison comparison) {
    DoubleStream declared = comparison.settings().margin().stream().mapToDouble(Margin::value);
    return DoubleStream.concat(
        declared, comparison.lines().stream().flatMapToDouble(EquivalencePlot::numbers));
  }

  private static DoubleStream numbers(SiteResult line) {
    return DoubleStream.of(
        Math.abs(line.areas().difference().point().orElse(0)),
        line.areas()
            .difference()
            .ordinary()
            .map(EquivalencePlot::folded)
            .map(Interval::upper)
            .orElse(0.0),
        line.certificate().bound().orElse(0));
  }

  /// The interval of |difference|.
  private static Interval folded(AurocDifference.Ordinary difference) {
    Interval interval = difference.interval(0.90);
    double far = Math.max(Math.abs(interval.lower()), Math.abs(interval.upper()));
    double near =
        interval.contains(0) ? 0 : Math.min(Math.abs(interval.lower()), Math.abs(interval.upper()));
    return new Interval(near, far, interval.level());
  }

  private static Panel panel(
      FindingResult finding, Optional<Margin> margin, int columns, double from, double to) {
    List<SiteResult> lines = Words.lines(finding);
    Drawing drawing =
        new Drawing(
                Words.head(finding), "|difference of AUROCs|", "", columns, 62 + ROW * lines.size())
            .across(from, to)
            .rows(lines.stream().map(Words::row).toList());
    int decade = (int) (0.9 * (Figure.WIDTH / columns - Panel.NAMES - 12) / (to - from));
    drawing.styler().setXAxisTickMarkSpacingHint(Math.max(30, decade));
    drawing.styler().setXAxisTickLabelsFormattingFunction(Words::power);
    if (margin.isPresent()) {
      double at = Math.log10(margin.get().value());
      drawing.line(Ink.MARGIN, at, -0.6, at, lines.size() - 0.4);
    }
    for (int i = 0; i < lines.size(); i++) {
      draw(drawing, lines.get(i), lines.size() - 1.0 - i, from, to);
    }
    return drawing.panel();
  }

  private static void draw(Drawing drawing, SiteResult line, double y, double from, double to) {
    AurocDifference difference = line.areas().difference();
    OptionalDouble bound = line.certificate().bound();
    if (bound.isPresent() && bound.getAsDouble() > 0) {
      drawing.mark(Ink.CERTAIN, Math.log10(bound.getAsDouble()), y);
    }
    if (difference.ordinary().isPresent()) {
      Interval interval = folded(difference.ordinary().get());
      double left = Math.max(from, Math.log10(interval.lower()));
      drawing.line(INTERVAL, left, y, Math.log10(interval.upper()), y);
    }
    if (difference.point().isEmpty()) {
      drawing.note("one class only", from + 0.22 * (to - from), y);
      return;
    }
    double value = difference.point().getAsDouble();
    if (value == 0) {
      drawing.mark(ZERO, from + 0.03 * (to - from), y);
    } else {
      drawing.mark(mark(value), Math.log10(Math.abs(value)), y);
    }
  }

  private static String caption(Comparison comparison) {
    long zero =
        comparison.lines().stream()
            .filter(line -> line.areas().difference().point().equals(OptionalDouble.of(0)))
            .count();
    return ("Difference of the AUROCs, %s − %s, as its absolute value on a logarithmic scale, by"
            + " finding and site. In brackets: positive of all images with a truth. Lines: 90 %%"
            + " interval, folded at 0, its right end the smallest margin that passes two one-sided"
            + " tests at 5 %%; squares: what the rank certificate bounds for this sample. %d of %d"
            + " differences are exactly 0.%s %s")
        .formatted(
            comparison.names().secure(),
            comparison.names().plain(),
            zero,
            comparison.lines().size(),
            comparison
                .settings()
                .margin()
                .map(margin -> " Margin: " + margin + ".")
                .orElse(" No margin was declared, so there is no verdict."),
            Words.source(comparison))
        .strip();
  }

  private static Table data(Comparison comparison) {
    Data data =
        new Data(
            "equivalence",
            List.of("finding", "site", "outcome", "decision"),
            List.of("difference", "90 % lower", "90 % upper", "certificate", "margin"));
    double margin = comparison.settings().margin().map(Margin::value).orElse(Data.MISSING);
    for (FindingResult finding : comparison.findings()) {
      for (SiteResult line : Words.lines(finding)) {
        AurocDifference difference = line.areas().difference();
        Optional<Interval> interval =
            difference.ordinary().map(ordinary -> ordinary.interval(0.90));
        data.row(
            List.of(
                finding.finding(),
                line.site(),
                difference.outcome(),
                line.equivalence().map(verdict -> verdict.decision().name()).orElse("")),
            Data.of(difference.point()),
            interval.map(Interval::lower).orElse(Data.MISSING),
            interval.map(Interval::upper).orElse(Data.MISSING),
            Data.of(line.certificate().bound()),
            margin);
      }
    }
    return data.table();
  }
}
