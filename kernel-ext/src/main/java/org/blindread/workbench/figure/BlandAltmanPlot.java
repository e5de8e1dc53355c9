package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.blindread.stats.agreement.BlandAltman;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.PairedScores;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/// Differences of scores against their mean (Bland and Altman 1986): a panel a finding, with bias,
/// limits of agreement and their intervals, all panels to one scale. Truth does not enter.
public final class BlandAltmanPlot {
  /// The goal of the default numbers, in logits.
  private static final double GOAL = 0x1p-6;

  /// More points than these would hide one another and make files large.
  private static final int DRAWN = 2000;

  private static final Ink POINT = Ink.marks(Ink.BLUE, SeriesMarkers.CIRCLE);
  private static final Ink BIAS = Ink.line(Ink.BLACK, Ink.solid(1.4f));
  private static final Ink LIMIT = Ink.line(Ink.BLACK, Ink.dashed(1.2f, 6, 4));
  private static final Ink INTERVAL = Ink.line(Ink.GREY, Ink.dashed(0.8f, 1.5f, 2.5f));

  private BlandAltmanPlot() {}

  /// Draws the scores of which a comparison was made.
  public static Figure of(PairedScores scores, Comparison comparison) {
    double reach = reach(comparison);
    int power = power(reach);
    int columns = Math.min(3, comparison.findings().size() == 1 ? 2 : comparison.findings().size());
    List<Panel> panels = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      panels.add(panel(ScoredCases.all(scores, finding), finding, columns, reach, power));
    }
    boolean goalSeen = GOAL <= reach;
    List<Key> key = new ArrayList<>();
    key.add(new Key("an image", POINT));
    key.add(new Key("bias", BIAS));
    key.add(new Key("95 % limits of agreement", LIMIT));
    key.add(new Key("their 95 % intervals", INTERVAL));
    if (goalSeen) {
      key.add(new Key("±2⁻⁶, the goal", Ink.MARGIN));
    }
    return new Figure(
        "bland-altman",
        "Differences of scores, %s − %s"
            .formatted(comparison.names().secure(), comparison.names().plain()),
        Words.subtitle(comparison),
        key,
        caption(scores, comparison, goalSeen),
        panels,
        columns,
        data(scores, comparison));
  }

  /// How far the axes of all panels reach up and down.
  private static double reach(Comparison comparison) {
    double reach = 0;
    for (FindingResult finding : comparison.findings()) {
      reach = Math.max(reach, finding.agreement().deviations().maxAbsolute());
      reach =
          Math.max(
              reach,
              finding
                  .agreement()
                  .blandAltman()
                  .map(limits -> Math.max(-limits.lower().lower(), limits.upper().upper()))
                  .orElse(0.0));
    }
    return reach == 0 ? 1.3 * GOAL : 1.08 * reach;
  }

  private static int power(double reach) {
    int power = (int) Math.floor(Math.log10(reach));
    return power >= -2 && power <= 1 ? 0 : power;
  }

  private static Panel panel(
      ScoredCases cases, FindingResult finding, int columns, double reach, int power) {
    double unit = Math.pow(10, power);
    double[] middle = new double[cases.plain().length];
    double[] difference = new double[middle.length];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = cases.plain()[i] / 2 + cases.secure()[i] / 2;
      difference[i] = (cases.secure()[i] - cases.plain()[i]) / unit;
    }
    double least = Arrays.stream(middle).min().orElse(0);
    double most = Arrays.stream(middle).max().orElse(0);
    double edge = most > least ? 0.04 * (most - least) : 0.5;
    double from = least - edge;
    double to = most + edge;
    String title = "%s: n = %d".formatted(finding.finding(), middle.length);
    Drawing drawing =
        new Drawing(title, "mean of both, logits", difference(power), columns, 236)
            .across(from, to)
            .upwards(-reach / unit, reach / unit);
    drawing.styler().setMarkerSize(3);
    drawing.styler().setXAxisTickMarkSpacingHint(36).setYAxisTickMarkSpacingHint(26);
    drawing.styler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.####");
    int[] drawn = drawn(middle, difference);
    drawing.marks(POINT, picked(middle, drawn), picked(difference, drawn));
    finding
        .agreement()
        .blandAltman()
        .ifPresentOrElse(
            limits -> limits(drawing, limits, from, to, unit),
            () -> {
              double bias = finding.agreement().deviations().mean() / unit;
              drawing.line(BIAS, from, bias, to, bias);
              drawing.note(
                  bias == 0 ? "equal in every image" : "all differences are the same",
                  (from + to) / 2,
                  bias + 0.25 * reach / unit);
            });
    if (GOAL <= reach) {
      drawing.line(Ink.MARGIN, from, GOAL / unit, to, GOAL / unit);
      drawing.line(Ink.MARGIN, from, -GOAL / unit, to, -GOAL / unit);
    }
    return drawing.panel();
  }

  private static String difference(int power) {
    return power == 0 ? "difference, logits" : "difference, " + Words.power(power) + " logits";
  }

  private static void limits(
      Drawing drawing, BlandAltman limits, double from, double to, double unit) {
    level(drawing, BIAS, limits.bias() / unit, from, to);
    level(drawing, LIMIT, limits.limits().lower() / unit, from, to);
    level(drawing, LIMIT, limits.limits().upper() / unit, from, to);
    level(drawing, INTERVAL, limits.lower().lower() / unit, from, to);
    level(drawing, INTERVAL, limits.lower().upper() / unit, from, to);
    level(drawing, INTERVAL, limits.upper().lower() / unit, from, to);
    level(drawing, INTERVAL, limits.upper().upper() / unit, from, to);
  }

  private static void level(Drawing drawing, Ink ink, double at, double from, double to) {
    drawing.line(ink, from, at, to, at);
  }

  /// All cases, or, of many, those with the largest differences and every k-th of the others by
  /// their mean.
  private static int[] drawn(double[] middle, double[] difference) {
    int n = middle.length;
    if (n <= DRAWN) {
      return IntStream.range(0, n).toArray();
    }
    List<Integer> far =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(difference[i])))
            .toList();
    List<Integer> others = new ArrayList<>(far.subList(DRAWN / 10, n));
    others.sort(Comparator.comparingDouble(i -> middle[i]));
    int some = DRAWN - DRAWN / 10;
    return IntStream.concat(
            far.subList(0, DRAWN / 10).stream().mapToInt(i -> i),
            IntStream.range(0, some).map(k -> others.get((int) ((long) k * others.size() / some))))
        .sorted()
        .toArray();
  }

  private static double[] picked(double[] values, int[] which) {
    return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
  }

  private static String caption(PairedScores scores, Comparison comparison, boolean goalSeen) {
    double most =
        comparison.findings().stream()
            .mapToDouble(finding -> finding.agreement().deviations().maxAbsolute())
            .max()
            .orElse(0);
    int n = scores.images().size();
    return ("Difference %s − %s against the mean of both, in logits, %d images a panel%s, all panels to"
            + " one scale. Lines: bias, 95 %% limits of agreement (bias ± 1.96 sd) and their 95 %%"
            + " intervals. Largest difference of any image and finding: %s%s. %s")
        .formatted(
            comparison.names().secure(),
            comparison.names().plain(),
            n,
            n > DRAWN
                ? String.format(
                    Locale.ROOT, " (%d drawn, the farthest among them; lines are of all)", DRAWN)
                : "",
            Words.number(most),
            goalSeen ? "" : "; the goal of ±2⁻⁶ lies outside the picture",
            Words.source(comparison))
        .strip();
  }

  private static Table data(PairedScores scores, Comparison comparison) {
    Data data =
        new Data("bland-altman", List.of("finding", "image"), List.of("mean", "difference"));
    for (FindingResult finding : comparison.findings()) {
      ScoredCases cases = ScoredCases.all(scores, finding);
      for (int i = 0; i < cases.plain().length; i++) {
        data.row(
            List.of(finding.finding(), scores.images().get(i)),
            cases.plain()[i] / 2 + cases.secure()[i] / 2,
            cases.secure()[i] - cases.plain()[i]);
      }
    }
    return data.table();
  }
}
