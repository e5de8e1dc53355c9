package org.blindread.stats;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Numbers of other programs on the data of `../shared/data` beside the project, and on the
/// generated cases that the project has itself.
public final class KnownAnswers {
  private static final Path FOLDER = Path.of("../../shared/data/fixtures/stats");
  private static final Map<String, double[][]> TABLES = new HashMap<>();

  private KnownAnswers() {}

  /// Skips the test where the data are absent.
  public static void assumePresent() {
    assumeTrue(Files.exists(FOLDER), "skipped: no ../shared/data");
  }

  /// An expected file of `../shared/data`; skips the test where it is absent.
  public static JsonNode expected(String name) {
    assumePresent();
    return JsonMapper.shared().readTree(FOLDER.resolve("expected").resolve(name + ".json"));
  }

  /// An expected file of this module.
  public static JsonNode own(String name) {
    try (InputStream in = KnownAnswers.class.getResourceAsStream(name + ".json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A column of an input table, by its name; skips the test where the data are absent.
  public static double[] column(String table, String column) {
    assumePresent();
    try {
      List<String> lines = Files.readAllLines(FOLDER.resolve("inputs").resolve(table + ".csv"));
      int at = List.of(lines.getFirst().split(",", -1)).indexOf(column);
      double[][] rows =
          TABLES.computeIfAbsent(
              table,
              name -> lines.stream().skip(1).map(KnownAnswers::numbers).toArray(double[][]::new));
      return IntStream.range(0, rows.length).mapToDouble(i -> rows[i][at]).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] numbers(String line) {
    String[] cells = line.split(",", -1);
    double[] row = new double[cells.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
    }
    return row;
  }

  /// Where the column is 1.
  public static boolean[] isOne(double[] column) {
    boolean[] truth = new boolean[column.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = column[i] == 1;
    }
    return truth;
  }

  /// The numbers of a list; `"NaN"`, `"Infinity"` and their kin may stand in it as strings.
  public static double[] doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode node = list.get(i);
      values[i] = node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
    }
    return values;
  }
}
