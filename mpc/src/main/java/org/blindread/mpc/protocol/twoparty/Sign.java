package org.blindread.mpc.protocol.twoparty;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.FixedPoint;

/// [d ≥ 0] for −2^(ℓ−1) ≤ d < 2^(ℓ−1): XOR shares of a bit.
///
/// CrypTFlow2 (eprint 2020/1002), section 3.2: [d ≥ 0] = ¬(a_{ℓ−1} ⊕ b_{ℓ−1} ⊕ carry into ℓ−1) by
/// [Carries]. Semi-honest.
///
/// @param dropped lowest bits that take no part: 0 for no error; else a d below 2^dropped may pass
///   for negative
record Sign(FixedPoint numbers, int dropped) implements Elementwise {
  private Carries carries() {
    return new Carries(List.of(new Carries.Segment(dropped, numbers.bits() - 1)));
  }

  @Override
  public Demand demand(int count) {
    return carries().demand(count);
  }

  @Override
  public void script(Script script, int count) {
    carries().script(script, count);
  }

  /// @param result this party's shares of the bits, 0 or 1
  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] d = Arrays.copyOfRange(operand, from, from + count);
    long[] carry = Bits.ofPlane(carries().run(talk, d, 0, count).getFirst(), count);
    int top = numbers.bits() - 1;
    for (int i = 0; i < count; i++) {
      result[from + i] = carry[i] ^ (d[i] >>> top & 1) ^ talk.one();
    }
  }
}
