package org.blindread.data;

import java.util.List;

/// A file of images or labels is not what it should be; the text names the file, the place and the
/// way out.
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int SHOWN = 10;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }

  /// All that is wrong with one file, one line each, at most ten of them.
  static DatasetException of(String file, List<String> problems) {
    StringBuilder text = new StringBuilder();
    for (String problem : problems.subList(0, Math.min(SHOWN, problems.size()))) {
      text.append(text.isEmpty() ? "" : "\n").append(file).append(": ").append(problem);
    }
    if (problems.size() > SHOWN) {
      text.append("\n… and ").append(problems.size() - SHOWN).append(" more");
    }
    return new DatasetException(text.toString());
  }
}
