package org.blindread.mpc.ot;

import java.util.Arrays;

/// Elements of 1 … 64 bits one after another in words, lowest bit first, none between them.
final class PackedWords {
  private PackedWords() {}

  /// Words that so many elements take.
  static int words(int count, int width) {
    return Math.toIntExact(Math.ceilDiv((long) count * width, Long.SIZE));
  }

  /// Packs elements below 2^width into the words from `at` on; the last is filled up with zeros.
  static void pack(long[] elements, int width, long[] words, int at) {
    Arrays.fill(words, at, at + words(elements.length, width), 0);
    int word = at;
    int used = 0;
    for (long element : elements) {
      words[word] |= element << used;
      int end = used + width;
      if (end > Long.SIZE) {
        words[word + 1] = element >>> (Long.SIZE - used);
      }
      word += end / Long.SIZE;
      used = end % Long.SIZE;
    }
  }

  /// Fills `elements` from the words from `at` on.
  static void unpack(long[] words, int at, int width, long[] elements) {
    long mask = Planes.lowBits(width);
    int word = at;
    int used = 0;
    for (int k = 0; k < elements.length; k++) {
      long element = words[word] >>> used;
      int end = used + width;
      if (end > Long.SIZE) {
        element |= words[word + 1] << (Long.SIZE - used);
      }
      elements[k] = element & mask;
      word += end / Long.SIZE;
      used = end % Long.SIZE;
    }
  }
}
