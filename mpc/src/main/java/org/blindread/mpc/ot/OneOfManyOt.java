package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.TweakedHash;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitPlanes;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// 1-of-N OT of short messages, N = 2^m: the sender has a table of N messages of w bits for each
/// transfer, the receiver chooses a row c of m bits and learns that row. The leaves of a
/// comparison.
///
/// V. Kolesnikov, R. Kumaresan, *Improved OT Extension for Transferring Short Secrets*, CRYPTO 2013
/// (eprint 2013/491) hides row x behind H(Q ⊕ C(x)·Δ) for a code C; here C(x) is x itself as an
/// element of GF(2^128) and · the product of that field (as in L. Roy, eprint 2022/192, whose hash
/// is correlation robust for products): two rows differ by a multiple of Δ with a factor other than
/// 0, which is as uniform as Δ. So m COTs do, and N hashes of the sender, one of the receiver.
///
/// Threat model: that of the extension, and H correlation robust for such multiples of Δ.
///
/// With q^b, t^b the blocks of bit b, x = Σ x_b·2^b:
///
/// 1. Receiver: sends d = c ⊕ r, m bits, which makes its random choices c.
/// 2. Sender: Q = Σ_b X^b·q^b; row x is sent as y_x = row ⊕ H(j, Q ⊕ x·Δ).
/// 3. Receiver: T = Σ_b X^b·t^b = Q ⊕ c·Δ; the row is y_c ⊕ H(j, T).
///
/// 2 rounds; for n transfers, n' = n rounded up to 512: m·n'/8 bytes from the receiver, N·w·n'/8
/// from the sender, m·n' COTs. No error.
///
/// @param choiceBits m, 1 … 8
/// @param messageBits w, 1 … 64
public record OneOfManyOt(int choiceBits, int messageBits) {
  /// Most bits of a choice.
  public static final int MAX_CHOICE_BITS = 8;

  /// @throws IllegalArgumentException if the shape is none of these
  public OneOfManyOt {
    if (choiceBits < 1
        || choiceBits > MAX_CHOICE_BITS
        || messageBits < 1
        || messageBits > Long.SIZE) {
      throw new IllegalArgumentException(
          "1-of-2^%d OT of %d bits; choices have 1 … %d bits, messages 1 … %d"
              .formatted(choiceBits, messageBits, MAX_CHOICE_BITS, Long.SIZE));
    }
  }

  private int rows() {
    return 1 << choiceBits;
  }

  public OtCost cost(int count) {
    long plane = OtExtension.units(count) / Byte.SIZE;
    return new OtCost(2, plane * rows() * messageBits, plane * choiceBits);
  }

  /// COTs that `count` transfers use up.
  public int cots(int count) {
    return Math.multiplyExact(OtExtension.units(count), choiceBits);
  }

  /// The sender's part.
  ///
  /// @param table planes of [BitSlice#words] words: bit k of row x of all transfers is plane x·w +
  ///   k
  public void send(OtSender ot, long[] table, int count) throws ProtocolException {
    int words = BitSlice.words(count);
    int n = words * Long.SIZE;
    if (table.length != rows() * messageBits * words) {
      throw new IllegalArgumentException(
          "a table of %d words where %d rows of %d planes of %d words are due"
              .formatted(table.length, rows(), messageBits, words));
    }
    Cots.Sent cots = ot.chosen(cots(count));
    long[] q = combine(cots, n);
    TweakedHash.Tweaks tweaks = ot.hash().claim(cots.first(), n);
    long[] pads = new long[n];
    int rowWords = messageBits * words;
    long[] y = new long[table.length];
    for (int x = 0; x < rows(); x++) {
      ot.hash().low(tweaks, q, 0, times(x, cots.delta()), pads, 0);
      BitSlice.slice(pads, 0, n, 0, messageBits, y, x * rowWords);
    }
    BitPlanes.xor(y, 0, y, 0, table, 0, y.length);
    ot.wire().send(y);
  }

  /// The receiver's part.
  ///
  /// @param choices planes of [BitSlice#words] words: bit b of all choices is plane b
  /// @return the chosen rows: plane k is bit k
  public long[] receive(OtReceiver ot, long[] choices, int count) throws ProtocolException {
    int words = BitSlice.words(count);
    int n = words * Long.SIZE;
    if (choices.length != choiceBits * words) {
      throw new IllegalArgumentException(
          "choices of %d words where %d planes of %d words are due"
              .formatted(choices.length, choiceBits, words));
    }
    Cots.Received cots = ot.choose(choices);
    long[] t = combine(cots, n);
    TweakedHash.Tweaks tweaks = ot.hash().claim(cots.first(), n);
    long[] pads = new long[n];
    ot.hash().low(tweaks, t, 0, Block.ZERO, pads, 0);
    int rowWords = messageBits * words;
    long[] row = new long[rowWords];
    BitSlice.slice(pads, 0, n, 0, messageBits, row, 0);
    long[] y = ot.wire().receive(rows() * rowWords);
    long[] isRow = new long[words];
    for (int x = 0; x < rows(); x++) {
      indicate(choices, words, x, isRow);
      for (int k = 0; k < messageBits; k++) {
        int at = k * words;
        BitPlanes.andXor(row, at, isRow, 0, y, x * rowWords + at, row, at, words);
      }
    }
    return row;
  }

  /// The plane of the transfers whose choice is x.
  private void indicate(long[] choices, int words, int x, long[] plane) {
    for (int w = 0; w < words; w++) {
      long all = -1;
      for (int b = 0; b < choiceBits; b++) {
        all &= choices[b * words + w] ^ ((x >>> b & 1) - 1L);
      }
      plane[w] = all;
    }
  }

  /// Σ_b X^b·(block b·n + j), by Horner's rule.
  private long[] combine(Cots cots, int n) {
    long[] sum = new long[Block.WORDS * n];
    for (int b = choiceBits - 1; b >= 0; b--) {
      int at = Block.WORDS * (cots.from() + b * n);
      long[] blocks = cots.blocks();
      for (int w = 0; w < sum.length; w += Block.WORDS) {
        long low = sum[w];
        long high = sum[w + 1];
        sum[w] = Block.doubledLow(low, high) ^ blocks[at + w];
        sum[w + 1] = Block.doubledHigh(low, high) ^ blocks[at + w + 1];
      }
    }
    return sum;
  }

  /// x·Δ, x a polynomial of degree below 8.
  private static Block times(int x, Block delta) {
    Block product = Block.ZERO;
    for (int b = MAX_CHOICE_BITS - 1; b >= 0; b--) {
      product = product.doubled();
      product = (x >>> b & 1) == 1 ? product.xor(delta) : product;
    }
    return product;
  }
}
