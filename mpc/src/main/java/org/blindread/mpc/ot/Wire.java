package org.blindread.mpc.ot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.PublicCoins;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Link;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;

/// One party's end of the line on which it runs OTs with one peer: whole messages of words or
/// bytes, numbered so that two programs out of step notice; this party's randomness; and public
/// coins of the run, none twice.
///
/// Both parties use their wires in the same order. For one thread, that of the lane.
public final class Wire {
  /// Messages are numbered from here, away from the steps of plans.
  private static final int FIRST_TAG = 1 << 29;

  private final Party self;
  private final Channel channel;
  private final String context;
  private final Prg secrets;
  private int sent;
  private int received;
  private long purposes;

  /// @param context names the run and the line within it (`run 7, lane 2`); no two wires of these
  ///   parties ever have the same, for keys and tweaks of hashes come from it
  /// @param secret from which all randomness of this party comes
  public Wire(Lane lane, Party peer, String context, Seed secret) {
    this.self = lane.self();
    this.channel = lane.to(peer);
    this.context = context;
    this.secrets = new Prg(secret.derive("oblivious transfer with " + peer + ", " + context, 0));
  }

  public Party self() {
    return self;
  }

  public Party peer() {
    return channel.peer();
  }

  /// A new seed of this party alone.
  Seed freshSeed() {
    long[] words = secrets.words(Seed.BYTES / Long.BYTES);
    return Seed.received(Words.toBytes(words));
  }

  /// Coins both parties know, different on each call.
  byte[] publicCoins(String purpose) {
    boolean first = self.compareTo(peer()) < 0;
    String pair = first ? self.to(peer()) : peer().to(self);
    return PublicCoins.of(context, "ot " + pair + " " + purpose, purposes++);
  }

  /// Begins a message of `words` words, filled by [#put]. It must depend on nothing of the run's
  /// data, and counts no round.
  void announceAhead(long words) throws ProtocolException {
    channel.announce(FIRST_TAG + sent++, words * Long.BYTES, Channel.Phase.AHEAD);
  }

  void put(long[] words, int from, int count) throws ProtocolException {
    channel.put(words, from, count, Long.BYTES);
  }

  /// Hands over what was put so far.
  void flush() throws ProtocolException {
    channel.flush();
  }

  /// Waits for a message of `words` words, emptied by [#take].
  void expect(long words) throws ProtocolException {
    channel.expect(FIRST_TAG + received++, words * Long.BYTES);
  }

  void take(long[] words, int from, int count) throws ProtocolException {
    Objects.checkFromIndexSize(from, count, words.length);
    channel.take(words, from, count, Long.BYTES);
  }

  /// Sends a whole message of words.
  void send(long[] words) throws ProtocolException {
    sendElements(words, words.length, Long.BYTES);
  }

  /// Receives a whole message of words.
  long[] receive(int words) throws ProtocolException {
    return receiveElements(words, Long.BYTES);
  }

  /// Both parties send as many words at the same time: one round.
  ///
  /// @param words of this party, at most half of what a link buffers, for both may be under way
  /// @return those of the peer
  public long[] exchange(long[] words) throws ProtocolException {
    if ((long) words.length * Long.BYTES > Link.BUFFERED_BYTES / 2) {
      throw new IllegalArgumentException(words.length + " words do not fit the link's buffer");
    }
    send(words);
    return receive(words.length);
  }

  /// Sends a whole message of `count` elements of their `bytesEach` low bytes.
  public void sendElements(long[] values, int count, int bytesEach) throws ProtocolException {
    channel.announce(FIRST_TAG + sent++, (long) count * bytesEach, Channel.Phase.ONLINE);
    channel.put(values, 0, count, bytesEach);
    channel.flush();
  }

  /// Receives a whole message of `count` elements of `bytesEach` bytes, zero extended.
  public long[] receiveElements(int count, int bytesEach) throws ProtocolException {
    channel.expect(FIRST_TAG + received++, (long) count * bytesEach);
    long[] values = new long[count];
    channel.take(values, 0, count, bytesEach);
    return values;
  }

  void sendSeeds(List<Seed> seeds) throws ProtocolException {
    ByteBuffer bytes = ByteBuffer.allocate(Seed.BYTES * seeds.size());
    seeds.forEach(seed -> bytes.put(seed.exposeTo(Seed.Use.PEER)));
    sendBytes(bytes.array());
  }

  List<Seed> receiveSeeds(int count) throws ProtocolException {
    ByteBuffer bytes = ByteBuffer.wrap(receiveBytes(Seed.BYTES * count));
    List<Seed> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] seed = new byte[Seed.BYTES];
      bytes.get(seed);
      seeds.add(Seed.received(seed));
    }
    return seeds;
  }

  /// Sends a whole message of bytes.
  public void sendBytes(byte[] bytes) throws ProtocolException {
    channel.announce(FIRST_TAG + sent++, bytes.length, Channel.Phase.ONLINE);
    channel.put(bytes, 0, bytes.length);
    channel.flush();
  }

  /// Receives a whole message of bytes.
  public byte[] receiveBytes(int count) throws ProtocolException {
    channel.expect(FIRST_TAG + received++, count);
    byte[] bytes = new byte[count];
    channel.take(bytes, 0, count);
    return bytes;
  }
}
