package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;

/// ([x ≥ 0] ⊕ n)·⌊(x + half) / 2^t⌋ for −2^(ℓ−2) ≤ x < 2^(ℓ−2), n a secret bit of the vendor: ReLU,
/// truncation and the flip of the forward fold.
///
/// CrypTFlow2 (eprint 2020/1002), sections 3.2 and 3.3, in one tree: with u = a + b of
/// [Truncation], [x + half ≥ 0] is bit ℓ−2 of u,
///
/// s = a_{ℓ−2} ⊕ b_{ℓ−2} ⊕ [a mod 2^(ℓ−2) + b mod 2^(ℓ−2) ≥ 2^(ℓ−2)],
///
/// whose carry builds on the one the truncation needs. Where −half ≤ x < 0 the quotient is 0, so
/// that s may stand for [x ≥ 0].
///
/// 1. Shares of the carries into bits t and ℓ−2 ([Carries]); the vendor adds n to its share of s.
/// 2. Shares of the quotient ([Truncation#quotient]).
/// 3. Their product ([Multiplexer]).
///
/// Semi-honest. Faithful: no error. Fast: the carry into t is left out of both, so that the sign is
/// that of the quotient [Truncation] gives: at most one ulp.
///
/// @param bits t, 0 for no truncation
/// @param flips n, one bit a channel, at the vendor; else empty
record Rectifier(FixedPoint numbers, int bits, Mode mode, long[] flips) implements Elementwise {
  private Truncation truncation() {
    return new Truncation(numbers, bits, mode);
  }

  private boolean truncates() {
    return bits > 0;
  }

  private Carries carries() {
    Carries.Segment high = new Carries.Segment(bits, numbers.bits() - 2);
    return new Carries(
        truncates() && mode == Mode.FAITHFUL
            ? List.of(new Carries.Segment(0, bits), high)
            : List.of(high));
  }

  @Override
  public Demand demand(int count) {
    Demand demand = carries().demand(count).plus(Multiplexer.demand(count));
    if (!truncates()) {
      return demand;
    }
    Demand wraps = truncation().wraps(count).demand();
    return mode == Mode.FAST
        ? demand.plus(wraps)
        : demand.plus(wraps).plus(truncation().carried(count).demand());
  }

  @Override
  public void script(Script script, int count) {
    carries().script(script, count);
    if (truncates()) {
      truncation().numbersScript(script, count);
    }
    new Multiplexer(numbers.bits()).script(script, count);
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] u = shifted(talk, operand, from, count);
    List<long[]> carries = carries().run(talk, u, 0, count);
    long[] sign = Bits.ofPlane(carries.getLast(), count);
    int top = numbers.bits() - 2;
    for (int i = 0; i < count; i++) {
      sign[i] ^= u[i] >>> top & 1;
    }
    for (int i = 0; i < count && flips.length > 0; i++) {
      sign[i] ^= flips[(from + i) % flips.length];
    }
    long[] factor;
    if (truncates()) {
      boolean exact = mode == Mode.FAITHFUL;
      long[] carry = exact ? Bits.ofPlane(carries.getFirst(), count) : new long[0];
      factor = truncation().quotient(talk, u, carry);
    } else {
      factor = java.util.Arrays.copyOfRange(operand, from, from + count);
    }
    new Multiplexer(numbers.bits()).select(talk, sign, factor, result, from);
  }

  private long[] shifted(Dialogue talk, long[] operand, int from, int count) {
    if (truncates()) {
      return truncation().shifted(talk, operand, from, count);
    }
    long added = talk.one() << (numbers.bits() - 2);
    long[] u = new long[count];
    for (int i = 0; i < count; i++) {
      u[i] = numbers.unsigned(operand[from + i] + added);
    }
    return u;
  }

  @Override
  public String toString() {
    return "Rectifier[" + numbers + ", by " + bits + " bits, " + mode + "]";
  }
}
