package org.blindread.mpc.net;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/// How far one party has come in connecting with all others: who calls whom, who is there, who is
/// missing. What the transports with connections share.
///
/// Of two parties the one first in order of names listens. For one thread at a time.
final class Meeting {
  /// Bytes of inboxes that are allowed in any process.
  private static final long LEAST_BUDGET = 256L << 20;

  private final Party self;
  private final List<Party> listeners;
  private final List<Party> callers;
  private final int lanes;
  private final Lanes connected;
  private String refused = "";

  /// @throws ProtocolException if the lanes' inboxes might need more memory than there is
  Meeting(Party self, NavigableSet<Party> parties, int lanes) throws ProtocolException {
    Lanes.check(lanes);
    checkMemory(parties.size() - 1, lanes, Runtime.getRuntime().maxMemory());
    this.self = self;
    this.listeners = List.copyOf(parties.headSet(self, false));
    this.callers = List.copyOf(parties.tailSet(self, false));
    this.lanes = lanes;
    this.connected = new Lanes(lanes);
  }

  /// Peers in a hurry can fill every inbox. By default a process may use as much memory for buffers
  /// as for its heap; half of that is for inboxes, the rest for what is sent.
  ///
  /// @param available bytes for buffers
  /// @throws ProtocolException how many lanes fit
  static void checkMemory(int peers, int lanes, long available) throws ProtocolException {
    long most = Math.max(available / 2, LEAST_BUDGET);
    long lane = (long) peers * Inbox.MAX_CHUNKS * Chunks.BYTES;
    if ((lanes + 1) * lane > most) {
      throw new ProtocolException(
          "%d lanes to %d peers may buffer %d MiB, more than the %d MiB there are; use at most %d lanes, or give the process more memory (-Xmx)"
              .formatted(lanes, peers, ((lanes + 1) * lane) >> 20, most >> 20, most / lane - 1));
    }
  }

  /// The peers this party connects to.
  List<Party> listeners() {
    return listeners;
  }

  /// The peers that connect to this party.
  List<Party> callers() {
    return callers;
  }

  int lanes() {
    return lanes;
  }

  Hello hello(Party peer, int lane) {
    return new Hello(self, peer, lane, lanes);
  }

  /// @throws ProtocolException if the peer that was called is another, or set up otherwise
  void checkAnswer(Hello answer, Party peer, int lane) throws ProtocolException {
    answer.check(peer, self, lanes);
    if (answer.lane() != lane) {
      throw new ProtocolException(
          "%s answers for lane %d where lane %d was called".formatted(peer, answer.lane(), lane));
    }
  }

  /// The answer to the hello of an expected caller; sent before the hello is checked further, so
  /// that the caller sees for itself what differs.
  Hello answer(Hello hello) {
    return hello.answer(self, lanes);
  }

  /// Whether a caller is expected. A stranger is not, and the meeting goes on without it. A peer
  /// that died after it had connected and is back is: what it had connected before is dropped.
  ///
  /// @throws ProtocolException if the caller is here already
  boolean expects(Hello hello) throws ProtocolException {
    Party caller = hello.from();
    if (!callers.contains(caller)) {
      refused("%s calls %s, which waits only for %s".formatted(caller, self, callers));
      return false;
    }
    if (connected.has(hello.lane(), caller)) {
      if (!connected.hasEnded(hello.lane(), caller)) {
        throw new ProtocolException(
            "%s connects lane %d twice; does another process run as %s?"
                .formatted(caller, hello.lane(), caller));
      }
      connected.drop(caller);
    }
    return true;
  }

  /// Remembers why an attempt to connect failed, or why somebody who is perhaps no party was turned
  /// away: it may be why a peer is missing.
  void refused(String why) {
    refused = why;
  }

  void add(int lane, Link link) {
    connected.add(lane, link);
  }

  boolean complete() {
    return absent().isEmpty();
  }

  private List<Party> absent() {
    List<Party> absent = new ArrayList<>();
    for (List<Party> some : List.of(listeners, callers)) {
      for (Party peer : some) {
        for (int lane = 0; lane <= lanes; lane++) {
          if (!connected.has(lane, peer) && !absent.contains(peer)) {
            absent.add(peer);
          }
        }
      }
    }
    return absent;
  }

  /// What to say when time is up.
  String missing(Patience patience) {
    String names = String.join(" and ", absent().stream().map(Party::name).toList());
    return "%s did not connect with %s within %s; is it running, with the same addresses?%s"
        .formatted(
            names,
            self,
            Patience.text(patience.connect()),
            refused.isEmpty() ? "" : " Last: " + refused);
  }

  Session session() {
    return connected.session(self);
  }

  void close() {
    connected.close();
  }
}
