package org.blindread.jupyter;

import java.util.Optional;

/// Ends a kernel whose Jupyter is gone, killed without a word: nobody else would, and a secure cell
/// would go on to its end for nobody.
public final class Orphan {
  /// Where Jupyter tells a kernel whose child it is.
  private static final String PARENT = "JPY_PARENT_PID";

  private Orphan() {}

  /// Watches this kernel's Jupyter, if it is known, and ends the JVM with it, parties first.
  public static void watch() {
    Optional<ProcessHandle> jupyter =
        Optional.ofNullable(System.getenv(PARENT))
            .filter(pid -> pid.matches("[1-9][0-9]{0,17}"))
            .map(Long::valueOf)
            .flatMap(ProcessHandle::of);
    if (jupyter.isPresent()) {
      var _ = jupyter.get().onExit().thenRun(() -> System.exit(1));
    }
  }
}
