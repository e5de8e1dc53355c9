package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTest {
  @ParameterizedTest
  @CsvSource({"64,20,true", "64,20,false", "32,11,true", "37,12,true", "16,5,true", "64,1,true"})
  void bothFormsGiveTheSameBits(int bits, int shift, boolean exact) {
    int count = 207;
    SplittableRandom random = new SplittableRandom(bits * 100L + shift);
    long[] c = random.longs(count + 4).toArray();
    long[] sign = random.longs(count, 0, 2).toArray();
    long[] borrow = random.longs(count, 0, 2).toArray();
    for (long one : new long[] {0, -1}) {
      Selection selection = new Selection(bits, shift, exact, one);
      long[][] a = rows(random, exact, count);
      long[][] b = new long[a.length][];
      for (int row = 0; row < a.length; row++) {
        b[row] = a[row].clone();
      }
      long[] ya = new long[count + 4];
      long[] yb = new long[count + 4];
      new ScalarSelections().select(selection, c, 3, count, sign, borrow, a, ya);
      new VectorSelections().select(selection, c, 3, count, sign, borrow, b, yb);
      assertArrayEquals(ya, yb);
      new ScalarSelections().deal(selection, c, 3, count, sign, a);
      new VectorSelections().deal(selection, c, 3, count, sign, b);
      for (int row = 0; row < a.length; row++) {
        assertArrayEquals(a[row], b[row]);
      }
    }
  }

  private static long[][] rows(SplittableRandom random, boolean exact, int count) {
    long[][] rows = new long[exact ? 7 : 5][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = random.longs(count).toArray();
    }
    return rows;
  }

  /// With P0's numbers shared at random, the two shares of y add up to b·⌊(v − 2^(ℓ−2)) / 2^f⌋.
  @ParameterizedTest
  @CsvSource({"64,20", "32,11", "37,12", "48,15"})
  void sharesOfTheSelectionAddUpToTheTruncatedValue(int bits, int f) {
    int count = 2000;
    SplittableRandom random = new SplittableRandom(bits);
    long[] v = random.longs(count, 0, 1L << (bits - 2)).toArray();
    for (int i = 0; i < count; i += 2) {
      v[i] += 1L << (bits - 2);
    }
    long mask = -1L >>> (64 - bits);
    long[] r = random.longs(count).toArray();
    long[] c = new long[count];
    long[] lambdaSign = random.longs(count, 0, 2).toArray();
    long[] lambdaBorrow = random.longs(count, 0, 2).toArray();
    long[] sign = new long[count];
    long[] borrow = new long[count];
    for (int i = 0; i < count; i++) {
      c[i] = v[i] + r[i];
      long low = (1L << f) - 1;
      long b = v[i] >>> (bits - 2) & 1;
      long o = (c[i] & low) < (r[i] & low) ? 1 : 0;
      sign[i] = b ^ lambdaSign[i];
      borrow[i] = o ^ lambdaBorrow[i];
    }
    long[][] first = rows(random, true, count);
    long[][] second = new long[7][count];
    second[5] = lambdaBorrow.clone();
    Selection one = new Selection(bits, f, true, -1);
    Selection zero = new Selection(bits, f, true, 0);
    one.deal(r, 0, count, lambdaSign, second);
    for (int row = 0; row < 7; row++) {
      for (int i = 0; i < count; i++) {
        second[row][i] -= first[row][i];
      }
    }
    long[] y1 = new long[count];
    long[] y2 = new long[count];
    one.select(c, 0, count, sign, borrow, first, y1);
    zero.select(c, 0, count, sign, borrow, second, y2);
    for (int i = 0; i < count; i++) {
      long t = (v[i] - (1L << (bits - 2))) >> f;
      long b = v[i] >>> (bits - 2) & 1;
      assertEquals(b * t & mask, y1[i] + y2[i] & mask);
    }
  }
}
