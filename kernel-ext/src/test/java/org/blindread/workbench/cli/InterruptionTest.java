package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// An error of the JVM is one sentence and exit code 1, not an interruption.
final class InterruptionTest {
  private static String said(IntSupplier program, int code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      assertEquals(code, Interruption.guard(program, err));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tooLittleMemoryNamesTheOptionsThatGiveMore() {
    String said =
        said(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            },
            1);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith("blindread: out of memory; give --party-heap 1g, or"), said);
    assertTrue(said.contains("BLINDREAD_JAVA_OPTS=-Xmx"), said);
  }

  @Test
  void anotherErrorIsNamed() {
    String said =
        said(
            () -> {
              throw new StackOverflowError();
            },
            1);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("StackOverflowError"), said);
  }

  @Test
  void aCodeIsHandedThrough() {
    assertEquals("", said(() -> 2, 2));
  }
}
