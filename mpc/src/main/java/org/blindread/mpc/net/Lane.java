package org.blindread.mpc.net;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// One party's channels to all its peers for one strand of work: images in different lanes do not
/// wait for each other. Holds the depth of the strand's messages (Lamport's clock), from which
/// rounds are counted.
///
/// For one thread, except [#close].
public final class Lane implements AutoCloseable {
  private final Party self;
  private final Map<Party, Channel> channels = new TreeMap<>();
  private int depth;

  /// @param links one to every peer; this lane owns and closes them
  public Lane(Party self, Collection<? extends Link> links) {
    this.self = self;
    for (Link link : links) {
      channels.put(link.peer(), new Channel(link, this));
    }
  }

  public Party self() {
    return self;
  }

  public boolean is(Party party) {
    return self.equals(party);
  }

  /// The channel to a peer.
  ///
  /// @throws IllegalArgumentException if there is no link to it
  public Channel to(Party peer) {
    Channel channel = channels.get(peer);
    if (channel == null) {
      throw new IllegalArgumentException(self + " has no link to " + peer);
    }
    return channel;
  }

  public Collection<Party> peers() {
    return channels.keySet();
  }

  /// Sets the depth to 0: rounds are counted anew, for the next image. Every party does so at the
  /// same place of the strand.
  public void restartDepth() {
    depth = 0;
  }

  /// What this party has sent in this lane so far, and the depth since [#restartDepth].
  public Traffic traffic() {
    Map<String, Long> bytes = new TreeMap<>();
    channels.forEach((peer, channel) -> bytes.put(self.to(peer), channel.bytesSent()));
    return new Traffic(depth, bytes);
  }

  /// Payload bytes this party has received in this lane so far, keyed `sender>receiver`. They are
  /// no part of [#traffic], so that the parties' traffic adds up to that of all.
  public Map<String, Long> received() {
    Map<String, Long> bytes = new TreeMap<>();
    channels.forEach((peer, channel) -> bytes.put(peer.to(self), channel.bytesReceived()));
    return bytes;
  }

  /// Hands everything put so far to the transports, in every channel.
  public void flush() throws ProtocolException {
    for (Channel channel : channels.values()) {
      channel.flush();
    }
  }

  /// Saturates, so that no peer can make this party state a negative depth.
  int nextDepth() {
    return depth == Integer.MAX_VALUE ? depth : depth + 1;
  }

  void reached(int theirs) {
    depth = Math.max(depth, theirs);
  }

  @Override
  public void close() {
    channels.values().forEach(Channel::close);
  }
}
