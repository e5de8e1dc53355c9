package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.SplittableRandom;
import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.PublicCoins;
import org.blindread.mpc.crypto.TreeHash;
import org.junit.jupiter.api.Test;

final class HalfTreeTest {
  private static final Block DELTA = new Block(0x1234_5678_9abc_def1L, 42);

  /// Every place of small trees, and some of a large one.
  @Test
  void theReceiverHoldsAllLeavesButOneWhichHasDeltaAdded() {
    for (int depth = 1; depth <= 5; depth++) {
      for (int path = 0; path < 1 << depth; path++) {
        check(depth, path);
      }
    }
    for (int path : new int[] {0, 1, 1234, 2047}) {
      check(11, path);
    }
  }

  private static void check(int depth, int path) {
    SplittableRandom random = new SplittableRandom(path);
    TreeHash hash = new TreeHash(PublicCoins.of("run", "test", depth));
    long[] q = random.longs(2L * (depth + 1)).toArray();
    long[] t = q.clone();
    int away = ~path & ((1 << depth) - 1);
    for (int i = 0; i < depth; i++) {
      if ((away >>> i & 1) == 1) {
        t[2 * (i + 1)] ^= DELTA.low();
        t[2 * (i + 1) + 1] ^= DELTA.high();
      }
    }
    int at = 3;
    long[] v = new long[2 * ((1 << depth) + at)];
    long[] w = random.longs(v.length).toArray();
    long[] sums = new long[2 * depth];
    Block root = new Block(random.nextLong(), random.nextLong());
    HalfTree.full(hash, root, DELTA, depth, v, at, q, 1, sums);
    assertEquals(path, HalfTree.punctured(hash, depth, w, at, t, 1, away, sums));
    Block sum = Block.ZERO;
    for (int j = 0; j < 1 << depth; j++) {
      Block mine = Block.of(v, at + j);
      sum = sum.xor(mine);
      assertEquals(j == path ? mine.xor(DELTA) : mine, Block.of(w, at + j), "leaf " + j);
    }
    assertEquals(DELTA, sum);
    assertFalse(Block.of(v, at).equals(Block.of(v, at + 1)));
  }
}
