package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.net.ProtocolException;

/// A way to multiply the hospital's secret x by the vendor's secret weights, for one layer: y_0 +
/// y_1 = W·x modulo 2^ℓ.
interface Linear {
  /// The vendor's part.
  ///
  /// @return y_0
  long[] vendor(Dialogue talk) throws ProtocolException;

  /// The hospital's part.
  ///
  /// @param x S×Cin elements, channels last
  /// @return y_1
  long[] hospital(Dialogue talk, long[] x) throws ProtocolException;
}
