package org.blindread.mpc.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class InboxRoomTest {
  /// A filler that asked once and paused may ask again after a little was taken; it must still be
  /// told when there is room, or both sides wait for ever.
  @Test
  void whoWasToldOfAFullInboxIsToldOfRoomAlsoIfItAskedAgainInBetween() throws ProtocolException {
    AtomicInteger told = new AtomicInteger();
    Inbox inbox = new Inbox(Party.HELPER, new Chunks(), told::incrementAndGet);
    int frames = 0;
    while (!inbox.isFull()) {
      inbox.append(frame());
      frames++;
    }
    for (int i = 0; i < 8; i++) {
      inbox.take();
    }
    assertTrue(inbox.isFull());
    assertEquals(0, told.get());
    for (int i = 8; i < frames; i++) {
      inbox.take();
    }
    assertEquals(1, told.get());
    assertFalse(inbox.isFull());
  }

  private static ByteBuffer frame() {
    int payload = 200_000;
    ByteBuffer frame =
        ByteBuffer.allocate(Inbox.HEADER_BYTES + payload).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(payload);
    return frame.position(0);
  }
}
