package org.blindread.mpc.tensor.kernel;

import java.util.Objects;

/// Sums of sixteen planes by the bits of their numbers: the step of OT extensions in GF(2^4) that
/// turns the streams of sixteen leaves into one product with a field element.
public final class LeafSums {
  /// Leaves of a call.
  public static final int LEAVES = 16;

  /// Planes a call makes besides the sum of all leaves.
  public static final int PLANES = 4;

  private LeafSums() {}

  /// Plane b = 0 … 3, at `planes[to + b·words]`, becomes ⊕ of the leaves whose number has bit b
  /// set; leaf 0 becomes ⊕ of all leaves.
  ///
  /// @param leaves sixteen arrays, of which the first `words` words count
  /// @param words a multiple of 8
  /// @throws IllegalArgumentException if these are other numbers
  /// @throws IndexOutOfBoundsException if an array is too short
  public static void fold(long[][] leaves, int words, long[] planes, int to) {
    fold(KernelChoice.CHOSEN.blocks(), leaves, words, planes, to);
  }

  static void fold(BlockLoops loops, long[][] leaves, int words, long[] planes, int to) {
    if (leaves.length != LEAVES || words % 8 != 0) {
      throw new IllegalArgumentException(
          "%d leaves of %d words; 16 leaves of a multiple of 8 words are folded"
              .formatted(leaves.length, words));
    }
    for (long[] leaf : leaves) {
      Objects.checkFromIndexSize(0, words, leaf.length);
    }
    Objects.checkFromIndexSize(to, PLANES * words, planes.length);
    loops.fold(leaves, words, planes, to);
  }
}
