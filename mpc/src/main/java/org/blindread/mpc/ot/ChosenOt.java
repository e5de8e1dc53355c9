package org.blindread.mpc.ot;

import org.blindread.mpc.net.ProtocolException;

/// 1-of-2 OT: the sender has messages x_0, x_1 of up to 64 bits, the receiver chooses c and learns
/// x_c; neither learns more.
///
/// D. Beaver, *Precomputing Oblivious Transfer*, CRYPTO 1995, on random OTs. Threat model: that of
/// the extension.
///
/// 1. Receiver: sends d = c ⊕ r, which makes its random choices c.
/// 2. Sender: sends y_i = x_i ⊕ m_i, i = 0, 1. Receiver: x_c = y_c ⊕ m_c.
///
/// 2 rounds; for n transfers of messages of b bytes, N = n rounded up to 512: N/8 bytes from the
/// receiver, 2nb from the sender, N COTs. No error.
public final class ChosenOt {
  private ChosenOt() {}

  public static OtCost cost(int count, int bytesEach) {
    return new OtCost(2, 2L * count * bytesEach, OtExtension.units(count) / Byte.SIZE);
  }

  /// The sender's part.
  ///
  /// @param zero x_0 of each transfer, in its `bytesEach` low bytes
  /// @param one x_1 of each transfer
  public static void send(OtSender ot, long[] zero, long[] one, int bytesEach)
      throws ProtocolException {
    if (zero.length != one.length) {
      throw new IllegalArgumentException(
          "%d messages for choice 0, %d for choice 1".formatted(zero.length, one.length));
    }
    int count = zero.length;
    RandomOt.Pairs pads = RandomOt.pads(ot, ot.chosen(count));
    long[] y = new long[2 * count];
    for (int j = 0; j < count; j++) {
      y[j] = zero[j] ^ pads.zero()[j];
      y[count + j] = one[j] ^ pads.one()[j];
    }
    ot.wire().sendElements(y, y.length, bytesEach);
  }

  /// The receiver's part.
  ///
  /// @param choices 0 or 1 each
  /// @return x_c of each transfer
  public static long[] receive(OtReceiver ot, long[] choices, int bytesEach)
      throws ProtocolException {
    int count = choices.length;
    long[] pads = RandomOt.pads(ot, ot.choose(Planes.ofBits(choices)));
    long[] y = ot.wire().receiveElements(2 * count, bytesEach);
    long mask = Planes.lowBits(Byte.SIZE * bytesEach);
    long[] x = new long[count];
    for (int j = 0; j < count; j++) {
      long select = -choices[j];
      x[j] = ((y[j] & ~select) ^ (y[count + j] & select) ^ pads[j]) & mask;
    }
    return x;
  }
}
