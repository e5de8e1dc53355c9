package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PackedWordsTest {
  @Test
  void elementsLieLowestBitFirst() {
    long[] words = {-1, -1, -1, -1};
    PackedWords.pack(new long[] {0x123456789L, 0xabcdef012L}, 36, words, 1);
    assertArrayEquals(new long[] {-1, 0xcdef012_123456789L, 0xab, -1}, words);
  }

  @Test
  void everyWidthComesBack() {
    for (int width = 1; width <= 64; width++) {
      for (int count : new int[] {1, 13, 63, 64, 65, 207}) {
        long mask = -1L >>> (64 - width);
        long[] elements =
            new SplittableRandom(width).longs(count).map(element -> element & mask).toArray();
        elements[0] = mask;
        int length = PackedWords.words(count, width);
        assertEquals((count * width + 63) / 64, length);
        long[] words = new long[length + 2];
        Arrays.fill(words, -1);
        PackedWords.pack(elements, width, words, 1);
        assertEquals(-1, words[0] & words[length + 1]);
        long[] back = new long[count];
        PackedWords.unpack(words, 1, width, back);
        assertArrayEquals(elements, back, width + " bits");
      }
    }
  }
}
