package org.blindread.mpc.tensor.kernel;

import java.util.Arrays;

/// [BlockLoops] word by word.
final class ScalarBlocks implements BlockLoops {
  private static final int BLOCK_WORDS = Kernels.BLOCK / Long.SIZE;
  private static final int PAIR = 2;

  @Override
  public void transpose(long[] planes, int from, int planeWords, int blocks, long[] out, int to) {
    long[] matrix = new long[Long.SIZE];
    for (int word = 0; word < blocks * BLOCK_WORDS; word++) {
      int first = word / BLOCK_WORDS * Kernels.BLOCK + word % BLOCK_WORDS;
      for (int half = 0; half < PAIR; half++) {
        for (int i = 0; i < Long.SIZE; i++) {
          matrix[i] = planes[from + (half * Long.SIZE + i) * planeWords + word];
        }
        ScalarKernels.transpose(matrix);
        for (int k = 0; k < Long.SIZE; k++) {
          out[to + PAIR * (first + BLOCK_WORDS * k) + half] = matrix[k];
        }
      }
    }
  }

  /// Pairs of neighbours, level by level: the odd ones of level b make up plane b.
  @Override
  public void fold(long[][] leaves, int words, long[] planes, int to) {
    long[][] level = leaves;
    for (int b = 0; b < LeafSums.PLANES; b++) {
      int plane = to + b * words;
      Arrays.fill(planes, plane, plane + words, 0);
      long[][] sums = new long[level.length / 2][words];
      for (int y = 0; y < sums.length; y++) {
        long[] even = level[2 * y];
        long[] odd = level[2 * y + 1];
        long[] sum = sums[y];
        for (int w = 0; w < words; w++) {
          planes[plane + w] ^= odd[w];
        }
        for (int w = 0; w < words; w++) {
          sum[w] = even[w] ^ odd[w];
        }
      }
      level = sums;
    }
    System.arraycopy(level[0], 0, leaves[0], 0, words);
  }

  @Override
  public void add(long[] x, int mask, long[] rows, int from, int count, long[] y, int to) {
    for (int i = 0; i < count; i++) {
      long low = y[to + PAIR * i];
      long high = y[to + PAIR * i + 1];
      for (int w = 0; w < SparseCode.ROW_WORDS; w++) {
        long two = rows[from + SparseCode.ROW_WORDS * i + w];
        int a = PAIR * ((int) two & mask);
        int b = PAIR * ((int) (two >>> Integer.SIZE) & mask);
        low ^= x[a] ^ x[b];
        high ^= x[a + 1] ^ x[b + 1];
      }
      y[to + PAIR * i] = low;
      y[to + PAIR * i + 1] = high;
    }
  }
}
