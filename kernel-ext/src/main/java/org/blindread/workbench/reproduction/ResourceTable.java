package org.blindread.workbench.reproduction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import tools.jackson.databind.JsonNode;

/// What an image took in each of a reproduction's runs, and how far its scores are from floating
/// point.
final class ResourceTable {
  private ResourceTable() {}

  static List<String> lines(Reproduction found) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "an image", "images", "deviation", "first, s", "median, s", "at once", "MB", "rounds"));
    lines.add(row("ONNX Runtime", found.floating(), "-", found.reports().get("float")));
    lines.add(
        row(
            "fixed-point twin",
            found.twin(),
            power(largestDifference(found.twin(), found.floating())),
            found.reports().get("plain")));
    JsonNode secure = found.reports().get("3pc");
    lines.add(
        row(
            "3pc, three processes",
            found.secure(),
            power(largestDifference(found.secure(), found.floating())),
            secure));
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
    lines.add(
        "deviation: largest difference of any finding's logit from ONNX Runtime; the goal is below"
            + " 2^-6");
    lines.add("seconds are of one image while as many were read at once as the table says");
    lines.add(
        "the twin computes in the clear; the 3pc run is a simulation: this machine held every"
            + " share");
    return lines;
  }

  private static String row(String name, Scores scores, String deviation, JsonNode report) {
    long bytes = 0;
    for (JsonNode link : report.path("bytes")) {
      bytes += link.asLong();
    }
    JsonNode seconds = report.path("seconds");
    return line(
        name,
        String.valueOf(scores.rows().size()),
        deviation,
        number(seconds.path("cold")),
        number(seconds.path("median")),
        report.path("lanes").asString("-"),
        bytes == 0 ? "-" : String.format(Locale.ROOT, "%.0f", bytes * 1e-6),
        report.path("rounds").asString("-"));
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? String.format(Locale.ROOT, "%.2f", node.asDouble()) : "-";
  }

  private static String line(String... cells) {
    return "%-22s %7s %10s %9s %10s %8s %7s %7s".formatted((Object[]) cells).stripTrailing();
  }

  /// The largest difference of any finding over the images that both have.
  static double largestDifference(Scores some, Scores others) {
    Map<String, double[]> rows = new HashMap<>();
    others.rows().forEach(row -> rows.put(row.image(), row.values()));
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
