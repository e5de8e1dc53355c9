package org.blindread.mpc.ot;

import java.util.Arrays;
import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.TweakedHash;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Matrix products by correlated OT: the receiver has A_g, rows×inner, the sender B_g,
/// inner×columns; they obtain additive shares of A_g·B_g modulo 2^ℓ for each group g.
///
/// N. Gilboa, *Two Party RSA Key Generation*, CRYPTO 1999: a·b = Σ_i 2^i·a_i·b over the bits a_i of
/// a, each term one OT with choice a_i and correlation x ↦ x + 2^i·b. A whole row of B rides in one
/// OT, and term i needs but the ℓ − i low bits of b: P. Mohassel, Y. Zhang, *SecureML*, IEEE S&P
/// 2017 (eprint 2017/396), OT-based offline phase. Threat model: that of the extension, and H
/// correlation robust.
///
/// For every bit i, width v = ℓ − i, and every element a of A, which meets row b of B and adds to
/// row y of the product:
///
/// 1. Receiver: sends d = a_i ⊕ r, which makes its random choices the bits of A.
/// 2. Both hash the OT's block to a pad for each column, v bits long: m_0 and m_1 at the sender,
///    m_c, c = a_i, at the receiver.
/// 3. Sender: sends z = m_0 + b − m_1 modulo 2^v; its share is y −= 2^i·m_0.
/// 4. Receiver: its share is y += 2^i·(m_c + c·z), and m_c + c·z = m_0 + a_i·b modulo 2^v.
///
/// Pads longer than a block: copy k of it is hashed under a tweak of its own, none used twice. H is
/// robust over pairs of block and tweak (eprint 2019/074, tccr), so that one block under many
/// tweaks gives independent pads. The hash has a key of its own for each product.
///
/// 2 rounds. With s = groups·rows·inner, S = s rounded up to 512: ℓ·S COTs; ℓ·S/8 bytes from the
/// receiver, 8s·Σ_{v=1}^{ℓ} ⌈columns·v/64⌉ from the sender, the z of an OT being packed bit by bit
/// into whole words. They go piece by piece, each read while the next is made. No error.
record Gilboa(int groups, int rows, int inner, int columns, int bits) {
  /// Their blocks take 512 MiB at each party.
  private static final int MOST_COTS = 1 << 25;

  /// What is hashed and sent at a time, unless one OT is longer: three such arrays stay in a core's
  /// second cache.
  private static final int PIECE_WORDS = 1 << 13;

