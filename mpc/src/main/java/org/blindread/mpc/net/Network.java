package org.blindread.mpc.net;

/// How the parties of a run reach each other.
public interface Network {
  /// Connects this party with all others and returns when every pair is connected in the control
  /// lane and in each of `lanes` further lanes.
  ///
  /// @param lanes number of lanes for images, ≥ 1; the same at every party
  /// @throws ProtocolException naming the peer, if it cannot be reached in time or is refused
  Session connect(int lanes) throws ProtocolException;
}
