package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.TreeHash;

/// Single-point COT from a correlated GGM tree: the sender obtains 2^b blocks v, the receiver a
/// place α of its random choice and w with w_j = v_j, but w_α = v_α ⊕ Δ.
///
/// X. Guo, K. Yang, X. Wang, W. Zhang, X. Xie, J. Liu, Z. Zhao, *Half-Tree: Halving the Cost of
/// Tree Expansion in COT and DPF*, EUROCRYPT 2023 (eprint 2022/1431), the single-point COT. Threat
/// model: semi-honest parties, random-permutation model.
///
/// With b COTs, t_i = q_i ⊕ r_i·Δ:
///
/// 1. Sender: k random; level 1 of the tree is k, k ⊕ Δ; a node x has the children H(x) and x ⊕
///    H(x), H of [TreeHash], so that every level sums to Δ. K_i is the sum of all 0-children at
///    level i. Sends c_i = K_i ⊕ q_i.
/// 2. Receiver: bit i of α is 1 ⊕ r_i; c_i ⊕ t_i is the sum of the children on the side r_i of
///    level i, away from the path to α, from which follows the sibling of the path's node, and all
///    of the next level but one.
/// 3. w_α is the sum of all other leaves, which is v_α ⊕ Δ.
///
/// The turn at level i is bit i − 1 of a leaf's number. 1 round, 16b bytes from the sender. No
/// error.
final class HalfTree {
  private static final int PAIR = Block.WORDS;

  private HalfTree() {}

  /// Step 1: leaves into blocks `at` … of `leaves`, the sums K masked by `masks`.
  ///
  /// @param masks q_1 … q_b, from block `mask` on
  /// @param sent receives c_1 … c_b
  static void full(
      TreeHash hash,
      Block root,
      Block delta,
      int depth,
      long[] leaves,
      int at,
      long[] masks,
      int mask,
      long[] sent) {
    Block other = root.xor(delta);
    leaves[PAIR * at] = root.low();
    leaves[PAIR * at + 1] = root.high();
    leaves[PAIR * at + 2] = other.low();
    leaves[PAIR * at + 3] = other.high();
    for (int i = 0; i < depth; i++) {
      int half = 1 << i;
      if (i > 0) {
        hash.expand(leaves, at, half);
      }
      Block sum = sum(leaves, at, half);
      sent[PAIR * i] = sum.low() ^ masks[PAIR * (mask + i)];
      sent[PAIR * i + 1] = sum.high() ^ masks[PAIR * (mask + i) + 1];
    }
  }

  /// Steps 2 and 3: leaves into blocks `at` … of `leaves`.
  ///
  /// @param masks t_1 … t_b, from block `mask` on
  /// @param away bit i − 1 is r_i
  /// @param received c_1 … c_b
  /// @return α
  static int punctured(
      TreeHash hash,
      int depth,
      long[] leaves,
      int at,
      long[] masks,
      int mask,
      int away,
      long[] received) {
    int path = 0;
    for (int i = 0; i < depth; i++) {
      int half = 1 << i;
      if (i > 0) {
        hash.expand(leaves, at, half);
      }
      set(leaves, at + path, Block.ZERO);
      set(leaves, at + path + half, Block.ZERO);
      int side = away >>> i & 1;
      long low = received[PAIR * i] ^ masks[PAIR * (mask + i)];
      long high = received[PAIR * i + 1] ^ masks[PAIR * (mask + i) + 1];
      Block sibling = sum(leaves, at + side * half, half).xor(new Block(low, high));
      set(leaves, at + path + side * half, sibling);
      path += (1 - side) * half;
    }
    set(leaves, at + path, sum(leaves, at, 1 << depth));
    return path;
  }

  private static void set(long[] blocks, int j, Block block) {
    blocks[PAIR * j] = block.low();
    blocks[PAIR * j + 1] = block.high();
  }

  private static Block sum(long[] blocks, int from, int count) {
    long low = 0;
    long high = 0;
    for (int w = PAIR * from; w < PAIR * (from + count); w += PAIR) {
      low ^= blocks[w];
      high ^= blocks[w + 1];
    }
    return new Block(low, high);
  }
}
