package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The links of a session under construction, lane by lane, and the sentences and checks all
/// transports share.
final class Lanes {
  /// Enough for any machine; keeps what a peer can make us allocate small.
  static final int MAX = 256;

  private final List<List<Link>> links = new ArrayList<>();

  /// @param lanes lanes for images; lane 0, the control lane, comes on top
  Lanes(int lanes) {
    check(lanes);
    for (int i = 0; i <= lanes; i++) {
      links.add(new ArrayList<>());
    }
  }

  static void check(int lanes) {
    if (lanes < 1 || lanes > MAX) {
      throw new IllegalArgumentException("1 to " + MAX + " lanes are possible, not " + lanes);
    }
  }

  static void checkFrame(ByteBuffer frame) {
    if (frame.remaining() < 1 || frame.remaining() > Link.MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame has 1 to %d bytes, not %d".formatted(Link.MAX_FRAME_BYTES, frame.remaining()));
    }
  }

  void add(int lane, Link link) {
    links.get(lane).add(link);
  }

  boolean has(int lane, Party peer) {
    return lane >= 0
        && lane < links.size()
        && links.get(lane).stream().anyMatch(link -> link.peer().equals(peer));
  }

  /// Whether the peer's link of this lane was connected and has ended since.
  boolean hasEnded(int lane, Party peer) {
    return links.get(lane).stream()
        .anyMatch(
            link ->
                link.peer().equals(peer) && link instanceof Pulse.Heart heart && heart.hasEnded());
  }

  /// Closes and forgets all links to a peer.
  void drop(Party peer) {
    for (List<Link> each : links) {
      each.stream().filter(link -> link.peer().equals(peer)).forEach(Link::close);
      each.removeIf(link -> link.peer().equals(peer));
    }
  }

  Session session(Party self) {
    List<Lane> all = links.stream().map(each -> new Lane(self, each)).toList();
    return new Session(self, all.getFirst(), all.subList(1, all.size()));
  }

  void close() {
    links.forEach(each -> each.forEach(Link::close));
  }

  static String ended(Party peer) {
    return "the connection to " + peer + " ended";
  }

  /// What to say when this process itself fails.
  static String failed(Party peer, Throwable failure) {
    return "this party cannot go on receiving from %s (%s%s)"
        .formatted(
            peer,
            failure.getClass().getSimpleName(),
            failure instanceof OutOfMemoryError
                ? "): use fewer lanes, or give it more memory (-XX:MaxDirectMemorySize"
                : "");
  }

  static String closedByUs(Party peer) {
    return "this party closed the connection to " + peer;
  }
}
