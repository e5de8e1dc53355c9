package org.blindread.workbench;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tells how far long work has come: on a terminal one line that is written over, at most ten times
/// a second; elsewhere (a log, a pipe) a plain line about every ten seconds. When the work ends one
/// line stays.
///
/// Threads may report at once.
public final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long TERMINAL_PAUSE = SECOND / 10;
  private static final long LOG_PAUSE = 10 * SECOND;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final String what;
  private final int total;
  private final long begun;
  private long last;
  private int done;
  private int width;
  private boolean closed;

  /// @param out where to tell, usually `System.err`
  /// @param terminal whether lines may be written over
  /// @param nanoTime the clock, usually `System::nanoTime`
  /// @param what the plural of what is counted, for example `images`
  /// @param total how many there are, at least 1
  Progress(PrintStream out, boolean terminal, LongSupplier nanoTime, String what, int total) {
    if (total < 1) {
      throw new IllegalArgumentException("progress needs something to count, not " + total);
    }
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.what = what;
    this.total = total;
    this.begun = nanoTime.getAsLong();
    this.last = begun - (terminal ? TERMINAL_PAUSE : 0);
  }

  /// Tells on standard error how many of `total` are done.
  ///
  /// @throws IllegalArgumentException if there is nothing to count
  public static Progress of(String what, int total) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Progress(System.err, terminal, System::nanoTime, what, total);
  }

  /// One more is done.
  ///
  /// @param detail what to show beside the count, for example `site-a, 12.3 MB`; may be empty
  public synchronized void step(String detail) {
    done = Math.min(total, done + 1);
    tell(detail);
  }

  /// Nothing new is done, but there is something to show, for example a layer's name.
  public synchronized void tell(String detail) {
    long now = nanoTime.getAsLong();
    if (closed || now - last < (terminal ? TERMINAL_PAUSE : LOG_PAUSE)) {
      return;
    }
    last = now;
    String more = detail.isEmpty() ? "" : ", " + detail;
    String left = done == 0 || done == total ? "" : ", " + left(now) + " left";
    write(what + " " + done + "/" + total + more + left, !terminal);
  }

  private String left(long now) {
    double perItem = (now - begun) / (double) done;
    return duration((long) Math.ceil(perItem * (total - done) / SECOND));
  }

  /// Seconds in words: `59 s`, `2 min 05 s`, `1 h 01 min`.
  static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }

  private void write(String line, boolean end) {
    String blanks = " ".repeat(Math.max(0, width - line.length()));
    out.print((terminal ? "\r" + line + blanks : line) + (end ? System.lineSeparator() : ""));
    out.flush();
    width = line.length();
  }

  /// Leaves one line: how many were done, in what time.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      long seconds = (nanoTime.getAsLong() - begun + SECOND / 2) / SECOND;
      write("%s %d/%d in %s".formatted(what, done, total, duration(seconds)), true);
    }
  }
}