  /// @throws IllegalArgumentException if an extent or ℓ is out of range
  Gilboa {
    if (groups < 1 || rows < 1 || inner < 1 || columns < 1 || bits < 1 || bits > Long.SIZE) {
      throw new IllegalArgumentException(
          "%d products of %d×%d by %d×%d modulo 2^%d; extents are at least 1, ℓ is 1 … 64"
              .formatted(groups, rows, inner, inner, columns, bits));
    }
    double scalars = (double) groups * rows * inner;
    double outputs = (double) groups * rows * columns;
    double held = (double) groups * inner * columns;
    if ((scalars + OtExtension.UNIT) * bits > MOST_COTS
        || Math.max(outputs, held) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d products of %d×%d by %d×%d modulo 2^%d at once are too many: at most 2^25 OTs and 2^31 elements; split them, or multiply under encryption"
              .formatted(groups, rows, inner, inner, columns, bits));
    }
  }

  private int scalars() {
    return groups * rows * inner;
  }

  int cots() {
    return bits * OtExtension.units(scalars());
  }

  OtCost cost() {
    long words = 0;
    for (int width = 1; width <= bits; width++) {
      words += (long) scalars() * PackedWords.words(columns, width);
    }
    return new OtCost(2, words * Long.BYTES, cots() / Byte.SIZE);
  }

  /// A stretch of OTs for one bit of A, hashed and sent together.
  ///
  /// @param bit i
  /// @param first number of the first element of A
  /// @param count how many elements
  private record Piece(Gilboa shape, int bit, int first, int count) {
    /// v.
    int width() {
      return shape.bits - bit;
    }

    long mask() {
      return Planes.lowBits(width());
    }

    /// Words of the message z of an OT.
    int wordsEach() {
      return PackedWords.words(shape.columns, width());
    }

    /// Blocks of the pads of an OT, m_0 or m_1.
    int blocksEach() {
      return Math.ceilDiv(wordsEach(), Block.WORDS);
    }

    int messageWords() {
      return count * wordsEach();
    }

    /// First word of the pads of OT j.
    int pads(int j) {
      return Block.WORDS * j * blocksEach();
    }

    /// First element of the row of B that element `first + j` of A meets.
    int row(int j) {
      int group = (first + j) / (shape.rows * shape.inner);
      return (group * shape.inner + (first + j) % shape.inner) * shape.columns;
    }

    /// First element of the row of the product to which it adds.
    int output(int j) {
      return (first + j) / shape.inner * shape.columns;
    }

    /// The piece behind it, of the same bit if there is more of it.
    Piece next() {
      return first + count < shape.scalars()
          ? shape.piece(bit, first + count)
          : shape.piece(bit + 1, 0);
    }
  }

  private Piece piece(int bit, int first) {
    int each = bit < bits ? PackedWords.words(columns, bits - bit) : 1;
    int count = Math.clamp(PIECE_WORDS / each, 1, scalars() - first);
    return new Piece(this, bit, first, count);
  }

  /// The sender's part.
  ///
  /// @param b groups × inner × columns
  /// @return its share, groups × rows × columns
  long[] send(OtSender ot, long[] b) throws ProtocolException {
    Cots.Sent cots = ot.take(cots());
    long[] d = ot.turns(cots);
    var hash = new Pads(ot.wire());
    long[] share = new long[groups * rows * columns];
    long[] m0 = new long[columns];
    long[] m1 = new long[columns];
    for (Piece p = piece(0, 0); p.bit < bits; p = p.next()) {
      long[] q = copies(cots, p, d, cots.delta());
      TweakedHash.Tweaks tweaks = hash.claim(p);
      long[] zero = hash.of(tweaks, q, Block.ZERO);
      long[] one = hash.of(tweaks, q, cots.delta());
      long[] z = new long[p.messageWords()];
      for (int j = 0; j < p.count; j++) {
        PackedWords.unpack(zero, p.pads(j), p.width(), m0);
        PackedWords.unpack(one, p.pads(j), p.width(), m1);
        int row = p.row(j);
        int y = p.output(j);
        for (int c = 0; c < columns; c++) {
          share[y + c] -= m0[c] << p.bit;
          m1[c] = (m0[c] + b[row + c] - m1[c]) & p.mask();
        }
        PackedWords.pack(m1, p.width(), z, j * p.wordsEach());
      }
      ot.wire().sendElements(z, z.length, Long.BYTES);
    }
    return reduced(share);
  }

  /// The receiver's part.
  ///
  /// @param a groups × rows × inner
  /// @return its share, groups × rows × columns
  long[] receive(OtReceiver ot, long[] a) throws ProtocolException {
    Cots.Received cots = ot.choose(Planes.ofLowBits(a, a.length, bits));
    long[] none = new long[cots.count() / Long.SIZE];
    var hash = new Pads(ot.wire());
    long[] share = new long[groups * rows * columns];
    long[] m = new long[columns];
    long[] sent = new long[columns];
    for (Piece p = piece(0, 0); p.bit < bits; p = p.next()) {
      long[] t = copies(cots, p, none, Block.ZERO);
      long[] pads = hash.of(hash.claim(p), t, Block.ZERO);
      long[] z = ot.wire().receiveElements(p.messageWords(), Long.BYTES);
      for (int j = 0; j < p.count; j++) {
        PackedWords.unpack(pads, p.pads(j), p.width(), m);
        PackedWords.unpack(z, j * p.wordsEach(), p.width(), sent);
        long choice = -(a[p.first + j] >>> p.bit & 1);
        int y = p.output(j);
        for (int c = 0; c < columns; c++) {
          share[y + c] += (m[c] + (sent[c] & choice)) << p.bit;
        }
      }
    }
    return reduced(share);
  }

  /// The blocks of a piece, turned by d, each as often as its pads take.
  private static long[] copies(Cots cots, Piece p, long[] d, Block delta) {
    int plane = OtExtension.units(p.shape.scalars());
    int each = p.blocksEach();
    long[] blocks = cots.blocks();
    long[] copies = new long[Block.WORDS * p.count * each];
    int skipped = p.first % OtExtension.UNIT;
    int first = p.bit * plane + p.first;
    long[] turns = new long[skipped + p.count];
    BitSlice.spread(d, (first - skipped) / Long.SIZE, turns.length, turns, 0);
    for (int j = 0; j < p.count; j++) {
      int at = Block.WORDS * (cots.from() + first + j);
      long turn = -turns[skipped + j];
      long low = blocks[at] ^ (turn & delta.low());
      long high = blocks[at + 1] ^ (turn & delta.high());
      for (int k = Block.WORDS * j * each; k < Block.WORDS * (j + 1) * each; k += Block.WORDS) {
        copies[k] = low;
        copies[k + 1] = high;
      }
    }
    return copies;
  }

  private long[] reduced(long[] share) {
    long mask = Planes.lowBits(bits);
    Arrays.setAll(share, k -> share[k] & mask);
    return share;
  }

  /// The hash of one product, its tweaks counted from 0.
  private static final class Pads {
    private final TweakedHash hash;
    private long next;

    Pads(Wire wire) {
      hash = new TweakedHash(wire.publicCoins("hash of a product"));
    }

    TweakedHash.Tweaks claim(Piece piece) {
      int count = piece.count * piece.blocksEach();
      next += count;
      return hash.claim(next - count, count);
    }

    long[] of(TweakedHash.Tweaks tweaks, long[] blocks, Block shift) {
      long[] pads = new long[blocks.length];
      hash.blocks(tweaks, blocks, 0, shift, pads, 0);
      return pads;
    }
  }
}
