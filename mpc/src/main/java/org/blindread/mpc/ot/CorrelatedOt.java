package org.blindread.mpc.ot;

import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Products of a bit and a ring element, shared: the sender has δ_j ∈ Z/2^ℓ, the receiver a bit
/// c_j; they obtain additive shares of c_j·δ_j. What a multiplexer and the change from bits to
/// numbers (B2A, δ = 1 − 2b) are made of.
///
/// The correlated OT of G. Asharov, Y. Lindell, T. Schneider, M. Zohner, *More Efficient Oblivious
/// Transfer*, CCS 2013 (eprint 2013/552), section 5.4, with the correlation x ↦ x + δ_j; N. Gilboa,
/// CRYPTO 1999. Threat model: that of the extension.
///
/// 1. Receiver: sends d = c ⊕ r, which makes its random choices c.
/// 2. Sender: sends y = m_0 + δ − m_1; its share is −m_0.
/// 3. Receiver: its share is m_c + c·y, which is m_0 + c·δ.
///
/// 2 rounds; for n products, N = n rounded up to 512: N/8 bytes from the receiver, n·⌈ℓ/8⌉ from the
/// sender, N COTs. No error.
public final class CorrelatedOt {
  private CorrelatedOt() {}

  public static OtCost cost(int count, int bits) {
    return new OtCost(2, (long) count * bytesEach(bits), OtExtension.units(count) / Byte.SIZE);
  }

  private static int bytesEach(int bits) {
    return Math.ceilDiv(bits, Byte.SIZE);
  }

  /// The sender's part.
  ///
  /// @param delta the factors
  /// @param bits ℓ, 1 … 64
  /// @return its shares, 0 … 2^ℓ − 1
  public static long[] send(OtSender ot, long[] delta, int bits) throws ProtocolException {
    int count = delta.length;
    RandomOt.Pairs pads = RandomOt.pads(ot, ot.chosen(count));
    long mask = Planes.lowBits(bits);
    long[] y = new long[count];
    long[] share = new long[count];
    for (int j = 0; j < count; j++) {
      y[j] = (pads.zero()[j] + delta[j] - pads.one()[j]) & mask;
      share[j] = -pads.zero()[j] & mask;
    }
    ot.wire().sendElements(y, count, bytesEach(bits));
    return share;
  }

  /// The receiver's part.
  ///
  /// @param choices 0 or 1 each
  /// @param bits ℓ, 1 … 64
  /// @return its shares, 0 … 2^ℓ − 1
  public static long[] receive(OtReceiver ot, long[] choices, int bits) throws ProtocolException {
    return ask(ot, Planes.ofBits(choices), choices.length, bits).receive();
  }

  /// Step 1, so that both parties may ask before either answers.
  ///
  /// @param choices a plane for `count` bits, in the order of [BitSlice]; filled up with any bits
  public static Asked ask(OtReceiver ot, long[] choices, int count, int bits)
      throws ProtocolException {
    return new Asked(ot, ot.choose(choices), count, bits);
  }

  /// A receiver that has sent its choices.
  public static final class Asked {
    private final OtReceiver ot;
    private final Cots.Received cots;
    private final int count;
    private final int bits;

    private Asked(OtReceiver ot, Cots.Received cots, int count, int bits) {
      this.ot = ot;
      this.cots = cots;
      this.count = count;
      this.bits = bits;
    }

    /// Step 3: the receiver's shares, 0 … 2^ℓ − 1. Call it once.
    public long[] receive() throws ProtocolException {
      long[] pads = RandomOt.pads(ot, cots);
      long[] y = ot.wire().receiveElements(count, bytesEach(bits));
      long[] choices = new long[count];
      BitSlice.spread(cots.choices(), cots.choicesFrom(), count, choices, 0);
      long mask = Planes.lowBits(bits);
      long[] share = new long[count];
      for (int j = 0; j < count; j++) {
        share[j] = (pads[j] + (y[j] & -choices[j])) & mask;
      }
      return share;
    }
  }
}
