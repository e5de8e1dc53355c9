package org.blindread.jupyter.interrupt;

/// Ends an interrupted cell, wherever its code is. An error, so that a cell's `catch (Exception e)`
/// does not keep it going; the kernel, which has told the user already, drops it.
///
/// Public because classes of cells call it.
public final class CellInterrupt extends Error {
  private static final long serialVersionUID = 1;

  /// Threads that run cells. Another thread of a cell, such as one of a pool that shuts down, may
  /// have reasons of its own for going on when it is interrupted.
  private static final ThreadLocal<Boolean> RUNS_CELLS = ThreadLocal.withInitial(() -> false);

  /// An interrupt may come between two statements of a cell, when no thread runs it.
  private static volatile boolean asked;

  private CellInterrupt() {
    super("the cell was interrupted", null, false, false);
  }

  /// An interrupt has come for the cell that is being run, if there is one.
  public static void ask() {
    asked = true;
  }

  /// Another cell is going to be run.
  public static void forget() {
    asked = false;
  }

  /// Called where a statement of a cell begins.
  ///
  /// @throws CellInterrupt if the cell was interrupted before
  public static void begin() {
    RUNS_CELLS.set(true);
    if (asked) {
      throw new CellInterrupt();
    }
  }

  /// Called at every turn of a loop. The interrupt stays set: a loop in a `finally` ends as well.
  ///
  /// @throws CellInterrupt if this thread runs a cell and was interrupted
  public static void check() {
    if (Thread.currentThread().isInterrupted() && RUNS_CELLS.get()) {
      throw new CellInterrupt();
    }
  }
}
