package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.net.Party;

/// The parties as the papers number them.
enum Role {
  /// P0: knows all masks, never sees data.
  HELPER,
  /// P1: the vendor, who knows the weights.
  FIRST,
  /// P2: the hospital, who knows the image.
  SECOND;

  static Role of(Party party) {
    if (party.equals(Party.HELPER)) {
      return HELPER;
    }
    if (party.equals(Party.VENDOR)) {
      return FIRST;
    }
    if (party.equals(Party.HOSPITAL)) {
      return SECOND;
    }
    throw new IllegalArgumentException(party + " has no part in this protocol");
  }
}
