package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.TweakedHash;
import org.blindread.mpc.net.ProtocolException;

/// Random OT: the sender obtains two random words a transfer, the receiver a random choice and the
/// word of its choice; nothing is sent.
///
/// m_i = H(j, q_j ⊕ i·Δ), H of [TweakedHash], j the index of the COT; the receiver hashes t_j = q_j
/// ⊕ r_j·Δ (Ishai et al. 2003, as [Iknp]). Threat model: that of the extension, and H correlation
/// robust. 0 rounds, 0 bytes, one COT a transfer. No error.
public final class RandomOt {
  private RandomOt() {}

  /// The sender's words; transfer j is at index j.
  public record Pairs(long[] zero, long[] one) {
    @Override
    public String toString() {
      return "Pairs[hidden]";
    }
  }

  /// The receiver's choices, a plane of bits in the order of
  /// [org.blindread.mpc.tensor.kernel.BitSlice], and words.
  public record Picked(long[] choices, long[] values) {
    @Override
    public String toString() {
      return "Picked[hidden]";
    }
  }

  /// The sender's part of `count` transfers; arrays are as long as the count rounded up to
  /// [OtExtension#UNIT].
  public static Pairs send(OtSender ot, int count) throws ProtocolException {
    return pads(ot, ot.take(count));
  }

  /// The receiver's part.
  public static Picked receive(OtReceiver ot, int count) throws ProtocolException {
    Cots.Received cots = ot.take(count);
    return new Picked(cots.choicePlane(), pads(ot, cots));
  }

  /// Both words of COTs whose choices are random or were turned.
  static Pairs pads(OtSender ot, Cots.Sent cots) {
    TweakedHash.Tweaks tweaks = ot.hash().claim(cots.first(), cots.count());
    Pairs pairs = new Pairs(new long[cots.count()], new long[cots.count()]);
    ot.hash().low(tweaks, cots.blocks(), cots.from(), Block.ZERO, pairs.zero, 0);
    ot.hash().low(tweaks, cots.blocks(), cots.from(), cots.delta(), pairs.one, 0);
    return pairs;
  }

  static long[] pads(OtReceiver ot, Cots.Received cots) {
    TweakedHash.Tweaks tweaks = ot.hash().claim(cots.first(), cots.count());
    long[] values = new long[cots.count()];
    ot.hash().low(tweaks, cots.blocks(), cots.from(), Block.ZERO, values, 0);
    return values;
  }
}
