package org.blindread.workbench.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

/// Where the time of a run goes: median seconds of an image by kind of layer, and the seconds of
/// each image in turn.
public final class TimePlot {
  private static final int ROW = 20;
  private static final int LEAST = 170;
  private static final Ink IMAGE = Ink.marks(Ink.BLUE, SeriesMarkers.CIRCLE);
  private static final Ink MEDIAN = Ink.line(Ink.BLACK, Ink.dashed(1.2f, 6, 4));

  private TimePlot() {}

  /// Draws a report.
  ///
  /// @param run what the run is called, such as `3pc`
  /// @param report what `RunReport.toJson` writes
  public static Figure of(String run, JsonNode report) {
    RunFacts facts = RunFacts.of(report);
    return new Figure(
        "time",
        "Seconds of an image, " + run,
        facts.settings(),
        List.of(new Key("an image", IMAGE), new Key("median without the first", MEDIAN)),
        caption(run, facts),
        List.of(kinds(facts), images(facts)),
        2,
        data(facts));
  }

  private static Panel kinds(RunFacts facts) {
    List<String> kinds = RunFacts.costliest(facts.seconds(), Double::doubleValue);
    double total = facts.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    double most = kinds.isEmpty() ? 1 : facts.seconds().get(kinds.getFirst());
    double reach = most > 0 ? 1.5 * most : 1;
    Drawing drawing =
        new Drawing(
                "by kind of layer",
                "seconds, median image",
                "",
                2,
                Math.max(LEAST, 58 + ROW * kinds.size()))
            .across(0, reach)
            .rows(kinds.isEmpty() ? List.of("") : kinds);
    drawing.styler().setXAxisDecimalPattern("0.###").setXAxisTickMarkSpacingHint(45);
    if (kinds.isEmpty()) {
      return drawing.note("no layers were timed", reach / 2, 0).panel();
    }
    for (int i = 0; i < kinds.size(); i++) {
      double value = facts.seconds().get(kinds.get(i));
      double y = kinds.size() - 1.0 - i;
      String words = "%s s, %s".formatted(Words.number(value), share(value, total));
      drawing.bar(Ink.BLUE, 0, value, y).note(words, drawing.after(value, words, reach), y);
    }
    return drawing.panel();
  }

  private static String share(double value, double total) {
    double percent = total > 0 ? 100 * value / total : 0;
    return percent > 0 && percent < 1 ? "<1 %" : String.format(Locale.ROOT, "%.0f %%", percent);
  }

  private static Panel images(RunFacts facts) {
    List<Double> times = facts.images();
    double most = times.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    int n = Math.max(1, times.size());
    Drawing drawing =
        new Drawing("image by image", "image", "seconds", 2, kinds(facts).chart().getHeight())
            .across(0, n + 1)
            .upwards(0, most > 0 ? 1.1 * most : 1);
    drawing.styler().setMarkerSize(4);
    drawing.styler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.###");
    drawing.styler().setXAxisTickMarkSpacingHint(45).setYAxisTickMarkSpacingHint(28);
    if (times.isEmpty()) {
      return drawing.note("no image was read", (n + 1) / 2.0, most / 2).panel();
    }
    drawing.marks(
        IMAGE,
        IntStream.rangeClosed(1, times.size()).asDoubleStream().toArray(),
        times.stream().mapToDouble(Double::doubleValue).toArray());
    if (times.size() > 1) {
      drawing.line(MEDIAN, 0, median(times), n + 1.0, median(times));
    }
    return drawing.panel();
  }

  private static double median(List<Double> times) {
    double[] warm = times.stream().skip(1).mapToDouble(Double::doubleValue).sorted().toArray();
    return (warm[(warm.length - 1) / 2] + warm[warm.length / 2]) / 2;
  }

  private static String caption(String run, RunFacts facts) {
    return ("Left: seconds that an image spent in each kind of layer under %s, the sum of the layers'"
            + " medians as the hospital saw them, waiting included. Right: seconds of each image in"
            + " the order they were done; the first ran cold. %s.")
        .formatted(run, facts.settings());
  }

  private static Table data(RunFacts facts) {
    Data data = new Data("time", List.of("what", "name"), List.of("seconds"));
    facts.seconds().forEach((kind, seconds) -> data.row(List.of("kind", kind), seconds));
    for (int i = 0; i < facts.images().size(); i++) {
      data.row(List.of("image", String.valueOf(i + 1)), facts.images().get(i));
    }
    return data.table();
  }
}
