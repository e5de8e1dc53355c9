package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Puts the frames of one direction of a link together to messages, as [Channel] cut them. For the
/// sender's thread.
final class Overhearing {
  private final Party from;
  private final Party to;
  private final Consumer<? super Message> listener;
  private int round;
  private ByteBuffer payload = ByteBuffer.allocate(0);

  Overhearing(Party from, Party to, Consumer<? super Message> listener) {
    this.from = from;
    this.to = to;
    this.listener = listener;
  }

  /// @param sent a frame; its position stays
  void frame(ByteBuffer sent) {
    ByteBuffer frame = sent.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (frame.hasRemaining()) {
      if (!payload.hasRemaining()) {
        frame.getInt();
        round = frame.getInt();
        payload = ByteBuffer.allocate(Math.toIntExact(frame.getLong()));
      }
      int some = Math.min(payload.remaining(), frame.remaining());
      payload.put(frame.slice(frame.position(), some));
      frame.position(frame.position() + some);
      if (!payload.hasRemaining()) {
        listener.accept(new Message(from, to, round, payload.array()));
      }
    }
  }
}
