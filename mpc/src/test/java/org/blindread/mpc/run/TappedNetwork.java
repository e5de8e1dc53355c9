package org.blindread.mpc.run;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Link;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;

/// A network of queues in which every frame one party sends can be tampered with.
final class TappedNetwork {
  private static final long SILENCE_MILLIS = 400;

  /// What becomes of a frame.
  interface Tap {
    /// The frames that arrive instead; none for silence.
    ///
    /// @throws ProtocolException to end the link
    List<byte[]> through(byte[] frame) throws ProtocolException;
  }

  private TappedNetwork() {}

  /// Sessions of all parties with one lane for images; what `cheat` sends passes the tap.
  static Map<Party, Session> connect(Collection<Party> parties, Party cheat, Tap tap) {
    Map<Party, List<Lane>> lanes = new HashMap<>();
    parties.forEach(party -> lanes.put(party, new ArrayList<>()));
    for (int lane = 0; lane < 2; lane++) {
      Map<Party, List<Link>> links = new HashMap<>();
      parties.forEach(party -> links.put(party, new ArrayList<>()));
      for (Party a : parties) {
        for (Party b : parties) {
          if (a.compareTo(b) < 0) {
            BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
            BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
            links.get(a).add(new Queue(b, there, back, a.equals(cheat) ? tap : List::of));
            links.get(b).add(new Queue(a, back, there, b.equals(cheat) ? tap : List::of));
          }
        }
      }
      links.forEach((party, own) -> lanes.get(party).add(new Lane(party, own)));
    }
    Map<Party, Session> sessions = new HashMap<>();
    lanes.forEach(
        (party, own) -> sessions.put(party, new Session(party, own.getFirst(), own.subList(1, 2))));
    return sessions;
  }

  private record Queue(Party peer, BlockingQueue<byte[]> out, BlockingQueue<byte[]> in, Tap tap)
      implements Link {
    private static final byte[] END = {};

    @Override
    public void send(ByteBuffer frame) throws ProtocolException {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      out.addAll(tap.through(bytes));
    }

    @Override
    public ByteBuffer receive() throws ProtocolException {
      try {
        byte[] frame = in.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (frame == null) {
          throw new ProtocolException(peer + " has been silent for too long");
        }
        if (frame.length == 0) {
          throw new ProtocolException("the connection to " + peer + " ended");
        }
        return ByteBuffer.wrap(frame).asReadOnlyBuffer();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProtocolException("interrupted", e);
      }
    }

    @Override
    public void close() {
      out.add(END);
      in.add(END);
    }
  }
}
