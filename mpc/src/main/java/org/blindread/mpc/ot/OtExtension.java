package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.net.ProtocolException;

/// A source of random correlated OTs (COTs), grown from a few base OTs.
///
/// The sender holds one Δ for all; COT j gives it a block q_j, and the receiver a random bit r_j
/// and the block t_j = q_j ⊕ r_j·Δ. Bit 0 of Δ is 1. Neither learns more: Δ stays hidden from the
/// receiver, r from the sender. Everything else ([RandomOt], [ChosenOt], [CorrelatedOt],
/// [OneOfManyOt], [BitTriples]) is made from these, whatever their source.
///
/// COTs come in units of 512, the block of [org.blindread.mpc.tensor.kernel.BitSlice], in whose
/// order the choices of the receiver lie.
public interface OtExtension {
  /// COTs come in multiples of it.
  int UNIT = 512;

  /// COTs made in one go where `count` are wanted, ≥ count; a multiple of [#UNIT].
  int batch(int count);

  /// What [#sender] and [#receiver] cost, base OTs included.
  OtCost setup();

  /// What making `batch` COTs costs.
  OtCost cost(int batch);

  /// The sender's end; the peer calls [#receiver] at the same time.
  ///
  /// @throws ProtocolException if the peer breaks the protocol or the connection
  Sender sender(Wire wire) throws ProtocolException;

  /// The receiver's end.
  ///
  /// @throws ProtocolException if the peer breaks the protocol or the connection
  Receiver receiver(Wire wire) throws ProtocolException;

  /// Makes the blocks q.
  interface Sender {
    Block delta();

    /// Fills the blocks of `blocks` from number `from` on.
    ///
    /// @param batch a value of [OtExtension#batch], the same at the receiver
    void extend(long[] blocks, int from, int batch) throws ProtocolException;
  }

  /// Makes the bits r and the blocks t.
  interface Receiver {
    /// Fills the blocks of `blocks` from number `from` on, and the words of `choices` from
    /// `from`/64 on.
    ///
    /// @param from a multiple of [OtExtension#UNIT]
    /// @param batch a value of [OtExtension#batch], the same at the sender
    void extend(long[] blocks, long[] choices, int from, int batch) throws ProtocolException;
  }

  /// `count` rounded up to units.
  static int units(int count) {
    return Math.ceilDiv(count, UNIT) * UNIT;
  }
}
