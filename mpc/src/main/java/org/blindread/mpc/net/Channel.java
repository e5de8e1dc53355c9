package org.blindread.mpc.net;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Messages of ring elements and bit planes to and from one peer, over one [Link].
///
/// A message is announced by a header (tag, depth, payload bytes) and then filled piece by piece,
/// so that neither side needs to hold it whole; the receiver states the tag and length it expects,
/// and anything else ends the run with a sentence naming the peer. Little endian.
///
/// Not for several threads at once, except [#close].
public final class Channel implements AutoCloseable {
  private static final int HEADER_BYTES = 16;
  private static final int FRAME_BYTES = Link.MAX_FRAME_BYTES;
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// Whether a message waits for earlier ones.
  public enum Phase {
    /// Part of the dependency chain: counts as a round.
    ONLINE,
    /// Independent of all data, sent ahead: counts bytes, no round.
    AHEAD
  }

  private final Link link;
  private final Lane lane;
  private final ByteBuffer outgoing =
      ByteBuffer.allocateDirect(FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final MemorySegment outgoingBytes = MemorySegment.ofBuffer(outgoing);
  private ByteBuffer incoming = ByteBuffer.allocate(0);
  private MemorySegment incomingBytes = MemorySegment.ofBuffer(incoming);
  private long announced;
  private long expected;
  private long bytesSent;
  private long bytesReceived;

  Channel(Link link, Lane lane) {
    this.link = link;
    this.lane = lane;
  }

  public Party peer() {
    return link.peer();
  }

  /// Payload bytes sent so far.
  long bytesSent() {
    return bytesSent;
  }

  /// Payload bytes of all messages expected so far.
  long bytesReceived() {
    return bytesReceived;
  }

  /// Begins a message.
  ///
  /// @param tag what the message belongs to, ≥ 0; both sides state it
  /// @param bytes its payload
  public void announce(int tag, long bytes, Phase phase) throws ProtocolException {
    if (announced != 0) {
      throw new IllegalStateException(announced + " bytes of the last message were never put");
    }
    if (outgoing.remaining() < HEADER_BYTES) {
      flush();
    }
    outgoing.putInt(tag);
    outgoing.putInt(phase == Phase.ONLINE ? lane.nextDepth() : 0);
    outgoing.putLong(bytes);
    announced = bytes;
    bytesSent += bytes;
  }

  /// Puts `count` elements of `bytesEach` low bytes (1 … 8) into the announced message.
  public void put(long[] values, int from, int count, int bytesEach) throws ProtocolException {
    spend(Math.multiplyExact((long) count, bytesEach));
    int done = 0;
    while (done < count) {
      int room = outgoing.remaining() / bytesEach;
      if (room == 0) {
        flush();
        continue;
      }
      int n = Math.min(room, count - done);
      pack(values, from + done, n, bytesEach);
      done += n;
    }
  }

  /// Puts bytes as they are into the announced message.
  public void put(byte[] bytes, int from, int count) throws ProtocolException {
    spend(count);
    int done = 0;
    while (done < count) {
      if (!outgoing.hasRemaining()) {
        flush();
      }
      int n = Math.min(outgoing.remaining(), count - done);
      outgoing.put(bytes, from + done, n);
      done += n;
    }
  }

  private void pack(long[] values, int from, int count, int bytesEach) {
    int at = outgoing.position();
    if (bytesEach == 8) {
      MemorySegment.copy(values, from, outgoingBytes, LONGS, at, count);
    } else if (bytesEach == 4) {
      for (int i = 0; i < count; i++) {
        outgoingBytes.set(INTS, at + 4L * i, (int) values[from + i]);
      }
    } else {
      packOdd(values, from, count, bytesEach);
    }
    outgoing.position(at + count * bytesEach);
  }

  /// Widths other than 4 and 8: whole words that overlap upward, each overwriting what the one
  /// before it wrote too much, then the last elements byte by byte.
  private void packOdd(long[] values, int from, int count, int bytesEach) {
    int at = outgoing.position();
    int end = at + count * bytesEach - Long.BYTES;
    int i = 0;
    for (; i < count && at + i * bytesEach <= end; i++) {
      outgoingBytes.set(LONGS, at + (long) i * bytesEach, values[from + i]);
    }
    for (; i < count; i++) {
      for (int b = 0; b < bytesEach; b++) {
        outgoing.put(at + i * bytesEach + b, (byte) (values[from + i] >>> (8 * b)));
      }
    }
  }

  private void spend(long bytes) {
    if (bytes > announced) {
      throw new IllegalStateException("put %d bytes, announced %d".formatted(bytes, announced));
    }
    announced -= bytes;
  }

  /// Hands everything put so far to the transport.
  public void flush() throws ProtocolException {
    if (outgoing.position() > 0) {
      try {
        link.send(outgoing.flip());
      } finally {
        outgoing.clear();
      }
    }
  }

  /// Waits for the header of a message and checks that it is the one that is due.
  ///
  /// @throws ProtocolException if the peer sent another message or another length
  public void expect(int tag, long bytes) throws ProtocolException {
    awaitHeader();
    int theirTag = incoming.getInt();
    int theirDepth = incoming.getInt();
    long theirBytes = incoming.getLong();
    if (theirTag != tag || theirBytes != bytes) {
      throw new ProtocolException(
          "%s sent message %d of %d bytes where message %d of %d bytes was due; its program or plan"
                  .formatted(peer(), theirTag, theirBytes, tag, bytes)
              + " differs, or it deviates from the protocol");
    }
    if (theirDepth < 0) {
      throw new ProtocolException(peer() + " states an impossible depth in message " + tag);
    }
    lane.reached(theirDepth);
    expected = bytes;
    bytesReceived += bytes;
  }

  private void awaitHeader() throws ProtocolException {
    if (expected != 0) {
      throw new IllegalStateException(expected + " bytes of the last message were never taken");
    }
    lane.flush();
    if (!incoming.hasRemaining()) {
      next();
    }
    if (incoming.remaining() < HEADER_BYTES) {
      throw new ProtocolException(peer() + " broke off inside the header of a message");
    }
  }

  /// Takes `count` elements of `bytesEach` bytes out of the expected message, zero extended.
  public void take(long[] values, int from, int count, int bytesEach) throws ProtocolException {
    long bytes = Math.multiplyExact((long) count, bytesEach);
    if (bytes > expected) {
      throw new IllegalStateException("took %d bytes, expected %d".formatted(bytes, expected));
    }
    expected -= bytes;
    int done = 0;
    while (done < count) {
      int there = incoming.remaining() / bytesEach;
      if (there == 0) {
        if (incoming.hasRemaining()) {
          throw new ProtocolException(peer() + " cut an element in two");
        }
        next();
        continue;
      }
      int n = Math.min(there, count - done);
      unpack(values, from + done, n, bytesEach);
      done += n;
    }
  }

  /// Takes `count` bytes out of the expected message.
  public void take(byte[] bytes, int from, int count) throws ProtocolException {
    if (count > expected) {
      throw new IllegalStateException("took %d bytes, expected %d".formatted(count, expected));
    }
    expected -= count;
    int done = 0;
    while (done < count) {
      if (!incoming.hasRemaining()) {
        next();
      }
      int n = Math.min(incoming.remaining(), count - done);
      incoming.get(bytes, from + done, n);
      done += n;
    }
  }

  private void unpack(long[] values, int from, int count, int bytesEach) {
    int at = incoming.position();
    if (bytesEach == 8) {
      MemorySegment.copy(incomingBytes, LONGS, at, values, from, count);
    } else if (bytesEach == 4) {
      for (int i = 0; i < count; i++) {
        values[from + i] = incomingBytes.get(INTS, at + 4L * i) & 0xFFFFFFFFL;
      }
    } else {
      unpackOdd(values, from, count, bytesEach);
    }
    incoming.position(at + count * bytesEach);
  }

  /// Widths other than 4 and 8: whole words, masked, then the last elements byte by byte.
  private void unpackOdd(long[] values, int from, int count, int bytesEach) {
    int at = incoming.position();
    int end = at + count * bytesEach - Long.BYTES;
    long mask = -1L >>> (Long.SIZE - 8 * bytesEach);
    int i = 0;
    for (; i < count && at + i * bytesEach <= end; i++) {
      values[from + i] = incomingBytes.get(LONGS, at + (long) i * bytesEach) & mask;
    }
    for (; i < count; i++) {
      long value = 0;
      for (int b = 0; b < bytesEach; b++) {
        value |= (incoming.get(at + i * bytesEach + b) & 0xFFL) << (8 * b);
      }
      values[from + i] = value;
    }
  }

  private void next() throws ProtocolException {
    lane.flush();
    ByteBuffer frame = link.receive();
    incoming = frame.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    incomingBytes = MemorySegment.ofBuffer(incoming.duplicate().position(0));
  }

  /// Sends a short message of bytes at once, outside the dependency chain.
  public void sendBytes(int tag, byte[] payload) throws ProtocolException {
    announce(tag, payload.length, Phase.AHEAD);
    long[] elements = new long[payload.length];
    for (int i = 0; i < payload.length; i++) {
      elements[i] = payload[i];
    }
    put(elements, 0, payload.length, 1);
    flush();
  }

  /// Receives a short message of bytes whose length the peer states, at most `limit`.
  public byte[] receiveBytes(int tag, int limit) throws ProtocolException {
    awaitHeader();
    long bytes = incoming.getLong(incoming.position() + 8);
    if (bytes < 0 || bytes > limit) {
      throw new ProtocolException(
          "%s announces %d bytes, at most %d are taken here".formatted(peer(), bytes, limit));
    }
    expect(tag, bytes);
    long[] elements = new long[(int) bytes];
    take(elements, 0, elements.length, 1);
    byte[] payload = new byte[elements.length];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) elements[i];
    }
    return payload;
  }

  /// Ends the connection to the peer.
  @Override
  public void close() {
    link.close();
  }
}
