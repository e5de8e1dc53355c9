package org.blindread.mpc.protocol.twoparty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;

/// ([x ≥ 0] ⊕ n)·⌊(x + half) / 2^t⌋, n a secret bit of the vendor: ReLU, truncation and the flip of
/// the forward fold.
///
/// CrypTFlow2 (eprint 2020/1002), sections 3.2 and 3.3, in one tree: with u = a + b of [Truncation]
/// and its top bit T, ℓ−2 or ℓ−1, [x + half ≥ 0] is bit T of u,
///
/// s = a_T ⊕ b_T ⊕ [a mod 2^T + b mod 2^T ≥ 2^T],
///
/// whose carry builds on the one the truncation needs. Where −half ≤ x < 0 the quotient is 0, so
/// that s may stand for [x ≥ 0].
///
/// 1. Shares of the carries into bits t and T ([Carries]); the vendor adds n to its share of s.
/// 2. Shares of the quotient ([Truncation#quotient]).
/// 3. Their product ([Multiplexer]).
///
/// Semi-honest. Faithful: no error. Fast: the carry into t is left out of both, so that the sign is
/// that of the quotient [Truncation] gives: at most one ulp.
///
/// @param bits t, 0 for no truncation
/// @param flips n, one bit a channel, at the vendor; else empty
record Rectifier(FixedPoint numbers, int bits, Mode mode, Range range, long[] flips)
    implements Elementwise {
  private Truncation truncation() {
    return new Truncation(numbers, bits, mode, range);
  }

  private boolean truncates() {
    return bits > 0;
  }

  private int top() {
    return range.topBit(numbers.bits());
  }

  /// Whether the first carry is that into bit t.
  private boolean carriesLow() {
    return truncates() && mode == Mode.FAITHFUL;
  }

  /// Whether the last carry is that out of the ring.
  private boolean carriesWrap() {
    return truncates() && range == Range.FULL;
  }

  private Carries carries() {
    List<Carries.Segment> segments = new ArrayList<>();
    if (carriesLow()) {
      segments.add(new Carries.Segment(0, bits));
    }
    segments.add(new Carries.Segment(bits, top()));
    if (carriesWrap()) {
      segments.add(new Carries.Segment(top(), numbers.bits()));
    }
    return new Carries(segments);
  }

  @Override
  public Demand demand(int count) {
    Demand demand = carries().demand(count).plus(Multiplexer.demand(count));
    return truncates() ? demand.plus(truncation().quotientDemand(count)) : demand;
  }

  @Override
  public void script(Script script, int count) {
    carries().script(script, count);
    if (truncates()) {
      truncation().quotientScript(script, count);
    }
    new Multiplexer(numbers.bits()).script(script, count);
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long[] u = shifted(talk, operand, from, count);
    List<long[]> carries = carries().run(talk, u, 0, count);
    long[] sign = Bits.ofPlane(carries.get(carriesLow() ? 1 : 0), count);
    int top = top();
    for (int i = 0; i < count; i++) {
      sign[i] ^= u[i] >>> top & 1;
    }
    for (int i = 0; i < count && flips.length > 0; i++) {
      sign[i] ^= flips[(from + i) % flips.length];
    }
    long[] factor;
    if (truncates()) {
      long[] carry = carriesLow() ? Bits.ofPlane(carries.getFirst(), count) : new long[0];
      long[] wrap = carriesWrap() ? Bits.ofPlane(carries.getLast(), count) : new long[0];
      factor = truncation().quotient(talk, u, carry, wrap);
    } else {
      factor = Arrays.copyOfRange(operand, from, from + count);
    }
    new Multiplexer(numbers.bits()).select(talk, sign, factor, result, from);
  }

  private long[] shifted(Dialogue talk, long[] operand, int from, int count) {
    if (truncates()) {
      return truncation().shifted(talk, operand, from, count);
    }
    long added = talk.one() << top();
    long[] u = new long[count];
    for (int i = 0; i < count; i++) {
      u[i] = numbers.unsigned(operand[from + i] + added);
    }
    return u;
  }

  @Override
  public String toString() {
    return "Rectifier[%s, by %d bits, %s, %s]".formatted(numbers, bits, mode, range);
  }
}
