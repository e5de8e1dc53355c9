package org.blindread.workbench;

import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Tells a [ProgressSink] how far long work has come, no oftener than the sink wants. When the work
/// ends one line stays.
///
/// Threads may report at once.
public final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final double LEAST_KNOWN = 0.1;

  private final ProgressSink sink;
  private final LongSupplier nanoTime;
  private final String what;
  private final int total;
  private final long begun;
  private long last;
  private int done;
  private double fraction;
  private boolean closed;

  /// @param nanoTime the clock, usually `System::nanoTime`
  /// @param what the plural of what is counted, for example `images`
  /// @param total how many there are, at least 1
  Progress(ProgressSink sink, LongSupplier nanoTime, String what, int total) {
    if (total < 1) {
      throw new IllegalArgumentException("progress needs something to count, not " + total);
    }
    this.sink = sink;
    this.nanoTime = nanoTime;
    this.what = what;
    this.total = total;
    this.begun = nanoTime.getAsLong();
    this.last = begun - (sink.eager() ? sink.pauseNanos() : 0);
  }

  /// On a console.
  Progress(PrintStream out, boolean terminal, LongSupplier nanoTime, String what, int total) {
    this(new ConsoleProgress(out, terminal), nanoTime, what, total);
  }

  /// Tells on standard error how many of `total` are done.
  ///
  /// @throws IllegalArgumentException if there is nothing to count
  public static Progress of(String what, int total) {
    return of(ConsoleProgress.standard(), what, total);
  }

  /// Tells a sink how many of `total` are done.
  ///
  /// @throws IllegalArgumentException if there is nothing to count
  public static Progress of(ProgressSink sink, String what, int total) {
    return new Progress(sink, System::nanoTime, what, total);
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
    tell(detail, 0);
  }

  /// Nothing new is done, but more of what is being worked on.
  ///
  /// @param part how many of `total` the unfinished work amounts to, 0 … total
  public synchronized void tell(String detail, double part) {
    // Never back: images finish in any order.
    fraction = Math.max(fraction, Math.min(1, (done + part) / total));
    long now = nanoTime.getAsLong();
    if (closed || now - last < sink.pauseNanos()) {
      return;
    }
    last = now;
    sink.show(new ProgressState(what, done, total, fraction, detail, left(now)));
  }

  private OptionalLong left(long now) {
    // The beginning of the first item says too little of the rest.
    if (fraction * total < LEAST_KNOWN || done == total) {
      return OptionalLong.empty();
    }
    double seconds = (now - begun) / (double) SECOND;
    return OptionalLong.of((long) Math.ceil(seconds * (1 - fraction) / fraction - 1e-9));
  }

  /// Leaves one line: how many were done, in what time.
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      long seconds = (nanoTime.getAsLong() - begun + SECOND / 2) / SECOND;
      sink.leave("%s %d/%d in %s".formatted(what, done, total, ProgressState.duration(seconds)));
    }
  }
}
