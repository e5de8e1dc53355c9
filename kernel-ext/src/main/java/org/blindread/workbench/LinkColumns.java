package org.blindread.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.data.Csv;
import org.blindread.mpc.net.Party;

/// The columns of a log: some of its own, then one a link, `sender>receiver`. A party leaves the
/// links empty that it is no end of, which it cannot see.
///
/// @param leading the log's own
/// @param links between all parties, both ways
record LinkColumns(List<String> leading, List<String> links) {
  LinkColumns {
    leading = List.copyOf(leading);
    links = List.copyOf(links);
  }

  /// The links between parties, both ways.
  static List<String> between(List<Party> parties) {
    List<String> links = new ArrayList<>();
    for (Party sender : parties) {
      for (Party receiver : parties) {
        if (!sender.equals(receiver)) {
          links.add(sender.to(receiver));
        }
      }
    }
    return links;
  }

  /// The columns of a header, if it is such a log's.
  Optional<LinkColumns> of(List<String> header) {
    int own = leading.size();
    return header.size() >= own && header.subList(0, own).equals(leading)
        ? Optional.of(new LinkColumns(leading, header.subList(own, header.size())))
        : Optional.empty();
  }

  int size() {
    return leading.size() + links.size();
  }

  String header() {
    List<String> all = new ArrayList<>(leading);
    all.addAll(links);
    return Csv.line(all);
  }

  /// A row with its line end.
  ///
  /// @param party whose view it is
  /// @param cells the log's own
  /// @param bytes by link
  /// @throws IllegalArgumentException if there is no column for a link
  String row(String party, List<String> cells, Map<String, Long> bytes) {
    if (!links.containsAll(bytes.keySet())) {
      throw new IllegalArgumentException("links %s, columns %s".formatted(bytes.keySet(), links));
    }
    List<String> all = new ArrayList<>(cells);
    for (String link : links) {
      boolean seen = List.of(link.split(">", 2)).contains(party);
      all.add(seen ? String.valueOf(bytes.getOrDefault(link, 0L)) : "");
    }
    return Csv.line(all) + "\n";
  }

  /// The bytes by link of a row.
  ///
  /// @throws NumberFormatException if a cell is no number
  Map<String, Long> bytes(List<String> cells) {
    Map<String, Long> bytes = new TreeMap<>();
    for (int i = 0; i < links.size(); i++) {
      String cell = cells.get(leading.size() + i);
      if (!cell.isEmpty()) {
        bytes.put(links.get(i), Long.valueOf(cell));
      }
    }
    return bytes;
  }
}
