package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.stats.estimate.Estimate;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.SiteResult;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/// Areas under ROC curves with their 95 % intervals: a panel a finding, a row a site, then pairs
/// within sites, then all images; plain above secure.
public final class ForestPlot {
  private static final int ROW = 23;
  private static final double APART = 0.2;

  private ForestPlot() {}

  /// Draws a comparison.
  public static Figure of(Comparison comparison) {
    int columns = comparison.findings().size() == 1 ? 1 : 2;
    double from = least(comparison);
    List<Panel> panels = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      panels.add(panel(finding, columns, from));
    }
    return new Figure(
        "forest",
        "AUROC by site, %s and %s"
            .formatted(comparison.names().plain(), comparison.names().secure()),
        Words.subtitle(comparison),
        key(comparison, from),
        caption(comparison),
        panels,
        columns,
        data(comparison));
  }

  private static List<Key> key(Comparison comparison, double from) {
    List<Key> key = new ArrayList<>();
    key.add(new Key(comparison.names().plain(), Ink.PLAIN));
    key.add(new Key(comparison.names().secure(), Ink.SECURE));
    if (comparison.lines().stream().anyMatch(line -> absent(estimates(line)).isPresent())) {
      key.add(new Key("no interval", Ink.marks(Ink.BLACK, SeriesMarkers.CROSS)));
    }
    if (from < 0.5) {
      key.add(new Key("chance", Ink.REFERENCE));
    }
    return key;
  }

  /// Where the axis of all panels begins: a tenth at or below every interval.
  private static double least(Comparison comparison) {
    double least = 0.9;
    for (SiteResult line : comparison.lines()) {
      for (Estimate estimate : estimates(line)) {
        least = Math.min(least, estimate.point().orElse(1));
        least =
            Math.min(
                least, estimate.estimated().map(found -> found.interval().lower()).orElse(1.0));
      }
    }
    return Math.floor(10 * least + 1e-9) / 10;
  }

  private static List<Estimate> estimates(SiteResult line) {
    return List.of(line.areas().plain().estimate(), line.areas().secure().estimate());
  }

  private static Panel panel(FindingResult finding, int columns, double from) {
    List<SiteResult> lines = Words.lines(finding);
    Drawing drawing =
        new Drawing(Words.head(finding), "AUROC", "", columns, 58 + ROW * lines.size())
            .across(from - 0.02 * (1 - from), 1 + 0.03 * (1 - from))
            .rows(lines.stream().map(Words::row).toList());
    drawing.styler().setXAxisDecimalPattern("0.0#").setXAxisTickMarkSpacingHint(40);
    if (from < 0.5) {
      drawing.line(Ink.REFERENCE, 0.5, -0.6, 0.5, lines.size() - 0.4);
    }
    for (int i = 0; i < lines.size(); i++) {
      double y = lines.size() - 1.0 - i;
      List<Estimate> two = estimates(lines.get(i));
      estimate(drawing, Ink.PLAIN, two.get(0), y + APART);
      estimate(drawing, Ink.SECURE, two.get(1), y - APART);
      Optional<String> absent = absent(two);
      if (absent.isPresent()) {
        double width = Type.width(absent.get(), Type.SMALL) + 18;
        double plot = (double) Figure.WIDTH / columns - Panel.NAMES - 12;
        drawing.note(absent.get(), beside(two, from, (1 - from) * width / plot), y);
      }
    }
    return drawing.panel();
  }

  /// The middle of a note that keeps clear of the marks of its row.
  private static double beside(List<Estimate> two, double from, double width) {
    double middle = (from + 1) / 2;
    double least =
        two.stream().mapToDouble(each -> each.point().orElse(middle)).min().orElse(middle);
    double most =
        two.stream().mapToDouble(each -> each.point().orElse(middle)).max().orElse(middle);
    if (two.stream().allMatch(each -> each.point().isEmpty())) {
      return middle;
    }
    return least + most > 2 * middle
        ? Math.max(from + width / 2, least - width / 2)
        : Math.min(1 - width / 2, most + width / 2);
  }

  private static void estimate(Drawing drawing, Ink ink, Estimate estimate, double y) {
    switch (estimate) {
      case Estimate.Estimated found ->
          drawing
              .line(ink.lineOnly(), found.interval().lower(), y, found.interval().upper(), y)
              .mark(ink, found.value(), y);
      case Estimate.NotEstimable none ->
          none.point().ifPresent(value -> drawing.mark(ink.with(SeriesMarkers.CROSS), value, y));
    }
  }

  private static Optional<String> absent(List<Estimate> two) {
    return two.stream()
        .filter(Estimate.NotEstimable.class::isInstance)
        .map(Words::absent)
        .distinct()
        .reduce((one, other) -> one + "; " + other);
  }

  private static String caption(Comparison comparison) {
    return ("Area under the ROC curve with its 95 %% interval (logit, clustered by patient) of %s and"
            + " of %s scores, by finding and site. In brackets: positive of all images with a truth."
            + " 'stratified' counts pairs within sites only; 'all' pools the images.%s %s")
        .formatted(
            comparison.names().plain(),
            comparison.names().secure(),
            Words.lost(comparison),
            Words.source(comparison))
        .strip();
  }

  private static Table data(Comparison comparison) {
    Data data =
        new Data(
            "forest",
            List.of("finding", "site", "scores", "outcome"),
            List.of("images", "positives", "AUROC", "lower", "upper"));
    List<String> names = List.of(comparison.names().plain(), comparison.names().secure());
    for (FindingResult finding : comparison.findings()) {
      for (SiteResult line : Words.lines(finding)) {
        List<Estimate> two = estimates(line);
        for (int i = 0; i < two.size(); i++) {
          data.row(
              List.of(finding.finding(), line.site(), names.get(i), two.get(i).outcome()),
              line.cases().size(),
              line.cases().positives(),
              Data.of(two.get(i).point()),
              Data.lower(two.get(i)),
              Data.upper(two.get(i)));
        }
      }
    }
    return data.table();
  }
}
