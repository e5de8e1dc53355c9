package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.ot.OneOfManyOt;

/// What the sender of a leaf offers: for each value x that the receiver's w bits may have, [a + x ≥
/// 2^w] and, where a carry may come in, [a + x = 2^w − 1], under masks.
///
/// @param shape w choice bits; one or two message bits
/// @param a planes of the sender's bits, lowest first
/// @param words of a plane
record LeafTable(OneOfManyOt shape, long[] a, int words) {
  /// Writes the rows for words from … from + count − 1.
  ///
  /// @param maskG plane of masks of the first bit; the sender's share
  /// @param maskP of the second, or empty
  /// @param to in a plane of `table` of `stride` words
  void write(long[] maskG, long[] maskP, int from, int count, long[] table, int to, int stride) {
    int bits = shape.choiceBits();
    int rows = 1 << bits;
    int messageBits = shape.messageBits();
    for (int w = 0; w < count; w++) {
      long g = 0;
      for (int x = 0; x < rows; x++) {
        // a + x = 2^w − 1 where every bit of a differs from that of x; a + x + 1 ≥ 2^w there and
        // wherever a + x was.
        long equal = -1;
        for (int b = 0; b < bits; b++) {
          equal &= a[b * words + from + w] ^ -(x >>> b & 1L);
        }
        int at = x * messageBits * stride + to + w;
        table[at] = g ^ maskG[from + w];
        if (messageBits == 2) {
          table[at + stride] = equal ^ maskP[from + w];
        }
        g ^= equal;
      }
    }
  }
}
