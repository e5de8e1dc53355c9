package org.blindread.stats.roc;

/// Sorts doubles by their order-preserving image among the integers, least digit first.
final class RadixSort {
  private static final int DIGIT_BITS = 11;
  private static final int BUCKETS = 1 << DIGIT_BITS;
  private static final int DIGITS = (Long.SIZE + DIGIT_BITS - 1) / DIGIT_BITS;

  private RadixSort() {}

  /// A number whose unsigned order is the order of the scores; −0.0 and 0.0 have the same.
  static long key(double score) {
    // adding 0.0 turns −0.0 into 0.0
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits ^ ((bits >> 63) | Long.MIN_VALUE);
  }

  /// Keys in ascending unsigned order.
  ///
  /// @param keys sorted
  /// @param order where each of them was before
  record Sorted(long[] keys, int[] order) {}

  /// Sorts the keys; the array given is used up in it.
  static Sorted sort(long[] keys) {
    int n = keys.length;
    int[][] counts = new int[DIGITS][BUCKETS];
    for (long key : keys) {
      for (int d = 0; d < DIGITS; d++) {
        counts[d][digit(key, d)]++;
      }
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    long[] fromKeys = keys;
    long[] toKeys = new long[n];
    int[] from = order;
    int[] to = new int[n];
    for (int d = 0; d < DIGITS; d++) {
      int[] start = counts[d];
      if (n == 0 || start[digit(fromKeys[0], d)] == n) {
        continue; // one bucket: nothing moves
      }
      int sum = 0;
      for (int b = 0; b < BUCKETS; b++) {
        int count = start[b];
        start[b] = sum;
        sum += count;
      }
      for (int i = 0; i < n; i++) {
        int place = start[digit(fromKeys[i], d)]++;
        toKeys[place] = fromKeys[i];
        to[place] = from[i];
      }
      long[] keysBefore = fromKeys;
      fromKeys = toKeys;
      toKeys = keysBefore;
      int[] before = from;
      from = to;
      to = before;
    }
    return new Sorted(fromKeys, from);
  }

  private static int digit(long key, int d) {
    return (int) (key >>> (d * DIGIT_BITS)) & (BUCKETS - 1);
  }
}
