package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;

/// ⌊(x + half) / 2^t⌋ for −2^(ℓ−2) ≤ x < 2^(ℓ−2).
///
/// CrypTFlow2 (eprint 2020/1002), section 3.3, and Cheetah (eprint 2022/207), section 5.2, whose
/// shift makes the wrap a matter of two bits. Of u = x + half + 2^(ℓ−2) = a + b mod 2^ℓ, 0 ≤ u <
/// 2^(ℓ−1), the vendor holds a, the hospital b, and
///
/// ⌊u / 2^t⌋ = ⌊a / 2^t⌋ + ⌊b / 2^t⌋ + c − 2^(ℓ−t)·m,
///
/// c = [a mod 2^t + b mod 2^t ≥ 2^t], m = [a + b ≥ 2^ℓ] = msb a ∨ msb b, because msb u = 0.
///
/// 1. Faithful: shares of the carry c ([Carries]), and with m ([BitProduct]) as numbers.
/// 2. The formula above, less 2^(ℓ−2−t), on shares.
///
/// Semi-honest. Faithful: no error. Fast: c is left out and 2^(t−1) is added to u in its place; as
/// a is uniform modulo 2^t, c is 1 as often as the dropped fraction says, and the result is x / 2^t
/// rounded up or down at random with the right mean, at most one ulp from the twin's.
///
/// @param bits t, 1 … ℓ − 3
record Truncation(FixedPoint numbers, int bits, Mode mode) implements Elementwise {
  /// What is added to x before the formula, by one party.
  long shift() {
    long lost = mode == Mode.FAST ? 1L << (bits - 1) : 0;
    return numbers.half(bits) + lost + (1L << (numbers.bits() - 2));
  }

  private Carries carries() {
    return new Carries(List.of(new Carries.Segment(0, bits)));
  }

  BitProduct wraps(int count) {
    return new BitProduct(count, bits);
  }

  BitProduct carried(int count) {
    return new BitProduct(count, numbers.bits());
  }

  @Override
  public Demand demand(int count) {
    Demand demand = wraps(count).demand();
    return mode == Mode.FAST
        ? demand
        : demand.plus(carried(count).demand()).plus(carries().demand(count));
  }

  @Override
  public void script(Script script, int count) {
    if (mode == Mode.FAITHFUL) {
      carries().script(script, count);
    }
    numbersScript(script, count);
  }

  /// The messages of [#shift(Dialogue, long[], int, int, long[])].
  void numbersScript(Script script, int count) {
    long[] asks = new long[2];
    long[] answers = new long[2];
    for (int party = 0; party < 2; party++) {
      boolean vendor = party == 0;
      asks[party] = wraps(count).asks(vendor);
      answers[party] = wraps(count).answers(vendor);
      if (mode == Mode.FAITHFUL) {
        asks[party] += carried(count).asks(vendor);
        answers[party] += carried(count).answers(vendor);
      }
    }
    script.exchange(asks[0], asks[1]);
    script.exchange(answers[0], answers[1]);
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] u = shifted(talk, operand, from, count);
    long[] carry = {};
    if (mode == Mode.FAITHFUL) {
      carry = Bits.ofPlane(carries().run(talk, u, 0, count).getFirst(), count);
    }
    System.arraycopy(quotient(talk, u, carry), 0, result, from, count);
  }

  /// Shares of u, ℓ bits each.
  long[] shifted(Dialogue talk, long[] operand, int from, int count) {
    long added = talk.one() * shift();
    long[] u = new long[count];
    for (int i = 0; i < count; i++) {
      u[i] = numbers.unsigned(operand[from + i] + added);
    }
    return u;
  }

  /// Step 2: shares of the quotient.
  ///
  /// @param u this party's share of u
  /// @param carry its share of c, 0 or 1; empty in fast mode
  long[] quotient(Dialogue talk, long[] u, long[] carry) throws ProtocolException {
    int n = u.length;
    int top = numbers.bits() - 1;
    long[] msb = new long[n];
    for (int i = 0; i < n; i++) {
      msb[i] = u[i] >>> top;
    }
    boolean exact = mode == Mode.FAITHFUL;
    BitProduct.Asked wrapped = wraps(n).ask(talk, msb);
    BitProduct.Asked carried = exact ? carried(n).ask(talk, carry) : wrapped;
    wrapped.answer();
    if (exact) {
      carried.answer();
    }
    long[] both = wrapped.receive();
    long[] product = exact ? carried.receive() : new long[0];
    long offset = talk.one() << (numbers.bits() - 2 - bits);
    int wrap = numbers.bits() - bits;
    long[] q = new long[n];
    for (int i = 0; i < n; i++) {
      q[i] = (u[i] >>> bits) - offset - ((msb[i] - both[i]) << wrap);
    }
    for (int i = 0; i < product.length; i++) {
      q[i] += carry[i] - 2 * product[i];
    }
    return q;
  }
}
