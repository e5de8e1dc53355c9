package org.blindread.jupyter.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// A Tablesaw table: the first and last rows of a long one.
public final class TableDisplay implements Display<Table> {
  private static final int ROWS = 60;
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double MOST_DIGITS = 1e7;
  private static final List<ColumnType> TEXTS = List.of(ColumnType.STRING, ColumnType.BOOLEAN);

  /// For `ServiceLoader`.
  public TableDisplay() {}

  @Override
  public Class<Table> type() {
    return Table.class;
  }

  @Override
  public Bundle bundle(Table table) {
    StringBuilder html = new StringBuilder("<table><caption>");
    html.append(Html.escaped(String.valueOf(table.name()))).append("</caption><thead><tr>");
    for (Column<?> column : table.columns()) {
      cell(html, "th", column.name(), column);
    }
    html.append("</tr></thead><tbody>");
    for (int row = 0; row < table.rowCount(); row++) {
      boolean hidden =
          table.rowCount() > ROWS && row >= ROWS / 2 && row < table.rowCount() - ROWS / 2;
      if (hidden) {
        if (row == ROWS / 2) {
          html.append(
              "<tr><td style=\"text-align:left\" colspan=\"%d\">… %d rows …</td></tr>"
                  .formatted(table.columnCount(), table.rowCount() - ROWS));
        }
        continue;
      }
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        cell(html, "td", text(column, row), column);
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    return Bundle.html(text(table), html.toString());
  }

  /// A cell as it is read: four digits that count; the table keeps all.
  private static String text(Column<?> column, int row) {
    if (!(column instanceof DoubleColumn numbers) || column.isMissing(row)) {
      return column.getString(row);
    }
    double value = numbers.getDouble(row);
    if (value == Math.rint(value) && Math.abs(value) < MOST_DIGITS) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    double size = Math.abs(value);
    return size >= SMALLEST_PLAIN && size < MOST_DIGITS
        ? String.format(
            Locale.ROOT, "%." + Math.max(0, 3 - (int) Math.floor(Math.log10(size))) + "f", value)
        : String.format(Locale.ROOT, "%.3e", value);
  }

  private static void cell(StringBuilder html, String tag, String content, Column<?> column) {
    html.append('<').append(tag).append(" style=\"text-align:");
    html.append(TEXTS.contains(column.type()) ? "left" : "right").append("\">");
    html.append(Html.escaped(content)).append("</").append(tag).append('>');
  }

  /// Not `Table.print`: it asks for a logger and pads to the longest cell of all rows.
  private static String text(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(String.valueOf(table.name()));
    lines.add(String.join(" | ", table.columnNames()));
    Stream<Integer> rows = Stream.iterate(0, row -> row < table.rowCount(), row -> row + 1);
    rows.limit(ROWS)
        .map(row -> table.columns().stream().map(column -> text(column, row)).toList())
        .forEach(cells -> lines.add(String.join(" | ", cells)));
    if (table.rowCount() > ROWS) {
      lines.add("… %d rows in all".formatted(table.rowCount()));
    }
    return String.join("\n", lines);
  }
}
