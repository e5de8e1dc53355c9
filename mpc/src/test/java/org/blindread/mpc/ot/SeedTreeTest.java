package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.blindread.mpc.crypto.Seed;
import org.junit.jupiter.api.Test;

final class SeedTreeTest {
  @Test
  void theSumsAwayFromAPathUnlockAllLeavesButItsEnd() {
    for (int depth = 1; depth <= 4; depth++) {
      SeedTree.Full tree = SeedTree.expand(Seed.fresh(), depth);
      assertEquals(1 << depth, tree.leaves().size());
      for (int hole = 0; hole < 1 << depth; hole++) {
        List<Seed> away = new ArrayList<>();
        for (int b = 0; b < depth; b++) {
          away.add(tree.sums().get(2 * b + 1 - (hole >>> b & 1)));
        }
        List<Optional<Seed>> found = SeedTree.expandAround(hole, away);
        assertEquals(1 << depth, found.size());
        for (int x = 0; x < 1 << depth; x++) {
          if (x == hole) {
            assertTrue(found.get(x).isEmpty());
          } else {
            assertArrayEquals(bytes(tree.leaves().get(x)), bytes(found.get(x).orElseThrow()));
          }
        }
      }
    }
  }

  @Test
  void noTwoLeavesAreEqual() {
    Set<List<Byte>> seen = new HashSet<>();
    for (Seed leaf : SeedTree.expand(Seed.fresh(), 4).leaves()) {
      List<Byte> bytes = new ArrayList<>();
      for (byte b : bytes(leaf)) {
        bytes.add(b);
      }
      assertTrue(seen.add(bytes));
    }
  }

  private static byte[] bytes(Seed seed) {
    return seed.exposeTo(Seed.Use.PEER);
  }
}
