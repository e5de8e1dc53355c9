package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Elements cut in two. What is symmetric in both parties is done with the vendor as OT sender on
/// the first half and the hospital on the second, so that both have equal work, at the same time.
///
/// @param first elements of the first half: all where there are few, else a multiple of
///   [OtExtension#UNIT]
/// @param second elements of the second half
record Halves(int first, int second) {
  static Halves of(int count) {
    int first = Math.min(count, OtExtension.units(Math.ceilDiv(count, 2)));
    return new Halves(first, count - first);
  }

  /// Elements of which a party is the OT sender.
  int sentBy(boolean vendor) {
    return vendor ? first : second;
  }

  /// Where they begin.
  int from(boolean vendor) {
    return vendor ? 0 : first;
  }

  /// Words of a plane over them.
  int words(boolean vendor) {
    return BitSlice.words(sentBy(vendor));
  }

  /// The word of a plane over both halves at which they begin.
  int fromWord(boolean vendor) {
    return vendor ? 0 : first / Long.SIZE;
  }
}
