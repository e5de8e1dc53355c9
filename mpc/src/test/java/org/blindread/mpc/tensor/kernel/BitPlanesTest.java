package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BitPlanesTest {
  private final PlaneLoops scalar = new ScalarPlanes();
  private final PlaneLoops vector = new VectorPlanes();

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 128, 136})
  void bothFormsGiveTheSameBits(int words) {
    SplittableRandom random = new SplittableRandom(words);
    long[] d = random.longs(4L * words + 3).toArray();
    long[] m = random.longs(15L * words + 5).toArray();
    for (boolean propagate : new boolean[] {true, false}) {
      for (long one : new long[] {0, -1}) {
        long[] a = new long[2 * words + 1];
        long[] b = new long[2 * words + 1];
        scalar.foldFour(propagate, d, 3, m, 5, one, a, 1, words);
        vector.foldFour(propagate, d, 3, m, 5, one, b, 1, words);
        assertArrayEquals(a, b);
      }
    }
    long[] out = new long[words];
    long[] same = new long[words];
    scalar.andXor(out, 0, d, 1, m, 2, d, 3, words);
    vector.andXor(same, 0, d, 1, m, 2, d, 3, words);
    assertArrayEquals(out, same);
    scalar.and(out, 0, d, 1, m, 2, words);
    vector.and(same, 0, d, 1, m, 2, words);
    assertArrayEquals(out, same);
    scalar.xor(out, 0, d, 1, m, 2, words);
    vector.xor(same, 0, d, 1, m, 2, words);
    assertArrayEquals(out, same);
  }

  /// All 16 × 16 pairs of four-bit c and r: G is the borrow of c − r, P says c = r.
  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void aFoldOfFourBitsIsTheBorrowOfTheirDifference(int seed) {
    int words = 8;
    SplittableRandom random = new SplittableRandom(seed);
    long[] c = random.longs(4L * words).toArray();
    long[] r = random.longs(4L * words).toArray();
    long[] d = new long[4 * words];
    long[] first = random.longs(15L * words).toArray();
    long[] second = new long[15 * words];
    for (int i = 0; i < d.length; i++) {
      d[i] = ~c[i];
    }
    for (int set = 1; set < 16; set++) {
      for (int w = 0; w < words; w++) {
        long product = -1;
        for (int bit = 0; bit < 4; bit++) {
          product &= (set >> bit & 1) == 1 ? r[bit * words + w] : -1;
        }
        second[(set - 1) * words + w] = product ^ first[(set - 1) * words + w];
      }
    }
    long[] one = new long[2 * words];
    long[] two = new long[2 * words];
    BitPlanes.foldFour(true, d, 0, first, 0, -1, one, 0, words);
    BitPlanes.foldFour(true, d, 0, second, 0, 0, two, 0, words);
    for (int w = 0; w < words; w++) {
      for (int k = 0; k < 64; k++) {
        int cv = 0;
        int rv = 0;
        for (int bit = 0; bit < 4; bit++) {
          cv |= (int) (c[bit * words + w] >>> k & 1) << bit;
          rv |= (int) (r[bit * words + w] >>> k & 1) << bit;
        }
        assertEquals(cv < rv ? 1 : 0, (one[w] ^ two[w]) >>> k & 1);
        assertEquals(cv == rv ? 1 : 0, (one[words + w] ^ two[words + w]) >>> k & 1);
      }
    }
  }
}
