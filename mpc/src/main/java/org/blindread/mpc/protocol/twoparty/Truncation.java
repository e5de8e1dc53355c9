package org.blindread.mpc.protocol.twoparty;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;

/// ⌊(x + half) / 2^t⌋.
///
/// CrypTFlow2 (eprint 2020/1002), section 3.3; for values with headroom, −2^(ℓ−2) ≤ x < 2^(ℓ−2),
/// Cheetah (eprint 2022/207), section 5.2, whose shift makes the wrap a matter of two bits. Of u =
/// x
/// + half + 2^(ℓ−2) = a + b mod 2^ℓ, 0 ≤ u < 2^(ℓ−1), the vendor holds a, the hospital b, and
///
/// ⌊u / 2^t⌋ = ⌊a / 2^t⌋ + ⌊b / 2^t⌋ + c − 2^(ℓ−t)·m,
///
/// c = [a mod 2^t + b mod 2^t ≥ 2^t], m = [a + b ≥ 2^ℓ], which is msb a ∨ msb b because msb u = 0.
/// Over the full range u = x + half + 2^(ℓ−1), and m is the carry out of bit ℓ − 1.
///
/// 1. Shares of the carries that are needed ([Carries]); as numbers, with m ([BitProduct]).
/// 2. The formula above, less 2^(ℓ−2−t) or 2^(ℓ−1−t), on shares.
///
/// Semi-honest. Faithful: no error. Fast: c is left out and 2^(t−1) is added to u in its place; as
/// a is uniform modulo 2^t, c is 1 as often as the dropped fraction says, and the result is x / 2^t
/// rounded up or down at random with the right mean, at most one ulp from the twin's.
///
/// @param bits t, 1 … ℓ − 3
record Truncation(FixedPoint numbers, int bits, Mode mode, Range range) implements Elementwise {
  boolean exact() {
    return mode == Mode.FAITHFUL;
  }

  private boolean wrapIsCarry() {
    return range == Range.FULL;
  }

  /// What one party adds to x: half, 2^topBit, and in fast mode the mean of the lost carry.
  long shift() {
    long lost = exact() ? 0 : 1L << (bits - 1);
    return numbers.half(bits) + lost + (1L << range.topBit(numbers.bits()));
  }

  private List<Carries.Segment> segments() {
    List<Carries.Segment> segments = new ArrayList<>();
    if (exact()) {
      segments.add(new Carries.Segment(0, bits));
    }
    if (wrapIsCarry()) {
      segments.add(new Carries.Segment(bits, numbers.bits()));
    }
    return segments;
  }

  BitProduct wraps(int count) {
    return new BitProduct(count, bits);
  }

  BitProduct carried(int count) {
    return new BitProduct(count, numbers.bits());
  }

  /// COTs of step 2.
  Demand quotientDemand(int count) {
    Demand demand = wraps(count).demand();
    return exact() ? demand.plus(carried(count).demand()) : demand;
  }

  @Override
  public Demand demand(int count) {
    List<Carries.Segment> segments = segments();
    Demand demand = quotientDemand(count);
    return segments.isEmpty() ? demand : demand.plus(new Carries(segments).demand(count));
  }

  @Override
  public void script(Script script, int count) {
    if (!segments().isEmpty()) {
      new Carries(segments()).script(script, count);
    }
    quotientScript(script, count);
  }

  /// The messages of [#quotient].
  void quotientScript(Script script, int count) {
    List<BitProduct> products =
        exact() ? List.of(wraps(count), carried(count)) : List.of(wraps(count));
    script.exchange(
        products.stream().mapToLong(p -> p.asks(true)).sum(),
        products.stream().mapToLong(p -> p.asks(false)).sum());
    script.exchange(
        products.stream().mapToLong(p -> p.answers(true)).sum(),
        products.stream().mapToLong(p -> p.answers(false)).sum());
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] u = shifted(talk, operand, from, count);
    List<Carries.Segment> segments = segments();
    List<long[]> carries =
        segments.isEmpty() ? List.of() : new Carries(segments).run(talk, u, 0, count);
    long[] carry = exact() ? Bits.ofPlane(carries.getFirst(), count) : new long[0];
    long[] wrap = wrapIsCarry() ? Bits.ofPlane(carries.getLast(), count) : new long[0];
    System.arraycopy(quotient(talk, u, carry, wrap), 0, result, from, count);
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
  /// @param wrap its share of m over the full range, else empty
  long[] quotient(Dialogue talk, long[] u, long[] carry, long[] wrap) throws ProtocolException {
    int n = u.length;
    long[] m = wrap;
    if (!wrapIsCarry()) {
      int top = numbers.bits() - 1;
      m = new long[n];
      for (int i = 0; i < n; i++) {
        m[i] = u[i] >>> top;
      }
    }
    BitProduct.Asked wrapped = wraps(n).ask(talk, m);
    BitProduct.Asked carried = exact() ? carried(n).ask(talk, carry) : wrapped;
    wrapped.answer();
    if (exact()) {
      carried.answer();
    }
    long[] both = wrapped.receive();
    long[] product = exact() ? carried.receive() : new long[0];
    long offset = talk.one() << (range.topBit(numbers.bits()) - bits);
    int weight = numbers.bits() - bits;
    // m is an OR or a XOR of two bits.
    int twice = wrapIsCarry() ? 1 : 0;
    long[] q = new long[n];
    for (int i = 0; i < n; i++) {
      q[i] = (u[i] >>> bits) - offset - ((m[i] - (both[i] << twice)) << weight);
    }
    for (int i = 0; i < product.length; i++) {
      q[i] += carry[i] - 2 * product[i];
    }
    return q;
  }
}
