package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// All parties of a run in one JVM, connected by queues in memory.
///
/// A simulation: this JVM holds every share. For tests, learning and the cleartext twin.
public final class InProcess {
  private InProcess() {}

  /// Connects every pair of parties.
  ///
  /// @param parties at least one, each once
  /// @param lanes number of lanes for images, ≥ 1
  /// @return each party's session; each is for threads of its own, and closed by its party
  public static Map<Party, Session> connect(Collection<Party> parties, int lanes) {
    return connect(parties, lanes, Optional.empty());
  }

  /// The same with a listener on every line, for learning.
  ///
  /// @param listener hears every message as it is sent, on its sender's thread
  public static Map<Party, Session> connect(
      Collection<Party> parties, int lanes, Consumer<? super Message> listener) {
    return connect(parties, lanes, Optional.of(listener));
  }

  private static Map<Party, Session> connect(
      Collection<Party> parties, int lanes, Optional<Consumer<? super Message>> listener) {
    Lanes.check(lanes);
    List<Party> sorted = List.copyOf(new TreeSet<>(parties));
    if (sorted.size() != parties.size()) {
      throw new IllegalArgumentException("a party is named twice in " + parties);
    }
    List<Lanes> links = sorted.stream().map(party -> new Lanes(lanes)).toList();
    Chunks chunks = new Chunks();
    for (int lane = 0; lane <= lanes; lane++) {
      for (int i = 0; i < sorted.size(); i++) {
        for (int j = i + 1; j < sorted.size(); j++) {
          Party a = sorted.get(i);
          Party b = sorted.get(j);
          Inbox fromA = new Inbox(a, chunks, () -> {});
          Inbox fromB = new Inbox(b, chunks, () -> {});
          links.get(i).add(lane, new Pipe(a, b, fromB, fromA, heard(a, b, listener)));
          links.get(j).add(lane, new Pipe(b, a, fromA, fromB, heard(b, a, listener)));
        }
      }
    }
    Map<Party, Session> sessions = new LinkedHashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      sessions.put(sorted.get(i), links.get(i).session(sorted.get(i)));
    }
    return sessions;
  }

  private static Optional<Overhearing> heard(
      Party from, Party to, Optional<Consumer<? super Message>> listener) {
    return listener.map(ear -> new Overhearing(from, to, ear));
  }

  /// One end of a pair of inboxes.
  private record Pipe(
      Party self,
      Party peer,
      Inbox inbox,
      Inbox theirs,
      Optional<Overhearing> heard,
      ByteBuffer header)
      implements Link {
    Pipe(Party self, Party peer, Inbox inbox, Inbox theirs, Optional<Overhearing> heard) {
      this(
          self,
          peer,
          inbox,
          theirs,
          heard,
          ByteBuffer.allocate(Inbox.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void send(ByteBuffer frame) throws ProtocolException {
      Lanes.checkFrame(frame);
      try {
        if (!theirs.awaitRoom()) {
          throw new ProtocolException(inbox.whyEnded());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProtocolException("interrupted while sending to " + peer, e);
      }
      heard.ifPresent(ear -> ear.frame(frame));
      theirs.append(header.clear().putInt(frame.remaining()).flip());
      theirs.append(frame);
    }

    @Override
    public ByteBuffer receive() throws ProtocolException {
      return inbox.take();
    }

    @Override
    public void close() {
      inbox.abandon(Lanes.closedByUs(peer));
      theirs.end(Lanes.ended(self));
    }
  }
}
