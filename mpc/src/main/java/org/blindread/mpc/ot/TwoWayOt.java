package org.blindread.mpc.ot;

import org.blindread.mpc.net.ProtocolException;

/// OTs between two parties in both directions.
///
/// @param sender this party's end where it sends
/// @param receiver this party's end where it receives
/// @param sendsFirst whether the direction in which this party sends is set up and refilled first
public record TwoWayOt(OtSender sender, OtReceiver receiver, boolean sendsFirst) {
  /// Sets up both directions, first that in which the party first in order of names sends.
  public static TwoWayOt over(OtExtension extension, Wire wire) throws ProtocolException {
    if (wire.self().compareTo(wire.peer()) < 0) {
      OtSender sender = OtSender.over(extension, wire);
      return new TwoWayOt(sender, OtReceiver.over(extension, wire), true);
    }
    OtReceiver receiver = OtReceiver.over(extension, wire);
    return new TwoWayOt(OtSender.over(extension, wire), receiver, false);
  }

  /// Makes sure that so many COTs (in units) are in stock: those this party will send, and those it
  /// will receive. Both parties call it before they use both directions at once; what is sent for
  /// it depends on no data.
  public void prepare(int sends, int receives) throws ProtocolException {
    if (sendsFirst) {
      sender.prepare(sends);
      receiver.prepare(receives);
    } else {
      receiver.prepare(receives);
      sender.prepare(sends);
    }
  }

  /// Forgets what is in stock, so that what comes next costs the same whatever was before it.
  public void discardStock() {
    sender.discard();
    receiver.discard();
  }
}
