package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.net.Party;

/// The parties as the papers number them.
enum Role {
  /// The helper: knows all masks, never sees data.
  P0,
  /// The vendor, who knows the weights.
  P1,
  /// The hospital, who knows the image.
  P2;

  static Role of(Party party) {
    if (party.equals(Party.HELPER)) {
      return P0;
    }
    if (party.equals(Party.VENDOR)) {
      return P1;
    }
    if (party.equals(Party.HOSPITAL)) {
      return P2;
    }
    throw new IllegalArgumentException(party + " has no part in this protocol");
  }
}
