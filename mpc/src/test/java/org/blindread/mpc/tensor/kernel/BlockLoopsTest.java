package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockLoopsTest {
  private static final List<BlockLoops> FORMS = List.of(new ScalarBlocks(), new VectorBlocks());

  @ParameterizedTest
  @ValueSource(ints = {0, 512, 1024, 5120})
  void bothFormsPutEveryBitOfAPlaneIntoItsElement(int count) {
    transposition(count);
  }

  static void transposition(int count) {
    int planeWords = count / 64 + 3;
    int from = 5;
    long[] planes = new SplittableRandom(count).longs(from + 128L * planeWords).toArray();
    int to = 7;
    long[] expected = new long[2 * (to + count)];
    for (int c = 0; c < count; c++) {
      int word = c / 512 * 8 + c % 8;
      int bit = c % 512 / 8;
      for (int i = 0; i < 128; i++) {
        long value = planes[from + i * planeWords + word] >>> bit & 1;
        expected[2 * (to + c) + i / 64] |= value << (i % 64);
      }
    }
    for (BlockLoops form : FORMS) {
      long[] out = new long[2 * (to + count)];
      BitTransposition.apply(form, planes, from, planeWords, count, out, to);
      assertArrayEquals(expected, out, form.getClass().getSimpleName());
    }
  }

  /// The planes [BitSlice] makes of words, transposed, are the words again.
  @Test
  void transpositionUndoesSlicing() {
    int count = 1024;
    int words = BitSlice.words(count);
    long[] low = new SplittableRandom(1).longs(count).toArray();
    long[] high = new SplittableRandom(2).longs(count).toArray();
    long[] planes = new long[128 * words];
    BitSlice.slice(low, 0, count, 0, 64, planes, 0);
    BitSlice.slice(high, 0, count, 0, 64, planes, 64 * words);
    long[] out = new long[2 * count];
    BitTransposition.apply(planes, 0, words, count, out, 0);
    for (int c = 0; c < count; c++) {
      assertEquals(low[c], out[2 * c]);
      assertEquals(high[c], out[2 * c + 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 16, 136})
  void bothFormsSumLeavesByTheBitsOfTheirNumbers(int words) {
    leafSums(words);
  }

  static void leafSums(int words) {
    SplittableRandom random = new SplittableRandom(words);
    long[][] leaves = new long[16][];
    long[] expected = new long[3 + 4 * words];
    long[] all = new long[words + 1];
    for (int x = 0; x < 16; x++) {
      leaves[x] = random.longs(words + 1L).toArray();
      for (int w = 0; w < words; w++) {
        all[w] ^= leaves[x][w];
        for (int b = 0; b < 4; b++) {
          expected[3 + b * words + w] ^= (x >>> b & 1) == 1 ? leaves[x][w] : 0;
        }
      }
    }
    all[words] = leaves[0][words];
    for (BlockLoops form : FORMS) {
      long[][] folded = leaves.clone();
      folded[0] = leaves[0].clone();
      long[] planes = new long[3 + 4 * words];
      LeafSums.fold(form, folded, words, planes, 3);
      assertArrayEquals(expected, planes, form.getClass().getSimpleName());
      assertArrayEquals(all, folded[0], form.getClass().getSimpleName());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 1000})
  void bothFormsAddTheTenElementsOfARow(int count) {
    sparseCode(count);
  }

  static void sparseCode(int count) {
    SplittableRandom random = new SplittableRandom(count);
    int elements = 256;
    long[] x = random.longs(2L * elements).toArray();
    long[] rows = random.longs(5L * count + 3).toArray();
    long[] y = random.longs(2L * count + 4).toArray();
    long[] expected = y.clone();
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < SparseCode.WEIGHT; t++) {
        int index = (int) (rows[3 + 5 * i + t / 2] >>> (32 * (t % 2)) & 0xff);
        expected[2 * i + 2] ^= x[2 * index];
        expected[2 * i + 3] ^= x[2 * index + 1];
      }
    }
    for (BlockLoops form : FORMS) {
      long[] out = y.clone();
      SparseCode.add(form, x, elements, rows, 3, count, out, 1);
      assertArrayEquals(expected, out, form.getClass().getSimpleName());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    long[] planes = new long[128 * 8];
    long[] out = new long[1024];
    assertThrows(
        IllegalArgumentException.class, () -> BitTransposition.apply(planes, 0, 8, 511, out, 0));
    assertThrows(
        IllegalArgumentException.class, () -> BitTransposition.apply(planes, 0, 7, 512, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> BitTransposition.apply(planes, 1, 8, 512, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> BitTransposition.apply(planes, 0, 8, 512, out, 1));
    assertThrows(
        IllegalArgumentException.class, () -> LeafSums.fold(new long[15][8], 8, planes, 0));
    assertThrows(
        IllegalArgumentException.class, () -> LeafSums.fold(new long[16][8], 7, planes, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> LeafSums.fold(new long[16][7], 8, planes, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> LeafSums.fold(new long[16][8], 8, new long[31], 0));
    assertThrows(
        IllegalArgumentException.class, () -> SparseCode.add(out, 100, planes, 0, 1, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> SparseCode.add(out, 1024, planes, 0, 1, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> SparseCode.add(out, 512, planes, 1020, 1, out, 0));
  }
}
