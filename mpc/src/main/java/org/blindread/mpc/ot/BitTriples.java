package org.blindread.mpc.ot;

import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Shared products of random bits, each used for one AND: planes a, b, c of each party with (a_0 ⊕
/// a_1) ∧ (b_0 ⊕ b_1) = c_0 ⊕ c_1, in the order of [BitSlice]. D. Beaver, CRYPTO 1991.
///
/// From two random OTs, one in each direction (G. Asharov et al., CCS 2013, eprint 2013/552,
/// section 5.4: multiplication triples from random OT). A triple of width w multiplies one bit a by
/// w bits b at the price of one, its OTs having messages of w bits (CrypTFlow2, eprint 2020/1002,
/// section 3.1.2: correlated triples). Threat model: that of the extension.
///
/// In the OTs in which party i is the sender it obtains words m_0, m_1, and sets b_i = m_0 ⊕ m_1,
/// v_i = m_0; the receiver, with random choice a_{1−i}, obtains u_{1−i} = m_0 ⊕ a_{1−i}·b_i. So
/// a_{1−i}·b_i = u_{1−i} ⊕ v_i, and c_i = a_i·b_i ⊕ u_i ⊕ v_i.
///
/// 0 rounds, 0 bytes, a COT in each direction for a triple. No error.
///
/// @param count triples, a multiple of [OtExtension#UNIT]
/// @param width w, bits b to a bit a
/// @param a one plane
/// @param b w planes, one after the other
/// @param c w planes
public record BitTriples(int count, int width, long[] a, long[] b, long[] c) {
  /// Makes `count` triples, rounded up to units. Both parties call it.
  ///
  /// @param width 1 … 64
  public static BitTriples make(TwoWayOt ot, int count, int width) throws ProtocolException {
    int n = OtExtension.units(count);
    ot.prepare(n, n);
    RandomOt.Pairs pairs = RandomOt.send(ot.sender(), n);
    RandomOt.Picked picked = RandomOt.receive(ot.receiver(), n);
    long[] a = picked.choices();
    long[] u = Planes.ofLowBits(picked.values(), n, width);
    long[] v = Planes.ofLowBits(pairs.zero(), n, width);
    long[] b = Planes.ofLowBits(pairs.one(), n, width);
    long[] c = new long[b.length];
    for (int w = 0; w < c.length; w++) {
      b[w] ^= v[w];
      c[w] = (a[w % a.length] & b[w]) ^ u[w] ^ v[w];
    }
    return new BitTriples(n, width, a, b, c);
  }

  @Override
  public String toString() {
    return "BitTriples[" + count + ", hidden]";
  }
}
