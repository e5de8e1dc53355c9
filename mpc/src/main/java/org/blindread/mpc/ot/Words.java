package org.blindread.mpc.ot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Words to bytes and back, little endian.
final class Words {
  private Words() {}

  static byte[] toBytes(long[] words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  static long[] of(byte[] bytes) {
    long[] words = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }
}
