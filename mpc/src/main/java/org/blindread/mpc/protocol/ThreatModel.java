package org.blindread.mpc.protocol;

import java.util.List;

/// The card every run prints: who learns what, who is trusted for what, what a cheat could do.
///
/// @param adversary in one phrase, for example `semi-honest, honest majority`
/// @param learns one sentence a party
/// @param trust what must hold for the claims to hold
/// @param cheating what a party that deviates could do
/// @param paper source of the protocol
public record ThreatModel(
    String adversary, List<String> learns, String trust, String cheating, String paper) {
  public ThreatModel {
    learns = List.copyOf(learns);
  }
}
