package org.blindread.mpc.net;

import java.nio.ByteBuffer;

/// A reliable, ordered connection that carries frames to and from one peer: what a transport
/// provides. [Channel] builds messages on it.
///
/// One thread sends and one thread receives, possibly the same. Two peers may both send up to
/// [#BUFFERED_BYTES] before either receives: an implementation stores at least that much. Beyond
/// it, `send` blocks until the peer has received (back-pressure). Heartbeats are the
/// implementation's affair: it sends one whenever it has sent nothing for a few seconds, also while
/// its user computes, and it reports a peer as lost after [#SILENCE_SECONDS] without data or
/// heartbeat.
public interface Link extends AutoCloseable {
  /// Most bytes of a frame; a longer one from a peer ends the connection.
  int MAX_FRAME_BYTES = 1 << 18;

  /// What a peer can send before its partner receives, without blocking.
  int BUFFERED_BYTES = 1 << 23;

  /// A peer silent for longer is dead.
  int SILENCE_SECONDS = 30;

  Party peer();

  /// Sends one frame, the bytes between position and limit (1 … [#MAX_FRAME_BYTES]); they may be
  /// overwritten by the caller as soon as the method returns.
  ///
  /// @throws ProtocolException if the peer is lost, naming it
  void send(ByteBuffer frame) throws ProtocolException;

  /// Waits for the next frame, read-only and valid until the next call.
  ///
  /// @throws ProtocolException if the peer is lost, silent for too long, closed the connection or
  ///   sent a frame that breaks the rules
  ByteBuffer receive() throws ProtocolException;

  /// Ends the connection; a peer that waits on it is told so at once. A thread of this party that
  /// waits in `send` or `receive` gets a [ProtocolException]. Never throws; may be called twice and
  /// from any thread.
  @Override
  void close();
}
