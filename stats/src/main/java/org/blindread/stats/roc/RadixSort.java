package org.blindread.stats.roc;

/// Sorts doubles by their order-preserving image among the integers.
///
/// Least digit first over the upper 33 bits, then by insertion: scores that agree in sign, exponent
/// and 21 bits of fraction are few, as a rule. Where they are many, all 64 bits are gone over.
final class RadixSort {
  private static final int DIGIT_BITS = 11;
  private static final int BUCKETS = 1 << DIGIT_BITS;
  private static final int[] UPPER = {31, 42, 53};

  /// The last of the lower digits overlaps the first of the upper ones, which does no harm.
  private static final int[] LOWER = {0, 11, 22};

  /// Moves a key that insertion may take before it is given up.
  private static final int PATIENCE = 4;

  private long[] keys;
  private int[] tags;
  private long[] spareKeys;
  private int[] spareTags;

  private RadixSort(long[] keys, int[] tags) {
    this.keys = keys;
    this.tags = tags;
    spareKeys = new long[keys.length];
    spareTags = new int[keys.length];
  }

  /// Keys in ascending unsigned order.
  ///
  /// @param keys sorted
  /// @param tags of each of them
  record Sorted(long[] keys, int[] tags) {}

  /// A number whose unsigned order is the order of the scores; −0.0 and 0.0 have the same.
  static long key(double score) {
    // adding 0.0 turns −0.0 into 0.0
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits ^ ((bits >> 63) | Long.MIN_VALUE);
  }

  /// Sorts the keys, and with each of them its tag; the arrays given are used up in it.
  static Sorted sort(long[] keys, int[] tags) {
    RadixSort sort = new RadixSort(keys, tags);
    sort.byDigits(UPPER);
    if (!sort.insert()) {
      sort.byDigits(LOWER);
      sort.byDigits(UPPER);
    }
    return new Sorted(sort.keys, sort.tags);
  }

  private void byDigits(int[] shifts) {
    int[][] counts = new int[shifts.length][BUCKETS];
    for (long key : keys) {
      for (int d = 0; d < shifts.length; d++) {
        counts[d][digit(key, shifts[d])]++;
      }
    }
    for (int d = 0; d < shifts.length; d++) {
      if (keys.length > 0 && counts[d][digit(keys[0], shifts[d])] < keys.length) {
        distribute(counts[d], shifts[d]);
      }
    }
  }

  private void distribute(int[] counts, int shift) {
    int sum = 0;
    for (int b = 0; b < BUCKETS; b++) {
      int count = counts[b];
      counts[b] = sum;
      sum += count;
    }
    long[] from = keys;
    int[] fromTags = tags;
    long[] to = spareKeys;
    int[] toTags = spareTags;
    for (int i = 0; i < from.length; i++) {
      int place = counts[digit(from[i], shift)]++;
      to[place] = from[i];
      toTags[place] = fromTags[i];
    }
    keys = to;
    tags = toTags;
    spareKeys = from;
    spareTags = fromTags;
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & (BUCKETS - 1);
  }

  /// Puts keys in order that are nearly so; false if they turn out not to be.
  private boolean insert() {
    long left = (long) PATIENCE * keys.length;
    for (int i = 1; i < keys.length; i++) {
      long key = keys[i];
      if (Long.compareUnsigned(keys[i - 1], key) <= 0) {
        continue;
      }
      int moved = tags[i];
      int at = i;
      while (at > 0 && Long.compareUnsigned(keys[at - 1], key) > 0) {
        keys[at] = keys[at - 1];
        tags[at] = tags[at - 1];
        at--;
      }
      keys[at] = key;
      tags[at] = moved;
      left -= i - at;
      if (left < 0) {
        return false;
      }
    }
    return true;
  }
}
