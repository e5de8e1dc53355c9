package org.blindread.workbench.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import tools.jackson.databind.JsonNode;

/// A run as rows of the ledger. Places below the ledger's folder are kept relative to it, so that
/// the whole may be moved.
final class RunRows {
  private static final String BELOW = "./";

  private RunRows() {}

  static List<String> folders(Connection connection) throws SQLException {
    List<String> folders = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT folder FROM run ORDER BY id");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        folders.add(rows.getString(1));
      }
    }
    return folders;
  }

  /// Writes a run and says its number.
  static long write(Connection connection, Path base, Outcome outcome) throws SQLException {
    String folder = base.relativize(outcome.folder().toAbsolutePath().normalize()).toString();
    try (PreparedStatement old = connection.prepareStatement("DELETE FROM run WHERE folder = ?")) {
      Ledger.insert(old, folder);
    }
    long run;
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO run (folder, name, how, cohort, recorded, report, threat_card)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id")) {
      row.setString(1, folder);
      row.setString(2, outcome.name());
      row.setString(3, outcome.report().how());
      row.setString(4, outcome.cohort().map(cohort -> placed(base, cohort)).orElse(null));
      row.setString(5, Ledger.now());
      row.setString(6, outcome.report().toJson());
      row.setString(7, outcome.threatCard().orElse(null));
      try (ResultSet made = row.executeQuery()) {
        run = made.getLong(1);
      }
    }
    writeProvenance(connection, run, outcome.report().json().path("provenance"));
    writeScores(connection, run, outcome.scores());
    writeCosts(connection, run, outcome.report());
    return run;
  }

  private static String placed(Path base, String cohort) {
    if (cohort.equals(Cohorts.EMBEDDED)) {
      return cohort;
    }
    Path place = Path.of(cohort).toAbsolutePath().normalize();
    return place.startsWith(base) ? BELOW + base.relativize(place) : place.toString();
  }

  private static void writeProvenance(Connection connection, long run, JsonNode provenance)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO provenance VALUES (?, ?, ?, ?)")) {
      for (Map.Entry<String, JsonNode> hash : provenance.path("sha256").properties()) {
        Ledger.insert(row, run, "sha256", hash.getKey(), hash.getValue().asString());
      }
      for (Map.Entry<String, JsonNode> version : provenance.path("versions").properties()) {
        Ledger.insert(row, run, "version", version.getKey(), version.getValue().asString());
      }
      for (String name : List.of("cpu", "processors", "system")) {
        Ledger.insert(row, run, "machine", name, provenance.path(name).asString(""));
      }
    }
  }

  private static void writeScores(Connection connection, long run, Scores scores)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < scores.rows().size(); i++) {
        ScoreRow score = scores.rows().get(i);
        for (int column = 0; column < scores.findings().size(); column++) {
          Ledger.insert(
              row,
              run,
              i,
              score.image(),
              score.site(),
              score.patient(),
              column,
              scores.findings().get(column),
              score.values()[column]);
        }
      }
    }
  }

  private static void writeCosts(Connection connection, long run, SavedReport report)
      throws SQLException {
    JsonNode seconds = report.json().path("seconds");
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO image_time VALUES (?, ?, ?)")) {
      int number = 0;
      for (JsonNode time : seconds.path("images")) {
        Ledger.insert(row, run, number++, time.asDouble());
      }
    }
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO link VALUES (?, ?, ?, ?, ?)")) {
      Map<String, Long> links = new TreeMap<>(report.sessionBytes());
      links.putAll(report.bytes());
      for (String link : links.keySet()) {
        String[] ends = link.split(">", 2);
        Ledger.insert(
            row,
            run,
            ends[0],
            ends[1],
            report.bytes().getOrDefault(link, 0L),
            report.sessionBytes().getOrDefault(link, 0L));
      }
    }
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO layer VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      int number = 0;
      for (JsonNode layer : seconds.path("perLayer")) {
        long bytes = 0;
        for (JsonNode link : layer.path("bytes")) {
          bytes += link.asLong();
        }
        Ledger.insert(
            row,
            run,
            number++,
            layer.path("layer").asString(),
            layer.path("kind").asString(),
            layer.path("seconds").asDouble(),
            layer.path("rounds").asInt(),
            bytes);
      }
    }
  }

  static Optional<Outcome> read(Connection connection, Path base, String folder)
      throws SQLException, WorkbenchException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, name, cohort, report, threat_card FROM run WHERE folder = ?")) {
      query.setString(1, folder);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Outcome(
                row.getString(2),
                readScores(connection, row.getLong(1)),
                SavedReport.parse(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(3))
                    .map(
                        cohort ->
                            cohort.startsWith(BELOW)
                                ? base.resolve(cohort.substring(BELOW.length())).toString()
                                : cohort),
                base.resolve(folder)));
      } catch (IllegalArgumentException e) {
        throw new WorkbenchException(
            "the run '%s' in %s is damaged: %s".formatted(folder, Ledger.FILE, e.getMessage()), e);
      }
    }
  }

  private static Scores readScores(Connection connection, long run) throws SQLException {
    List<String> findings = new ArrayList<>();
    List<ScoreRow> rows = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT finding FROM score WHERE run = ? AND row = 0 ORDER BY column")) {
      query.setLong(1, run);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.add(row.getString(1));
        }
      }
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT image, site, patient, value FROM score WHERE run = ? ORDER BY row, column")) {
      query.setLong(1, run);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String image = row.getString(1);
          String site = row.getString(2);
          String patient = row.getString(3);
          double[] values = new double[findings.size()];
          for (int i = 0; i < values.length; i++) {
            if (i > 0 && !row.next()) {
              throw new IllegalArgumentException("image '" + image + "' lacks scores");
            }
            double value = row.getDouble(4);
            values[i] = row.wasNull() ? Double.NaN : value;
          }
          rows.add(new ScoreRow(image, site, patient, values));
        }
      }
    }
    return new Scores(findings, rows);
  }
}
