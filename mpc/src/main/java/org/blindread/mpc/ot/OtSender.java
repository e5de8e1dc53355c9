package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.TweakedHash;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// One party's end of all OTs in which it is the sender: a stock of COTs, refilled in batches, and
/// the hash that turns them into random OTs. The peer holds an [OtReceiver], and both call the same
/// methods with the same counts in the same order. For one thread.
public final class OtSender {
  private final OtExtension extension;
  private final OtExtension.Sender source;
  private final Wire wire;
  private final TweakedHash hash;
  private final Stock stock = new Stock();

  private OtSender(OtExtension extension, OtExtension.Sender source, Wire wire) {
    this.extension = extension;
    this.source = source;
    this.wire = wire;
    this.hash = new TweakedHash(wire.publicCoins("hash of random ots"));
  }

  /// Runs the set-up of an extension with the peer.
  public static OtSender over(OtExtension extension, Wire wire) throws ProtocolException {
    return new OtSender(extension, extension.sender(wire), wire);
  }

  /// Makes sure that the next `count` COTs (in units) are in stock.
  ///
  /// @return COTs made for it, of which [OtExtension#cost] tells the price; often 0
  public int prepare(int count) throws ProtocolException {
    int batch = stock.lacking(OtExtension.units(count), extension);
    if (batch > 0) {
      int at = stock.grow(batch, false);
      source.extend(stock.blocks(), at, batch);
    }
    return batch;
  }

  /// The next COTs, `count` of them rounded up to units.
  Cots.Sent take(int count) throws ProtocolException {
    prepare(count);
    return stock.take(OtExtension.units(count), source.delta());
  }

  /// The next COTs, for choices of the receiver's own ([OtReceiver#choose]): D. Beaver,
  /// *Precomputing Oblivious Transfer*, CRYPTO 1995. The receiver sends d = c ⊕ r; then t_j = (q_j
  /// ⊕ d_j·Δ) ⊕ c_j·Δ.
  Cots.Sent chosen(int count) throws ProtocolException {
    Cots.Sent cots = take(count);
    int n = cots.count();
    long[] d = new long[n];
    BitSlice.spread(turns(cots), 0, n, d, 0);
    long[] turned = new long[Block.WORDS * n];
    for (int j = 0; j < n; j++) {
      int at = Block.WORDS * (cots.from() + j);
      turned[Block.WORDS * j] = cots.blocks()[at] ^ (-d[j] & cots.delta().low());
      turned[Block.WORDS * j + 1] = cots.blocks()[at + 1] ^ (-d[j] & cots.delta().high());
    }
    return new Cots.Sent(cots.delta(), cots.first(), n, turned, 0);
  }

  /// The plane d of COTs just taken, whose q are still to be turned.
  long[] turns(Cots.Sent cots) throws ProtocolException {
    return wire.receive(cots.count() / Long.SIZE);
  }

  /// Forgets the COTs in stock; the peer does the same.
  void discard() {
    stock.discard();
  }

  Wire wire() {
    return wire;
  }

  TweakedHash hash() {
    return hash;
  }

  @Override
  public String toString() {
    return "OtSender to " + wire.peer();
  }
}
