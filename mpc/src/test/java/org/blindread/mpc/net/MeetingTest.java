package org.blindread.mpc.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MeetingTest {
  @Test
  void moreLanesThanMemoryHoldsAreRefusedWithTheNumberThatFits() {
    assertEquals(
        "7 lanes to 2 peers may buffer 272 MiB, more than the 256 MiB there are; use at most 6"
            + " lanes, or give the process more memory (-Xmx)",
        assertThrows(ProtocolException.class, () -> Meeting.checkMemory(2, 7, 0)).getMessage());
    assertDoesNotThrow(() -> Meeting.checkMemory(2, 6, 0));
    assertDoesNotThrow(() -> Meeting.checkMemory(2, 29, 1L << 31));
    assertThrows(ProtocolException.class, () -> Meeting.checkMemory(2, 30, 1L << 31));
  }
}
