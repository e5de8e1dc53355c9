package org.blindread.mpc.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrustTest {
  @Test
  void whatAStrangerWroteCannotSteerATerminal() {
    assertEquals(
        "CN=?[2J?]0;owned?,O=A?B?C",
        Trust.printable("CN=\u001b[2J\u001b]0;owned\u0007,O=A\u202eB\nC", 80));
  }

  @Test
  void whatAStrangerWroteIsCutWhereItIsTooLong() {
    assertEquals("a".repeat(80), Trust.printable("a".repeat(80), 80));
    assertEquals("a".repeat(77) + "...", Trust.printable("a".repeat(81), 80));
  }
}
