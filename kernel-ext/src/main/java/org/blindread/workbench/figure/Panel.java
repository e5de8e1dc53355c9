package org.blindread.workbench.figure;

import java.util.List;
import org.knowm.xchart.internal.chartpart.AxesChart;

/// One chart of a figure.
///
/// @param title one line, set above it; may be empty
/// @param rows names at the heights n − 1, n − 2, …, 0 of the axis upwards, in the figure's left
///   margin of [#NAMES] pixels; empty for an axis with numbers
/// @param chart its lines and marks
public record Panel(String title, List<String> rows, AxesChart<?, ?> chart) {
  /// Width of the margin in which rows have their names.
  static final int NAMES = 138;

  /// Height of the title's line.
  static final int TITLE = 19;

  public Panel {
    rows = List.copyOf(rows);
  }

  /// How wide the chart is drawn in a column.
  int width(int column) {
    return rows.isEmpty() ? column : column - NAMES;
  }

  int height() {
    return TITLE + chart.getHeight();
  }
}
