package org.blindread.workbench;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// Progress on a terminal, as one line that is written over at most ten times a second; elsewhere
/// (a log, a pipe) as a plain line about every ten seconds.
public final class ConsoleProgress implements ProgressSink {
  private static final long TERMINAL_PAUSE = 100_000_000L;
  private static final long LOG_PAUSE = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private int width;

  /// @param out where to tell, usually `System.err`
  /// @param terminal whether lines may be written over
  public ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// On standard error.
  public static ConsoleProgress standard() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new ConsoleProgress(System.err, terminal);
  }

  @Override
  public long pauseNanos() {
    return terminal ? TERMINAL_PAUSE : LOG_PAUSE;
  }

  @Override
  public boolean eager() {
    return terminal;
  }

  @Override
  public void show(ProgressState state) {
    write(state.line(), !terminal);
  }

  @Override
  public void leave(String line) {
    write(line, true);
    width = 0;
  }

  private void write(String line, boolean end) {
    String blanks = " ".repeat(Math.max(0, width - line.length()));
    out.print((terminal ? "\r" + line + blanks : line) + (end ? System.lineSeparator() : ""));
    out.flush();
    width = line.length();
  }
}
