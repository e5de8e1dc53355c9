package org.blindread.mpc.protocol.twoparty;

import java.util.Arrays;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.FixedPoint;

/// max(d, 0) for −2^(ℓ−1) ≤ d < 2^(ℓ−1): with d = p − q, what has to be added to q to make the
/// larger of p and q.
///
/// CrypTFlow2 (eprint 2020/1002), section 3.2: [d ≥ 0] by [Sign], then [Multiplexer]. Semi-honest.
///
/// Faithful (`dropped` = 0): no error. Else the carry out of the `dropped` lowest bits is left out:
/// a d below 2^dropped may pass for negative, so that the result lacks less than 2^dropped; needs
/// −2^(ℓ−1) + 2^dropped ≤ d.
///
/// @param dropped lowest bits that take no part
record Larger(FixedPoint numbers, int dropped) implements Elementwise {
  private Sign sign() {
    return new Sign(numbers, dropped);
  }

  @Override
  public Demand demand(int count) {
    return sign().demand(count).plus(Multiplexer.demand(count));
  }

  @Override
  public void script(Script script, int count) {
    sign().script(script, count);
    new Multiplexer(numbers.bits()).script(script, count);
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] d = Arrays.copyOfRange(operand, from, from + count);
    long[] positive = new long[count];
    sign().run(talk, d, 0, count, positive);
    new Multiplexer(numbers.bits()).select(talk, positive, d, result, from);
  }
}
