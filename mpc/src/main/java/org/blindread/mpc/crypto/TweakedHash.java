package org.blindread.mpc.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// TMMO, the hash that turns correlated OTs into random ones:
///
/// H(i, x) = π(π(x) ⊕ i) ⊕ π(x), π = AES-128 under a public key of the run.
///
/// Tweakable circular correlation robust in the random-permutation model: for a secret Δ the values
/// H(i, x ⊕ Δ) look random to who knows every i and x. C. Guo, J. Katz, X. Wang, Y. Yu, *Efficient
/// and Secure Multiparty Computation from Fixed-Key Block Ciphers*, IEEE S&P 2020 (eprint
/// 2019/074), TMMO; that one key serves many hashes at a loss of log₂(hashes) bits, and that a key
/// of its own for every run keeps runs from adding up: C. Guo, J. Katz, X. Wang, C. Weng, Y. Yu,
/// *Better Concrete Security for Half-Gates Garbling (in the Multi-Instance Setting)*, CRYPTO 2020
/// (eprint 2019/1168). With no tweak, or one used twice, equal inputs have equal hashes, and the
/// pads of two transfers cancel.
///
/// Hence a tweak is claimed before it is used and cannot be claimed again; it is the index of the
/// transfer in its low word and 64 bits derived from the run and the purpose in its high word. For
/// one thread.
///
/// ```java
/// var hash = new TweakedHash(PublicCoins.of(run, "random ot vendor>hospital", 0));
/// var tweaks = hash.claim(0, n);
/// hash.low(tweaks, q, 0, Block.ZERO, pads0, 0);
/// hash.low(tweaks, q, 0, delta, pads1, 0); // the other message of the same transfers
/// ```
public final class TweakedHash {
  private static final int CHUNK_BLOCKS = 256;
  private static final int CHUNK_WORDS = CHUNK_BLOCKS * Block.WORDS;
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Aes128 pi;
  private final long high;
  private long next;

  private final byte[] in = new byte[CHUNK_BLOCKS * Block.BYTES];
  private final byte[] out = new byte[CHUNK_BLOCKS * Block.BYTES];
  private final MemorySegment inBytes = MemorySegment.ofArray(in);
  private final MemorySegment outBytes = MemorySegment.ofArray(out);
  private final long[] shifts = new long[CHUNK_WORDS];
  private final long[] tweaks = new long[CHUNK_WORDS];
  private final long[] first = new long[CHUNK_WORDS];
  private final long[] second = new long[CHUNK_WORDS];

  /// @param coins from [PublicCoins]: 16 bytes are the key, the next 8 the high word of the tweaks
  public TweakedHash(byte[] coins) {
    pi = new Aes128(Arrays.copyOf(coins, Aes128.BLOCK_BYTES));
    high = ByteBuffer.wrap(coins).order(ByteOrder.LITTLE_ENDIAN).getLong(Aes128.BLOCK_BYTES);
    for (int j = 0; j < CHUNK_BLOCKS; j++) {
      tweaks[Block.WORDS * j + 1] = high;
    }
  }

  /// The right to hash under a run of tweaks; only [#claim] gives it.
  public static final class Tweaks {
    private final TweakedHash owner;
    private final long first;
    private final int count;

    private Tweaks(TweakedHash owner, long first, int count) {
      this.owner = owner;
      this.first = first;
      this.count = count;
    }

    public int count() {
      return count;
    }
  }

  /// Claims the tweaks `first` … `first + count − 1`, in ascending order of all claims.
  ///
  /// @throws IllegalStateException if one of them was claimed before
  public Tweaks claim(long first, int count) {
    if (count < 0 || first < 0) {
      throw new IllegalArgumentException("no tweaks: %d from %d".formatted(count, first));
    }
    if (first < next) {
      throw new IllegalStateException(
          "tweak %d was used already, the next free one is %d; a tweak serves one transfer, for two under one tweak share their pads"
              .formatted(first, next));
    }
    next = Math.addExact(first, count);
    return new Tweaks(this, first, count);
  }

  /// Hashes to blocks: block j of `to` becomes H(tweak j, block j of `blocks` ⊕ shift).
  ///
  /// @param from first block of the input
  /// @param toBlock first block of the output
  public void blocks(Tweaks claimed, long[] blocks, int from, Block shift, long[] to, int toBlock) {
    Objects.checkFromIndexSize(toBlock, claimed.count, to.length / Block.WORDS);
    begin(claimed, blocks, from, shift);
    for (int done = 0; done < claimed.count; done += CHUNK_BLOCKS) {
      int n = Math.min(CHUNK_BLOCKS, claimed.count - done);
      chunk(claimed.first + done, blocks, from + done, n);
      int at = Block.WORDS * (toBlock + done);
      for (int w = 0; w < Block.WORDS * n; w++) {
        to[at + w] = first[w] ^ second[w];
      }
    }
  }

  /// Hashes to words: `to[toWord + j]` becomes the low word of H(tweak j, block j ⊕ shift).
  public void low(Tweaks claimed, long[] blocks, int from, Block shift, long[] to, int toWord) {
    Objects.checkFromIndexSize(toWord, claimed.count, to.length);
    begin(claimed, blocks, from, shift);
    for (int done = 0; done < claimed.count; done += CHUNK_BLOCKS) {
      int n = Math.min(CHUNK_BLOCKS, claimed.count - done);
      chunk(claimed.first + done, blocks, from + done, n);
      for (int j = 0; j < n; j++) {
        to[toWord + done + j] = first[Block.WORDS * j] ^ second[Block.WORDS * j];
      }
    }
  }

  private void begin(Tweaks claimed, long[] blocks, int from, Block shift) {
    if (claimed.owner != this) {
      throw new IllegalStateException("these tweaks were claimed from another hash");
    }
    Objects.checkFromIndexSize(from, claimed.count, blocks.length / Block.WORDS);
    for (int j = 0; j < CHUNK_BLOCKS; j++) {
      shifts[Block.WORDS * j] = shift.low();
      shifts[Block.WORDS * j + 1] = shift.high();
    }
  }

  /// π(x) into `first`, π(π(x) ⊕ i) into `second`.
  private void chunk(long tweak, long[] blocks, int from, int count) {
    int words = Block.WORDS * count;
    int at = Block.WORDS * from;
    for (int w = 0; w < words; w++) {
      second[w] = blocks[at + w] ^ shifts[w];
    }
    permute(second, words, first);
    for (int j = 0; j < count; j++) {
      tweaks[Block.WORDS * j] = tweak + j;
    }
    for (int w = 0; w < words; w++) {
      second[w] = first[w] ^ tweaks[w];
    }
    permute(second, words, second);
  }

  private void permute(long[] x, int words, long[] y) {
    MemorySegment.copy(x, 0, inBytes, LONGS, 0, words);
    pi.encrypt(in, words * Long.BYTES, out);
    MemorySegment.copy(outBytes, LONGS, 0, y, 0, words);
  }
}
