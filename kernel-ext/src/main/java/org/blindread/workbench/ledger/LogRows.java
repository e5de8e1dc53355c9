package org.blindread.workbench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.LayerCost;
import org.blindread.workbench.WorkbenchException;

/// A run's log as rows of the ledger. Of an image that was read again the last row stands.
final class LogRows {
  private LogRows() {}

  static void write(Connection connection, long run, ImageLog log)
      throws SQLException, WorkbenchException {
    try (PreparedStatement image =
            connection.prepareStatement("INSERT OR REPLACE INTO image_cost VALUES (?,?,?,?,?,?)");
        PreparedStatement link =
            connection.prepareStatement("INSERT OR REPLACE INTO image_link VALUES (?,?,?,?,?,?)");
        PreparedStatement layer =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO layer_cost VALUES (?,?,?,?,?,?,?,?,?,?)")) {
      log.read(
          new ImageLog.Reader<SQLException>() {
            @Override
            public void image(ImageCost row) throws SQLException {
              Ledger.insert(
                  image,
                  run,
                  row.party(),
                  row.image(),
                  row.seconds(),
                  row.rounds(),
                  row.peakMemoryBytes().isPresent() ? row.peakMemoryBytes().getAsLong() : null);
              for (Map.Entry<String, Long> bytes : row.bytes().entrySet()) {
                String[] ends = bytes.getKey().split(">", 2);
                Ledger.insert(
                    link, run, row.party(), row.image(), ends[0], ends[1], bytes.getValue());
              }
            }

            @Override
            public void layer(LayerCost row) throws SQLException {
              Ledger.insert(
                  layer,
                  run,
                  row.party(),
                  row.image(),
                  row.number(),
                  row.took().layer(),
                  row.took().kind(),
                  row.took().seconds(),
                  row.took().rounds(),
                  row.sent(),
                  row.received());
            }
          });
    }
  }

  static List<ImageCost> read(Connection connection, String folder) throws SQLException {
    List<ImageCost> images = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT run, party, image, seconds, rounds, peak_memory_bytes FROM image_cost"
                    + " WHERE run = (SELECT id FROM run WHERE folder = ?) ORDER BY rowid");
        PreparedStatement links =
            connection.prepareStatement(
                "SELECT sender, receiver, bytes FROM image_link"
                    + " WHERE run = ? AND party = ? AND image = ?")) {
      query.setString(1, folder);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long peak = row.getLong(6);
          OptionalLong peakMemory = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(peak);
          links.setLong(1, row.getLong(1));
          links.setString(2, row.getString(2));
          links.setString(3, row.getString(3));
          images.add(
              new ImageCost(
                  row.getString(2),
                  row.getString(3),
                  row.getDouble(4),
                  row.getInt(5),
                  peakMemory,
                  bytes(links)));
        }
      }
    }
    return images;
  }

  private static Map<String, Long> bytes(PreparedStatement links) throws SQLException {
    Map<String, Long> bytes = new TreeMap<>();
    try (ResultSet row = links.executeQuery()) {
      while (row.next()) {
        bytes.put(row.getString(1) + ">" + row.getString(2), row.getLong(3));
      }
    }
    return bytes;
  }
}
