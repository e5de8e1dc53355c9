package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.net.ProtocolException;

/// Where correlated randomness comes from: everything that depends on masks alone. One
/// implementation per role; the live helper is one source, a dealer's files or homomorphic
/// encryption on the hospital's mask can be others.
///
/// All parties call the same methods in the same order with the same sizes.
interface Correlations {
  /// Begins the correlations of one step.
  ///
  /// @param tag number of the step
  /// @param bytes all that [#share] will carry in this step
  void begin(int tag, long bytes) throws ProtocolException;

  /// Fresh masks, one word an element: an evaluator's own summand goes to its array, P0 gets both.
  /// Costs nothing on the wire.
  ///
  /// @param first P1's summand; untouched at P2
  /// @param second P2's summand; untouched at P1
  void mask(long[] first, long[] second, int from, int count);

  /// A fresh mask that P0 and P2 know; untouched at P1. Costs nothing on the wire.
  void veil(long[] mask);

  /// P0 splits values it knows: in at P0, this evaluator's share out at P1 and P2.
  ///
  /// @param bytesEach bytes of an element on the wire
  void share(long[] values, int from, int count, Sharing sharing, int bytesEach)
      throws ProtocolException;

  /// How two shares make the value.
  enum Sharing {
    /// v = v_1 + v_2 modulo 2^ℓ.
    SUM,
    /// v = v_1 ⊕ v_2.
    XOR
  }
}
