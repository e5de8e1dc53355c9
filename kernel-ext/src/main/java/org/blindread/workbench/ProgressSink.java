package org.blindread.workbench;

/// Where progress is told: a console ([ConsoleProgress]), a cell of a notebook. Called by one
/// thread at a time.
public interface ProgressSink {
  /// The least time between two calls of [#show].
  long pauseNanos();

  /// Whether something is shown at once, before the first pause is over.
  boolean eager();

  /// Shows how far work has come, in place of what was shown before where that can be.
  void show(ProgressState state);

  /// The work has ended: this line stays.
  void leave(String line);
}
