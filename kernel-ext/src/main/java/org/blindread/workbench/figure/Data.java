package org.blindread.workbench.figure;

import java.util.List;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// The numbers of a figure while it is drawn: columns of text, then of numbers.
final class Data {
  /// What Tablesaw takes for a missing number.
  static final double MISSING = Double.NaN;

  private final Table table;
  private final int texts;

  Data(String name, List<String> texts, List<String> numbers) {
    table = Table.create(name);
    texts.forEach(text -> table.addColumns(StringColumn.create(text)));
    numbers.forEach(number -> table.addColumns(DoubleColumn.create(number)));
    this.texts = texts.size();
  }

  void row(List<String> words, double... values) {
    for (int i = 0; i < words.size(); i++) {
      table.stringColumn(i).append(words.get(i));
    }
    for (int i = 0; i < values.length; i++) {
      table.doubleColumn(texts + i).append(values[i]);
    }
  }

  Table table() {
    return table;
  }

  static double of(OptionalDouble value) {
    return value.orElse(MISSING);
  }

  static double lower(Estimate estimate) {
    return estimate
        .estimated()
        .map(Estimate.Estimated::interval)
        .map(Interval::lower)
        .orElse(MISSING);
  }

  static double upper(Estimate estimate) {
    return estimate
        .estimated()
        .map(Estimate.Estimated::interval)
        .map(Interval::upper)
        .orElse(MISSING);
  }
}
