package org.blindread.mpc.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// The hash that expands nodes of correlated GGM trees:
///
/// H(x) = π(σ(x)) ⊕ σ(x), σ(x_L ‖ x_R) = (x_L ⊕ x_R) ‖ x_L, π = AES-128 under a public key.
///
/// Circular correlation robust in the random-permutation model: C. Guo, J. Katz, X. Wang, Y. Yu,
/// *Efficient and Secure Multiparty Computation from Fixed-Key Block Ciphers*, IEEE S&P 2020
/// (eprint 2019/074), the hash called MMO with a linear orthomorphism. Two nodes of a tree are
/// never equal, but with probability 2^-128, so it needs no tweak. For one thread.
public final class TreeHash {
  private static final int CHUNK_BLOCKS = 256;
  private static final int CHUNK_WORDS = CHUNK_BLOCKS * Block.WORDS;
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Aes128 pi;
  private final byte[] in = new byte[CHUNK_BLOCKS * Block.BYTES];
  private final byte[] out = new byte[CHUNK_BLOCKS * Block.BYTES];
  private final MemorySegment inBytes = MemorySegment.ofArray(in);
  private final MemorySegment outBytes = MemorySegment.ofArray(out);
  private final long[] sigma = new long[CHUNK_WORDS];
  private final long[] hashed = new long[CHUNK_WORDS];

  /// @param coins from [PublicCoins], whose first 16 bytes are the key
  public TreeHash(byte[] coins) {
    pi = new Aes128(Arrays.copyOf(coins, Aes128.BLOCK_BYTES));
  }

  /// Replaces `count` nodes by their children: block j becomes H(x_j), block j + count becomes x_j
  /// ⊕ H(x_j), both counted from block `from`. The sum of the children of a node is the node.
  public void expand(long[] nodes, int from, int count) {
    Objects.checkFromIndexSize(from, 2 * count, nodes.length / Block.WORDS);
    for (int done = 0; done < count; done += CHUNK_BLOCKS) {
      int words = Block.WORDS * Math.min(CHUNK_BLOCKS, count - done);
      int left = Block.WORDS * (from + done);
      int right = left + Block.WORDS * count;
      for (int w = 0; w < words; w += Block.WORDS) {
        long low = nodes[left + w];
        long high = nodes[left + w + 1];
        sigma[w] = high;
        sigma[w + 1] = low ^ high;
      }
      MemorySegment.copy(sigma, 0, inBytes, LONGS, 0, words);
      pi.encrypt(in, words * Long.BYTES, out);
      MemorySegment.copy(outBytes, LONGS, 0, hashed, 0, words);
      for (int w = 0; w < words; w++) {
        hashed[w] ^= sigma[w];
      }
      for (int w = 0; w < words; w++) {
        sigma[w] = nodes[left + w] ^ hashed[w];
      }
      System.arraycopy(hashed, 0, nodes, left, words);
      System.arraycopy(sigma, 0, nodes, right, words);
    }
  }
}
