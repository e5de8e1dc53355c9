package org.blindread.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is known of an image besides findings: text by column (`patient`, `site`, `country`, …).
/// All images of a cohort share the list of columns.
///
/// @param columns names, each once
/// @param values one a column; empty where nothing is known
public record Attributes(List<String> columns, List<String> values) {
  /// @throws IllegalArgumentException if there are not as many values as columns
  public Attributes {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    if (columns.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d columns, but %d values".formatted(columns.size(), values.size()));
    }
  }

  /// The columns in alphabetical order.
  public static Attributes of(Map<String, String> texts) {
    var sorted = new TreeMap<>(texts);
    return new Attributes(List.copyOf(sorted.keySet()), List.copyOf(sorted.values()));
  }

  /// The text in a column, if there is any.
  public Optional<String> value(String column) {
    int at = columns.indexOf(column);
    return at < 0 ? Optional.empty() : Optional.of(values.get(at)).filter(text -> !text.isEmpty());
  }

  /// Only what is known: `site Ulm, sex F`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!values.get(i).isEmpty()) {
        parts.add(columns.get(i) + " " + values.get(i));
      }
    }
    return String.join(", ", parts);
  }
}
