package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The first bytes of every connection, in both directions: who connects whom, for which lane.
///
/// The party that connects speaks first; the one that listens answers with its own. Fixed size,
/// little endian: magic (8 bytes), version, lanes, lane (4 each), then the two names, each as a
/// length and 63 bytes padded with zeros.
///
/// @param version of the wire format: hello, frames and messages
/// @param lanes for images, as the speaker was told
/// @param lane that this connection carries; 0 is the control lane
/// @param from the speaker
/// @param to the party it expects at the other end
record Hello(int version, int lanes, int lane, Party from, Party to) {
  static final int VERSION = 1;
  static final int BYTES = 8 + 3 * 4 + 2 * 64;
  private static final long MAGIC = 0x0a0d_6461_6572_6462L; // "bdread\r\n"
  private static final int NAME_BYTES = 63;

  Hello(Party from, Party to, int lane, int lanes) {
    this(VERSION, lanes, lane, from, to);
  }

  ByteBuffer toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putInt(version).putInt(lanes).putInt(lane);
    for (Party party : new Party[] {from, to}) {
      byte[] name = party.name().getBytes(StandardCharsets.US_ASCII);
      bytes.put((byte) name.length).put(name);
      bytes.position(bytes.position() + NAME_BYTES - name.length);
    }
    return bytes.flip();
  }

  /// @param bytes [#BYTES] of them
  /// @throws ProtocolException if they are no hello
  static Hello parse(ByteBuffer bytes) throws ProtocolException {
    ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (in.getLong() != MAGIC) {
      throw new ProtocolException("a connection did not begin with Blindread's hello");
    }
    return new Hello(in.getInt(), in.getInt(), in.getInt(), party(in), party(in));
  }

  private static Party party(ByteBuffer in) throws ProtocolException {
    byte[] name = new byte[NAME_BYTES];
    int length = in.get();
    in.get(name);
    try {
      return new Party(
          new String(name, 0, Math.clamp(length, 0, NAME_BYTES), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("a connection began with a hello from no party", e);
    }
  }

  /// The listener's answer to this hello.
  Hello answer(Party self, int itsLanes) {
    return new Hello(self, from, lane, itsLanes);
  }

  /// Checks everything that both ends of a connection can see.
  ///
  /// @param peer the party this connection leads to
  /// @throws ProtocolException what differs, and what to do
  void check(Party peer, Party self, int itsLanes) throws ProtocolException {
    if (version != VERSION) {
      throw new ProtocolException(
          "%s speaks version %d of the wire format, %s version %d; run the same Blindread"
              .formatted(peer, version, self, VERSION));
    }
    if (!from.equals(peer) || !to.equals(self)) {
      throw new ProtocolException(
          "%s connects to %s where %s and %s should meet; check the addresses of the parties"
              .formatted(from, to, peer, self));
    }
    if (lanes != itsLanes) {
      throw new ProtocolException(
          "%s is set to %d lanes, %s to %d; give all parties the same number"
              .formatted(peer, lanes, self, itsLanes));
    }
    if (lane < 0 || lane > lanes) {
      throw new ProtocolException(
          "%s connects lane %d; there are lanes 0 to %d".formatted(peer, lane, lanes));
    }
  }
}
