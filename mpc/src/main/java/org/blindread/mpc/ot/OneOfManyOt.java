package org.blindread.mpc.ot;

import java.util.Arrays;
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

  /// Transfers whose blocks and pads stay in a core's first cache.
  private static final int CHUNK = 1024;

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
    Cots.Sent cots = ot.take(cots(count));
    long[] d = ot.turns(cots);
    Block delta = cots.delta();
    long[] q = new long[Block.WORDS * CHUNK];
    long[] y = table.clone();
    for (int done = 0; done < n; done += CHUNK) {
      int some = Math.min(CHUNK, n - done);
      combine(cots, n, done, d, delta, q, some);
      addPads(ot.hash(), cots.first() + done, q, delta, some, y, done / Long.SIZE, words);
    }
    ot.wire().send(y);
  }

  /// Adds the pads of all rows to their planes. As many rows as a word holds are cut into planes at
  /// once, for that costs half as much as a hash.
  private void addPads(
      TweakedHash hash,
      long first,
      long[] q,
      Block delta,
      int count,
      long[] planes,
      int to,
      int words) {
    TweakedHash.Tweaks tweaks = hash.claim(first, count);
    int rowsAtOnce = Math.min(rows(), Long.SIZE / messageBits);
    long mask = Planes.lowBits(messageBits);
    long[] pads = new long[count];
    long[] joined = new long[count];
    for (int x = 0; x < rows(); x += rowsAtOnce) {
      int joinedRows = Math.min(rowsAtOnce, rows() - x);
      Arrays.fill(joined, 0);
      for (int row = 0; row < joinedRows; row++) {
        hash.low(tweaks, q, 0, times(x + row, delta), pads, 0);
        int shift = row * messageBits;
        for (int j = 0; j < count; j++) {
          joined[j] |= (pads[j] & mask) << shift;
        }
      }
      addPlanes(joined, joinedRows * messageBits, planes, to + x * messageBits * words, words);
    }
  }

  /// The receiver's part.
  ///
  /// @param choices planes of [BitSlice#words] words: bit b of all choices is plane b
  /// @return the chosen rows: plane k is bit k
  public long[] receive(OtReceiver ot, long[] choices, int count) throws ProtocolException {
    return ask(ot, choices, count).receive();
  }

  /// Step 1, so that both parties may ask before either answers.
  ///
  /// @param choices as for [#receive]
  public Asked ask(OtReceiver ot, long[] choices, int count) throws ProtocolException {
    int words = BitSlice.words(count);
    if (choices.length != choiceBits * words) {
      throw new IllegalArgumentException(
          "choices of %d words where %d planes of %d words are due"
              .formatted(choices.length, choiceBits, words));
    }
    return new Asked(this, ot, ot.choose(choices), choices, words);
  }

  /// A receiver that has sent its choices.
  public static final class Asked {
    private final OneOfManyOt shape;
    private final OtReceiver ot;
    private final Cots.Received cots;
    private final long[] choices;
    private final int words;

    private Asked(OneOfManyOt shape, OtReceiver ot, Cots.Received cots, long[] choices, int words) {
      this.shape = shape;
      this.ot = ot;
      this.cots = cots;
      this.choices = choices;
      this.words = words;
    }

    /// Step 3: the chosen rows; plane k is bit k. Call it once.
    public long[] receive() throws ProtocolException {
      return shape.rows(this);
    }
  }

  private long[] rows(Asked asked) throws ProtocolException {
    OtReceiver ot = asked.ot;
    Cots.Received cots = asked.cots;
    int words = asked.words;
    int n = words * Long.SIZE;
    long[] t = new long[Block.WORDS * CHUNK];
    long[] row = new long[messageBits * words];
    long[] none = new long[asked.choices.length];
    for (int done = 0; done < n; done += CHUNK) {
      int some = Math.min(CHUNK, n - done);
      combine(cots, n, done, none, Block.ZERO, t, some);
      long[] pads = new long[some];
      ot.hash().low(ot.hash().claim(cots.first() + done, some), t, 0, Block.ZERO, pads, 0);
      addPlanes(pads, messageBits, row, done / Long.SIZE, words);
    }
    int rowWords = messageBits * words;
    long[] y = ot.wire().receive(rows() * rowWords);
    long[] isRow = new long[words];
    for (int x = 0; x < rows(); x++) {
      indicate(asked.choices, words, x, isRow);
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

  /// Σ_b X^b·(block b·n + j ⊕ d_b·Δ) for `count` transfers j from `first` on, by Horner's rule.
  private void combine(Cots cots, int n, int first, long[] d, Block delta, long[] sum, int count) {
    long[] blocks = cots.blocks();
    long[] bits = new long[count];
    Arrays.fill(sum, 0);
    for (int b = choiceBits - 1; b >= 0; b--) {
      BitSlice.spread(d, (b * n + first) / Long.SIZE, count, bits, 0);
      int at = Block.WORDS * (cots.from() + b * n + first);
      for (int j = 0; j < count; j++) {
        int w = Block.WORDS * j;
        long low = sum[w];
        long high = sum[w + 1];
        long turn = -bits[j];
        sum[w] = Block.doubledLow(low, high) ^ blocks[at + w] ^ (turn & delta.low());
        sum[w + 1] = Block.doubledHigh(low, high) ^ blocks[at + w + 1] ^ (turn & delta.high());
      }
    }
  }

  /// Adds the low bits of values to planes of `words` words, from word `to` of the first on.
  private static void addPlanes(long[] values, int bits, long[] planes, int to, int words) {
    int some = values.length / Long.SIZE;
    long[] slices = new long[bits * some];
    BitSlice.slice(values, 0, values.length, 0, bits, slices, 0);
    for (int k = 0; k < bits; k++) {
      int at = to + k * words;
      BitPlanes.xor(planes, at, planes, at, slices, k * some, some);
    }
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
