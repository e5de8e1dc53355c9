package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.TweakedHash;
import org.blindread.mpc.net.ProtocolException;

/// One party's end of all OTs in which it is the receiver; see [OtSender]. For one thread.
public final class OtReceiver {
  private final OtExtension extension;
  private final OtExtension.Receiver source;
  private final Wire wire;
  private final TweakedHash hash;
  private final Stock stock = new Stock();

  private OtReceiver(OtExtension extension, OtExtension.Receiver source, Wire wire) {
    this.extension = extension;
    this.source = source;
    this.wire = wire;
    this.hash = new TweakedHash(wire.publicCoins("hash of random ots"));
  }

  /// Runs the set-up of an extension with the peer.
  public static OtReceiver over(OtExtension extension, Wire wire) throws ProtocolException {
    return new OtReceiver(extension, extension.receiver(wire), wire);
  }

  /// Makes sure that the next `count` COTs (in units) are in stock.
  ///
  /// @return COTs made for it, of which [OtExtension#cost] tells the price; often 0
  public int prepare(int count) throws ProtocolException {
    int batch = stock.lacking(OtExtension.units(count), extension);
    if (batch > 0) {
      int at = stock.grow(batch, true);
      source.extend(stock.blocks(), stock.choices(), at, batch);
    }
    return batch;
  }

  /// The next COTs, `count` of them rounded up to units, with random choices.
  Cots.Received take(int count) throws ProtocolException {
    prepare(count);
    return stock.take(OtExtension.units(count));
  }

  /// The next COTs, turned to choices of our own; see [OtSender#chosen].
  ///
  /// @param plane the choices, one word for 64 COTs, for a whole number of units
  Cots.Received choose(long[] plane) throws ProtocolException {
    if (plane.length % (OtExtension.UNIT / Long.SIZE) != 0) {
      throw new IllegalArgumentException(
          "a plane of choices has a multiple of 8 words, not " + plane.length);
    }
    Cots.Received cots = take(plane.length * Long.SIZE);
    long[] d = cots.choicePlane();
    for (int w = 0; w < d.length; w++) {
      d[w] ^= plane[w];
    }
    wire.send(d);
    return new Cots.Received(
        plane.clone(), 0, cots.first(), cots.count(), cots.blocks(), cots.from());
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
    return "OtReceiver from " + wire.peer();
  }
}
