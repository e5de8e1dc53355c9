package org.blindread.workbench.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

/// What a run sends: megabytes of an image by kind of layer and link, and of a session by link,
/// both before encryption.
public final class TrafficPlot {
  private static final int ROW = 20;
  private static final int LEAST = 150;
  private static final double MEGA = 1e-6;

  private TrafficPlot() {}

  /// Draws a report.
  ///
  /// @param run what the run is called, such as `3pc`
  /// @param report what `RunReport.toJson` writes
  public static Figure of(String run, JsonNode report) {
    RunFacts facts = RunFacts.of(report);
    Map<String, Color> links = links(facts);
    List<Key> key = new ArrayList<>();
    links.forEach((link, color) -> key.add(new Key(arrow(link), Ink.line(color, Ink.solid(9)))));
    return new Figure(
        "traffic",
        "Traffic, " + run,
        facts.settings(),
        key,
        ("Payload before encryption under %s, by link. Left: megabytes of one image by kind of layer."
                + " Right: megabytes sent once a session, weights and agreement. %s.")
            .formatted(run, facts.settings()),
        List.of(kinds(facts, links), session(facts, links)),
        2,
        data(facts));
  }

  private static Map<String, Color> links(RunFacts facts) {
    TreeSet<String> names = new TreeSet<>(facts.link().keySet());
    names.addAll(facts.session().keySet());
    Map<String, Color> links = new LinkedHashMap<>();
    for (String name : names) {
      links.put(name, Ink.PARTS.get(links.size() % Ink.PARTS.size()));
    }
    return links;
  }

  private static String arrow(String link) {
    return link.replace(">", " → ");
  }

  private static double megabytes(Map<String, Long> links) {
    return MEGA * links.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Panel kinds(RunFacts facts, Map<String, Color> links) {
    Map<String, Map<String, Long>> sending = new LinkedHashMap<>(facts.traffic());
    sending.values().removeIf(each -> megabytes(each) == 0);
    List<String> kinds = RunFacts.costliest(sending, TrafficPlot::megabytes);
    double reach = kinds.isEmpty() ? 1 : 1.4 * megabytes(sending.get(kinds.getFirst()));
    Drawing drawing = drawing("by kind of layer", "MB an image", kinds, reach, facts);
    if (kinds.isEmpty()) {
      return drawing.note("nothing was sent", reach / 2, 0).panel();
    }
    for (int i = 0; i < kinds.size(); i++) {
      double y = kinds.size() - 1.0 - i;
      double from = 0;
      for (Map.Entry<String, Color> link : links.entrySet()) {
        double to = from + MEGA * sending.get(kinds.get(i)).getOrDefault(link.getKey(), 0L);
        if (to > from) {
          drawing.bar(link.getValue(), from, to, y);
        }
        from = to;
      }
      String words = Words.megabytes(from);
      drawing.note(words, drawing.after(from, words, reach), y);
    }
    return drawing.panel();
  }

  private static Panel session(RunFacts facts, Map<String, Color> links) {
    List<String> names =
        links.keySet().stream().filter(link -> facts.session().containsKey(link)).toList();
    double most = names.stream().mapToLong(facts.session()::get).max().orElse(0) * MEGA;
    double reach = most > 0 ? 1.4 * most : 1;
    Drawing drawing =
        drawing(
            "once a session", "MB", names.stream().map(TrafficPlot::arrow).toList(), reach, facts);
    if (names.isEmpty()) {
      return drawing.note("nothing was sent", reach / 2, 0).panel();
    }
    for (int i = 0; i < names.size(); i++) {
      double y = names.size() - 1.0 - i;
      double value = MEGA * facts.session().get(names.get(i));
      String words = Words.megabytes(value);
      drawing
          .bar(links.get(names.get(i)), 0, value, y)
          .note(words, drawing.after(value, words, reach), y);
    }
    return drawing.panel();
  }

  private static Drawing drawing(
      String title, String axis, List<String> rows, double reach, RunFacts facts) {
    int most = Math.max(facts.traffic().size(), facts.session().size());
    Drawing drawing =
        new Drawing(title, axis, "", 2, Math.max(LEAST, 58 + ROW * most))
            .across(0, reach)
            .rows(rows.isEmpty() ? List.of("") : rows);
    drawing.styler().setXAxisDecimalPattern("0.###").setXAxisTickMarkSpacingHint(45);
    return drawing;
  }

  private static Table data(RunFacts facts) {
    Data data = new Data("traffic", List.of("what", "kind", "link"), List.of("bytes"));
    facts
        .traffic()
        .forEach(
            (kind, links) ->
                links.forEach((link, bytes) -> data.row(List.of("image", kind, link), bytes)));
    facts.session().forEach((link, bytes) -> data.row(List.of("session", "", link), bytes));
    return data.table();
  }
}
