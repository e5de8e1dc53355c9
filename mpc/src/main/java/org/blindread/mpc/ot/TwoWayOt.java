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

  /// Makes sure that `count` COTs (in units) of each direction are in stock. Both parties call it
  /// before they use both directions at once.
  public void prepare(int count) throws ProtocolException {
    if (sendsFirst) {
      sender.prepare(count);
      receiver.prepare(count);
    } else {
      receiver.prepare(count);
      sender.prepare(count);
    }
  }
}
