package org.blindread.workbench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.blindread.stats.roc.Auroc;
import tools.jackson.databind.JsonNode;

/// What [Reproduction] found, as text.
final class ReproductionTable {
  private ReproductionTable() {}

  static String text(Reproduction found) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        line("", "images", "AUROC", "deviation", "first, s", "median, s", "at once", "MB/image"));
    lines.add(row("ONNX Runtime", found, found.floating(), "-", found.reports().get("float")));
    lines.add(
        row(
            "fixed-point twin",
            found,
            found.twin(),
            power(largestDifference(found.twin(), found.floating())),
            found.reports().get("plain")));
    JsonNode secure = found.reports().get("3pc");
    lines.add(
        row(
            "3pc, three processes",
            found,
            found.secure(),
            power(largestDifference(found.secure(), found.floating())),
            secure));
    lines.add("");
    JsonNode check = secure.path("twin");
    int compared = check.path("compared").asInt();
    int images = check.path("images").asInt();
    lines.add(
        "3pc equals the twin bit for bit on %d of %d images: %s%s"
            .formatted(
                compared,
                images,
                found.equal() ? "yes" : "NO",
                compared == images
                    ? ""
                    : "; %d overflowed, nothing is claimed for them".formatted(images - compared)));
    secure
        .path("peakMemoryBytes")
        .properties()
        .forEach(
            peak ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "peak memory of the %s: %.0f MB",
                        peak.getKey(),
                        peak.getValue().asLong() * 1e-6)));
    for (String name : List.of("plain", "3pc")) {
      found
          .reports()
          .get(name)
          .path("overflows")
          .forEach(layer -> lines.add("overflow (" + name + "): " + layer));
    }
    lines.add(
        "deviation: largest difference of any finding's logit from ONNX Runtime; the goal is below"
            + " 2^-6");
    lines.add("seconds are of one image while as many were read at once as the table says");
    lines.add(
        "the twin computes in the clear; the 3pc run is a simulation: this machine held every"
            + " share");
    if (found.synthetic()) {
      lines.add("SYNTHETIC phantoms: no AUROC, they say nothing about patients");
    }
    lines.add("");
    lines.addAll(scores(found));
    return String.join("\n", lines);
  }

  private static List<String> scores(Reproduction found) {
    Map<String, double[]> floating = byImage(found.floating());
    Map<String, double[]> twin = byImage(found.twin());
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-24s %-10s %14s %14s %14s".formatted("image", "site", "ONNX Runtime", "twin", "3pc"));
    for (ScoreRow row : found.secure().rows()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s %-10s %14.7f %14.7f %14.7f",
              row.image(),
              row.site(),
              floating.get(row.image())[0],
              twin.get(row.image())[0],
              row.values()[0]));
    }
    return lines;
  }

  private static String row(
      String name, Reproduction found, Scores scores, String deviation, JsonNode report) {
    long bytes = 0;
    for (JsonNode link : report.path("bytes")) {
      bytes += link.asLong();
    }
    JsonNode seconds = report.path("seconds");
    return line(
        name,
        String.valueOf(scores.rows().size()),
        // A sample is too small to have one.
        found.synthetic() || scores.rows().size() < found.manifest().rows().size()
            ? "-"
            : auroc(found, scores),
        deviation,
        number(seconds.path("cold")),
        number(seconds.path("median")),
        report.path("lanes").asString("-"),
        bytes == 0 ? "-" : String.format(Locale.ROOT, "%.0f", bytes * 1e-6));
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? String.format(Locale.ROOT, "%.2f", node.asDouble()) : "-";
  }

  private static String line(String... cells) {
    return "%-22s %7s %8s %10s %9s %10s %8s %9s".formatted((Object[]) cells).stripTrailing();
  }

  private static String auroc(Reproduction found, Scores scores) {
    Map<String, Boolean> truths = new HashMap<>();
    for (var row : found.manifest().rows()) {
      found.truth(row).ifPresent(truth -> truths.put(row.image(), truth));
    }
    List<ScoreRow> known =
        scores.rows().stream().filter(row -> truths.containsKey(row.image())).toList();
    double[] values = new double[known.size()];
    boolean[] truth = new boolean[known.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = known.get(i).values()[0];
      truth[i] = truths.get(known.get(i).image());
    }
    OptionalDouble area = Auroc.of(values, truth).value();
    return area.isPresent() ? String.format(Locale.ROOT, "%.4f", area.getAsDouble()) : "-";
  }

  private static Map<String, double[]> byImage(Scores scores) {
    Map<String, double[]> rows = new HashMap<>();
    scores.rows().forEach(row -> rows.put(row.image(), row.values()));
    return rows;
  }

  /// The largest difference of any finding over the images that both have.
  static double largestDifference(Scores some, Scores others) {
    Map<String, double[]> rows = byImage(others);
    double largest = 0;
    for (ScoreRow row : some.rows()) {
      if (rows.containsKey(row.image())) {
        double[] other = rows.get(row.image());
        for (int i = 0; i < other.length; i++) {
          largest = Math.max(largest, Math.abs(row.values()[i] - other[i]));
        }
      }
    }
    return largest;
  }

  private static String power(double difference) {
    return difference == 0
        ? "0"
        : String.format(Locale.ROOT, "2^%.1f", Math.log(difference) / Math.log(2));
  }
}
