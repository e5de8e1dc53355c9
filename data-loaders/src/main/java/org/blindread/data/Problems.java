package org.blindread.data;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one file: the first ten faults, and how many there were in all.
final class Problems {
  private static final int SHOWN = 10;

  private final String file;
  private final List<String> first = new ArrayList<>();
  private int count;

  Problems(String file) {
    this.file = file;
  }

  void add(String problem) {
    count++;
    if (first.size() < SHOWN) {
      first.add(file + ": " + problem);
    }
  }

  int count() {
    return count;
  }

  /// Throws if anything was wrong, one line a fault.
  void raise() throws DatasetException {
    if (count > 0) {
      String more = count > SHOWN ? "\n… and " + (count - SHOWN) + " more" : "";
      throw new DatasetException(String.join("\n", first) + more);
    }
  }
}
