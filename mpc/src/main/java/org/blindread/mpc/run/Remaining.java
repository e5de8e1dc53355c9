package org.blindread.mpc.run;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Reveal;

/// Which images a resumed run still has to read: those that not every party that keeps results has
/// on its disk.
final class Remaining {
  private static final int TAG = (1 << 30) + 2;

  private Remaining() {}

  /// The parties that keep a result of each image: who learns the scores, or both evaluators where
  /// nobody does.
  static Set<Party> keepers(Reveal reveal) {
    Set<Party> keepers = new TreeSet<>();
    for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
      if (reveal == Reveal.NONE || reveal.to(party)) {
        keepers.add(party);
      }
    }
    return keepers;
  }

  /// Agrees with the peers on the images to read, in rising order.
  ///
  /// @param done the images whose result this party has
  static long[] settle(Lane control, Reveal reveal, long images, BitSet done)
      throws ProtocolException {
    Set<Party> keepers = keepers(reveal);
    int bytes = Math.toIntExact((images + 7) / 8);
    BitSet everywhere = new BitSet();
    everywhere.set(0, Math.toIntExact(images));
    if (keepers.contains(control.self())) {
      everywhere.and(done);
      byte[] mine = java.util.Arrays.copyOf(everywhere.toByteArray(), bytes);
      for (Party peer : control.peers()) {
        control.to(peer).sendBytes(TAG, mine);
      }
    }
    for (Party keeper : keepers) {
      if (!keeper.equals(control.self())) {
        everywhere.and(BitSet.valueOf(control.to(keeper).receiveBytes(TAG, bytes)));
      }
    }
    return LongStream.range(0, images).filter(i -> !everywhere.get((int) i)).toArray();
  }
}
