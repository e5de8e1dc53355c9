package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
  private static ByteBuffer frame(byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payload.length)
        .put(payload)
        .flip();
  }

  private static Inbox inbox() {
    return new Inbox(VENDOR, new Chunks(), () -> {});
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void framesComeOutAsTheyWentInHoweverTheWireCutsThem(long seed) throws Exception {
    Random random = new Random(seed);
    int[] sizes = {0, 1, 16, 5000, 16_380, 16_384, 20_000, 139_268, 262_143, 262_144};
    Inbox inbox = inbox();
    List<byte[]> waiting = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] payload = new byte[sizes[random.nextInt(sizes.length)]];
      random.nextBytes(payload);
      ByteBuffer wire = frame(payload);
      while (wire.hasRemaining()) {
        int piece = Math.min(wire.remaining(), 1 + random.nextInt(1 << random.nextInt(1, 19)));
        inbox.append(wire.slice(wire.position(), piece));
        wire.position(wire.position() + piece);
      }
      if (payload.length > 0) {
        waiting.add(payload);
      }
      while (random.nextInt(12) != 0 && !waiting.isEmpty()) {
        assertEquals(ByteBuffer.wrap(waiting.removeFirst()), inbox.take());
      }
    }
    inbox.end("over");
    for (byte[] payload : waiting) {
      assertEquals(ByteBuffer.wrap(payload), inbox.take());
    }
    assertEquals("over", assertThrows(ProtocolException.class, inbox::take).getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 4096, 100_000, 139_268, 139_300, 262_144})
  void eightMebibytesOfFramesOfAnySizeFitAndMemoryIsBounded(int size) throws Exception {
    int headers = Link.BUFFERED_BYTES / (4 + size);
    Inbox inbox = inbox();
    long stored = 0;
    for (int i = 0; i < headers; i++) {
      assertFalse(inbox.isFull(), "full after %d bytes".formatted(stored));
      inbox.append(frame(new byte[size]));
      stored += size;
    }
    while (!inbox.isFull()) {
      inbox.append(frame(new byte[size]));
      stored += size;
    }
    assertTrue(stored <= (long) Inbox.MAX_CHUNKS * Chunks.BYTES, "%d bytes".formatted(stored));
  }

  @Test
  void whoWasToldThatItIsFullIsToldWhenThereIsRoom() throws Exception {
    AtomicInteger told = new AtomicInteger();
    Inbox inbox = new Inbox(VENDOR, new Chunks(), told::incrementAndGet);
    int frames = 0;
    while (!inbox.isFull()) {
      inbox.append(frame(new byte[200_000]));
      frames++;
    }
    for (int i = 0; i < frames; i++) {
      assertEquals(200_000, inbox.take().remaining());
    }
    assertEquals(1, told.get());
    assertFalse(inbox.isFull());
  }

  @Test
  void aFrameStaysUntilTheNextIsTaken() throws Exception {
    Inbox inbox = inbox();
    byte[] first = new byte[262_144];
    first[262_143] = 7;
    inbox.append(frame(first));
    ByteBuffer taken = inbox.take();
    for (int i = 0; i < 5; i++) {
      inbox.append(frame(new byte[262_144]));
    }
    assertTrue(taken.isReadOnly());
    assertEquals(ByteBuffer.wrap(first), taken);
  }

  @Test
  void theFirstEndCountsAndWhatIsAbandonedIsGone() throws Exception {
    Inbox inbox = inbox();
    inbox.append(frame(new byte[3]));
    inbox.end("first");
    inbox.end("second");
    assertEquals("first", inbox.whyEnded());
    assertFalse(inbox.awaitRoom());
    inbox.abandon("third");
    assertEquals("first", assertThrows(ProtocolException.class, inbox::take).getMessage());
  }
}
