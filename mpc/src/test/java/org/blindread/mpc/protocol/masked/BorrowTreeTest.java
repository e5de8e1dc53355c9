package org.blindread.mpc.protocol.masked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BorrowTreeTest {
  @Test
  void theDefaultRingHasSixteenGroupsAndFourBlocks() {
    BorrowTree tree = BorrowTree.of(62, 20);
    assertEquals(List.of(16, 4), tree.levels().stream().map(List::size).toList());
    assertEquals(4, tree.carry().size());
    assertEquals(2, tree.cover().size());
  }

  @Test
  void carryAndCoverPartitionTheirBitsForEveryRingAndCut() {
    for (int top = 1; top <= 63; top++) {
      for (int cut = 0; cut <= Math.min(top, 31); cut++) {
        BorrowTree tree = BorrowTree.of(top, cut);
        assertEquals(top, partition(tree.carry()), "top " + top + " cut " + cut);
        assertEquals(cut, partition(tree.cover()), "top " + top + " cut " + cut);
        assertTrue(tree.carry().size() <= 5 && tree.cover().size() <= 5);
      }
    }
  }

  private static int partition(List<BorrowTree.Node> nodes) {
    int low = 0;
    for (BorrowTree.Node node : nodes) {
      assertEquals(low, node.low());
      low = node.high();
    }
    return low;
  }
}
