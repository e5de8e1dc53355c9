package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A message as it crossed a link: what one who listens on the line has.
///
/// @param round its depth, from 1 on, or 0 if it was sent ahead of all data
/// @param payload owned by the message; never written to
public record Message(Party from, Party to, int round, byte[] payload) {
  /// Payload bytes.
  public int bytes() {
    return payload.length;
  }

  /// The payload as words, little endian.
  ///
  /// @throws IllegalStateException if it is no whole number of them
  public long[] words() {
    if (payload.length % Long.BYTES != 0) {
      throw new IllegalStateException(this + ", is no whole number of words");
    }
    long[] words = new long[payload.length / Long.BYTES];
    ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }

  @Override
  public String toString() {
    String when = round == 0 ? "ahead" : "round " + round;
    return "%s: %s to %s, %,d byte%s"
        .formatted(when, from, to, payload.length, payload.length == 1 ? "" : "s");
  }
}
