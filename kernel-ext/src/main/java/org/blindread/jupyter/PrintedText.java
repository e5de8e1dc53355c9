package org.blindread.jupyter;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Gathers what a cell prints, so that thousands of lines are few messages: Jupyter loses messages
/// of a kernel that sends them faster than they are read. What is shown otherwise must come after
/// what was printed before it: call [#flush] first. Thread-safe.
public final class PrintedText {
  /// Which of the two a text went to.
  public enum Stream {
    OUT,
    ERR
  }

  /// Sends text to Jupyter.
  @FunctionalInterface
  public interface Sender {
    /// Sends one piece.
    ///
    /// @param text as printed, not empty
    void send(Stream stream, String text);
  }

  private static final int MOST_CHARACTERS = 1 << 15;
  private static final long LONGEST_MILLIS = 50;

  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("blindread-printed-text").factory());

  private final Sender sender;
  private final StringBuilder gathered = new StringBuilder();
  private Stream stream = Stream.OUT;

  public PrintedText(Sender sender) {
    this.sender = sender;
  }

  /// Takes text, and sends it within 50 ms.
  public synchronized void print(Stream to, String text) {
    if (to != stream) {
      flush();
      stream = to;
    }
    if (gathered.isEmpty()) {
      var _ = CLOCK.schedule(this::flush, LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    }
    gathered.append(text);
    if (gathered.length() >= MOST_CHARACTERS) {
      flush();
    }
  }

  /// Sends what is left.
  public synchronized void flush() {
    if (!gathered.isEmpty()) {
      String text = gathered.toString();
      gathered.setLength(0);
      sender.send(stream, text);
    }
  }
}
