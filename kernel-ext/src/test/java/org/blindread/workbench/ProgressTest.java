package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(-5 * SECOND);

  private Progress progress(boolean terminal, int total) {
    return new Progress(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        terminal,
        clock::get,
        "images",
        total);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aTerminalShowsOneLineAndKeepsTheLast() {
    try (Progress progress = progress(true, 4)) {
      clock.addAndGet(2 * SECOND);
      progress.step("site-a, 12.5 MB");
      clock.addAndGet(2 * SECOND);
      progress.step("b");
      clock.addAndGet(56 * SECOND);
    }
    assertEquals(
        "\rimages 1/4, site-a, 12.5 MB, 6 s left"
            + "\rimages 2/4, b, 4 s left"
            + " ".repeat(14)
            + "\rimages 2/4 in 1 min 00 s\n",
        shown());
  }

  @Test
  void aTerminalIsWrittenAtMostTenTimesASecond() {
    try (Progress progress = progress(true, 1000)) {
      for (int i = 0; i < 1000; i++) {
        clock.addAndGet(SECOND / 1000);
        progress.step("");
      }
    }
    long updates = shown().chars().filter(c -> c == '\r').count();
    assertTrue(updates >= 10 && updates <= 12, updates + " updates");
    assertTrue(shown().strip().endsWith("\rimages 1000/1000 in 1 s"), shown());
  }

  @Test
  void aLogGetsALineEveryTenSeconds() {
    try (Progress progress = progress(false, 100)) {
      for (int i = 0; i < 25; i++) {
        clock.addAndGet(SECOND);
        progress.step("");
      }
    }
    assertEquals(
        """
        images 10/100, 1 min 30 s left
        images 20/100, 1 min 20 s left
        images 25/100 in 25 s
        """,
        shown());
  }

  @Test
  void nothingIsSaidAfterTheEnd() {
    Progress progress = progress(true, 1);
    progress.close();
    clock.addAndGet(60 * SECOND);
    progress.step("");
    progress.close();
    assertEquals("\rimages 0/1 in 0 s\n", shown());
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "65, 1 min 05 s", "3599, 59 min 59 s", "3700, 1 h 01 min"})
  void durationsAreWords(long seconds, String words) {
    assertEquals(words, ProgressState.duration(seconds));
  }

  @Test
  void thereMustBeSomethingToCount() {
    var e = assertThrows(IllegalArgumentException.class, () -> progress(false, 0).close());
    assertEquals("progress needs something to count, not 0", e.getMessage());
  }
}
