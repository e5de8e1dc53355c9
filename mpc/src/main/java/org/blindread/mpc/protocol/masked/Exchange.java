package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Link;
import org.blindread.mpc.net.ProtocolException;

/// Both evaluators send an array of the same length and each combines what it receives with its
/// own: one round, in pieces, never more under way than the link buffers.
final class Exchange {
  private static final int PIECE = 1 << 14;

  private final Channel peer;
  private final int tag;
  private final long[] values;
  private final int bytesEach;
  private final Correlations.Sharing combine;
  private final long[] piece = new long[PIECE];
  private boolean expected;
  private int sent;
  private int received;

  /// Begins the round.
  ///
  /// @param values what this party sends; becomes the combination with what it receives
  Exchange(Channel peer, int tag, long[] values, int bytesEach, Correlations.Sharing combine)
      throws ProtocolException {
    this.peer = peer;
    this.tag = tag;
    this.values = values;
    this.bytesEach = bytesEach;
    this.combine = combine;
    peer.announce(tag, (long) values.length * bytesEach, Channel.Phase.ONLINE);
  }

  /// Sends the next `count` values, which are ready.
  void put(int count) throws ProtocolException {
    int end = sent + count;
    while (sent < end) {
      int n = Math.min(PIECE, end - sent);
      peer.put(values, sent, n, bytesEach);
      sent += n;
      if ((long) (sent - received) * bytesEach > Link.BUFFERED_BYTES / 2) {
        receive();
      }
    }
  }

  /// Receives the rest.
  void finish() throws ProtocolException {
    peer.flush();
    while (received < values.length) {
      receive();
    }
  }

  private void receive() throws ProtocolException {
    if (!expected) {
      peer.expect(tag, (long) values.length * bytesEach);
      expected = true;
    }
    int n = Math.min(PIECE, sent - received);
    peer.take(piece, 0, n, bytesEach);
    switch (combine) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          values[received + i] += piece[i];
        }
      }
      case XOR -> {
        for (int i = 0; i < n; i++) {
          values[received + i] ^= piece[i];
        }
      }
    }
    received += n;
  }

  /// The whole round at once.
  static void all(Channel peer, int tag, long[] values, int bytesEach, Correlations.Sharing combine)
      throws ProtocolException {
    Exchange exchange = new Exchange(peer, tag, values, bytesEach, combine);
    exchange.put(values.length);
    exchange.finish();
  }
}
