package org.blindread.workbench.validation;

import java.util.ArrayList;
import java.util.List;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.TwinCheck;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/// What a study found, as a terminal shows it.
final class ValidationText {
  private ValidationText() {}

  static String of(Validation study) {
    List<String> lines = new ArrayList<>();
    if (study.cohort().synthetic()) {
      lines.add(Cohorts.SYNTHETIC);
      lines.add("");
    }
    lines.add(study.all().toString());
    lines.add("");
    lines.add(equality(study));
    overflows("the twin", study.twin(), lines);
    overflows(study.secure().report().how(), study.secure(), lines);
    lines.add("");
    lines.addAll(columns(ResourceTable.of(study)));
    lines.add(
        "deviation: largest difference of any finding's logit from "
            + Validation.called(study.plain())
            + "; the goal is below 2^-6");
    lines.add("seconds are of one image while as many were read at once as the table says");
    lines.add(
        "the twin computes in the clear; the secure run is a simulation: this machine held every"
            + " share");
    return String.join("\n", lines);
  }

  /// The sentence on which all rests.
  static String equality(Validation study) {
    TwinCheck check = study.secure().report().twin().orElseThrow();
    return "%s, %d images: %s%s"
        .formatted(
            study.secure().report().how(),
            study.secure().scores().rows().size(),
            study.fast() ? near(check) : equal(check, study.equal()),
            check.compared() == check.images()
                ? ""
                : "; %d overflowed, nothing is claimed for them"
                    .formatted(check.images() - check.compared()));
  }

  private static String equal(TwinCheck check, boolean equal) {
    return "equal to the twin bit for bit on %d of %d: %s"
        .formatted(check.compared(), check.images(), equal ? "yes" : "NO");
  }

  private static String near(TwinCheck check) {
    return "fast mode, at most %d units of the last place from the twin on %d of %d"
        .formatted(check.maxUlp(), check.compared(), check.images());
  }

  private static void overflows(String name, Outcome outcome, List<String> lines) {
    outcome.report().overflows().forEach(layer -> lines.add("overflow (" + name + "): " + layer));
  }

  private static List<String> columns(Table table) {
    int[] widths = new int[table.columnCount()];
    for (int i = 0; i < widths.length; i++) {
      int width = table.column(i).name().length();
      for (Row row : table) {
        width = Math.max(width, row.getString(i).length());
      }
      widths[i] = width;
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(table.columnNames(), widths));
    for (Row row : table) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        cells.add(row.getString(i));
      }
      lines.add(line(cells, widths));
    }
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(("%-" + (widths[i] + 2) + "s").formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
