package org.blindread.mpc.ot;

/// Elements of 1 … 64 bits one after another in words, lowest bit first, none between them.
final class PackedWords {
  private PackedWords() {}

  /// Words that so many elements take.
  static int words(int count, int width) {
    return Math.toIntExact(Math.ceilDiv((long) count * width, Long.SIZE));
  }

  /// Packs elements below 2^width into the words from `at` on; the last is filled up with zeros.
  static void pack(long[] elements, int width, long[] words, int at) {
    int to = at;
    long word = 0;
    int used = 0;
    for (long element : elements) {
      word |= element << used;
      used += width;
      if (used >= Long.SIZE) {
        words[to++] = word;
        used -= Long.SIZE;
        word = carried(element, width - used);
      }
    }
    if (used > 0) {
      words[to] = word;
    }
  }

  /// What is left of an element of which `done` bits, 1 … 64, are written.
  private static long carried(long element, int done) {
    return element >>> 1 >>> (done - 1); // a shift by 64 would be one by 0
  }

  /// Fills `elements` from the words from `at` on.
  static void unpack(long[] words, int at, int width, long[] elements) {
    long mask = Planes.lowBits(width);
    for (int k = 0; k < elements.length; k++) {
      long bit = (long) k * width;
      int used = (int) (bit % Long.SIZE);
      int word = at + (int) (bit / Long.SIZE);
      long element = words[word] >>> used;
      if (used > Long.SIZE - width) {
        element |= words[word + 1] << -used;
      }
      elements[k] = element & mask;
    }
  }
}
