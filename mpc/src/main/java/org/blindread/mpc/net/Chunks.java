package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/// The buffers of a session's inboxes, used again last in, first out, so that the few a run in step
/// needs stay in the processor's cache.
final class Chunks {
  /// A whole frame, its header, the next header and a glance at what follows.
  static final int BYTES = Link.MAX_FRAME_BYTES + (1 << 14) + 8;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  /// An empty direct buffer of [#BYTES], little endian.
  synchronized ByteBuffer take() {
    ByteBuffer chunk = free.pollLast();
    return chunk == null
        ? ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN)
        : chunk.clear();
  }

  synchronized void giveBack(ByteBuffer chunk) {
    free.addLast(chunk);
  }
}
