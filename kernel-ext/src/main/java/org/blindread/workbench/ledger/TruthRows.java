package org.blindread.workbench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.data.Finding;
import org.blindread.data.Label;
import org.blindread.data.Labels;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;

/// A reference standard as rows of the ledger.
final class TruthRows {
  private TruthRows() {}

  static void write(Connection connection, Truth truth) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM truth");
    }
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO truth VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < truth.rows().size(); i++) {
        TruthRow image = truth.rows().get(i);
        for (int column = 0; column < truth.findings().size(); column++) {
          Finding finding = truth.findings().get(column);
          Ledger.insert(
              row,
              i,
              image.image(),
              image.site(),
              image.patient(),
              column,
              finding.name(),
              image.labels().label(finding).map(Label::cell).map(Integer::valueOf).orElse(null));
        }
      }
    }
  }

  static Optional<Truth> read(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    List<TruthRow> rows = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT finding FROM truth WHERE row = 0 ORDER BY column");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        findings.add(new Finding(row.getString(1)));
      }
    }
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT image, site, patient, label FROM truth ORDER BY row, column");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String image = row.getString(1);
        String site = row.getString(2);
        String patient = row.getString(3);
        Map<Finding, Label> labels = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
          if (i > 0 && !row.next()) {
            throw new SQLException("image '" + image + "' lacks labels");
          }
          Finding finding = findings.get(i);
          Optional.ofNullable(row.getString(4))
              .flatMap(Label::parse)
              .ifPresent(label -> labels.put(finding, label));
        }
        rows.add(new TruthRow(image, site, patient, Labels.of(findings, labels)));
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Truth(findings, rows));
  }
}
