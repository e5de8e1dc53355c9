package org.blindread.workbench.validation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.SavedReport;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// What an image took in each of a study's runs, and how far its scores are from floating point.
final class ResourceTable {
  private ResourceTable() {}

  /// Seconds are of one image while as many were read at once as the table says; bytes are payload
  /// before encryption, of all parties; what is not measured is empty.
  static Table of(Validation study) {
    Table table =
        Table.create(
            "resources an image",
            StringColumn.create("run"),
            StringColumn.create("images"),
            StringColumn.create("deviation"),
            StringColumn.create("first, s"),
            StringColumn.create("median, s"),
            StringColumn.create("at once"),
            StringColumn.create("MB"),
            StringColumn.create("rounds"),
            StringColumn.create("peak memory, MB"));
    row(table, Validation.called(study.plain()), study.plain(), "");
    row(table, Validation.called(study.twin()), study.twin(), deviation(study, study.twin()));
    row(
        table,
        Validation.called(study.secure()) + ", a process a party",
        study.secure(),
        deviation(study, study.secure()));
    return table;
  }

  private static String deviation(Validation study, Outcome outcome) {
    return ScoreDistance.power(ScoreDistance.largest(outcome.scores(), study.plain().scores()));
  }

  private static void row(Table table, String name, Outcome outcome, String deviation) {
    SavedReport report = outcome.report();
    long bytes = report.bytes().values().stream().mapToLong(Long::longValue).sum();
    String[] cells = {
      name,
      String.valueOf(report.images()),
      deviation,
      seconds(report.coldSeconds()),
      seconds(report.medianSeconds()),
      report.json().path("lanes").asString(""),
      bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f", bytes * 1e-6),
      report.rounds().isPresent() ? String.valueOf(report.rounds().getAsInt()) : "",
      peaks(report.peakMemoryBytes())
    };
    for (int i = 0; i < cells.length; i++) {
      table.stringColumn(i).append(cells[i]);
    }
  }

  private static String seconds(Optional<Double> seconds) {
    return seconds.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("");
  }

  private static String peaks(Map<String, Long> peaks) {
    return peaks.entrySet().stream()
        .map(peak -> String.format(Locale.ROOT, "%s %.0f", peak.getKey(), peak.getValue() * 1e-6))
        .collect(Collectors.joining(", "));
  }
}
