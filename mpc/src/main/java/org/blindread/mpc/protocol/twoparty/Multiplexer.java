package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.CorrelatedOt;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// s·x for an XOR-shared bit s and an additively shared x modulo 2^ℓ.
///
/// CrypTFlow2 (eprint 2020/1002), section 3.1.4, in the form with two correlated OTs: s·x = s·x_0 +
/// s·x_1, and with s = s_0 ⊕ s_1 the party i that knows x_i has s·x_i = s_i·x_i + s_{1−i}·(1 −
/// 2s_i)·x_i, whose last product is a correlated OT. Semi-honest.
///
/// 2 rounds, for n elements and N = n rounded up to 512: N/8 + n·⌈ℓ/8⌉ bytes and N COTs each way.
/// No error.
///
/// @param bits ℓ
record Multiplexer(int bits) {
  static Demand demand(int count) {
    int cots = OtExtension.units(count);
    return new Demand(cots, cots);
  }

  void script(Script script, int count) {
    long asks = OtExtension.units(count) / Byte.SIZE;
    script.exchange(asks, asks);
    long answers = (long) count * Math.ceilDiv(bits, Byte.SIZE);
    script.exchange(answers, answers);
  }

  /// @param s this party's shares of the bits, 0 or 1
  /// @param x this party's shares of the numbers, as many
  /// @param y where its shares of the products go
  void select(Dialogue talk, long[] s, long[] x, long[] y, int to) throws ProtocolException {
    int n = x.length;
    long[] plane = new long[BitSlice.words(n)];
    BitSlice.slice(s, 0, n, 0, 1, plane, 0);
    CorrelatedOt.Asked asked = CorrelatedOt.ask(talk.ot().receiver(), plane, n, bits);
    long[] factors = new long[n];
    for (int i = 0; i < n; i++) {
      factors[i] = x[i] - 2 * s[i] * x[i];
    }
    long[] sent = CorrelatedOt.send(talk.ot().sender(), factors, bits);
    long[] received = asked.receive();
    for (int i = 0; i < n; i++) {
      y[to + i] = s[i] * x[i] + sent[i] + received[i];
    }
  }
}
