package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.FixedPoint;

/// ⌊x / d⌋ for a public d and −2^(ℓ−2) ≤ x < 2^(ℓ−2).
///
/// CrypTFlow2 (eprint 2020/1002), section 4, with the shift of [Truncation] that makes the wrap a
/// matter of two bits. Of x + 2^(ℓ−2) = a + b mod 2^ℓ the vendor holds a, the hospital b. Over the
/// integers
///
/// x = (a − 2^(ℓ−2)) + b − w·2^ℓ, w = msb a ∨ msb b,
///
/// and with a − 2^(ℓ−2) = d·a1 + a0, b = d·b1 + b0, 2^ℓ = d·n1 + n0, remainders 0 … d − 1,
///
/// ⌊x / d⌋ = a1 + b1 − w·n1 + ⌊e / d⌋, e = a0 + b0 − w·n0, −d < e < 2d,
///
/// where ⌊e / d⌋ = 1 − [e < 0] − [e < d] is a matter of two signs in 2 + ⌈log₂ d⌉ bits.
///
/// 1. Shares of w as a number ([BitProduct]); of e, from it.
/// 2. The top bits of e and e − d, modulo 2^(2 + ⌈log₂ d⌉) ([Carries], both at once).
/// 3. Both bits as numbers ([BitProduct]), and the formula above on shares.
///
/// Semi-honest. No error, in either mode. 6 + ⌈log₂ leaves⌉ rounds for the leaves of 1 + ⌈log₂ d⌉
/// bits.
///
/// @param divisor d, 2 … 2^(ℓ−2) − 1
record Division(FixedPoint numbers, int divisor) implements Elementwise {
  /// Bits that hold −2d … 2d − 1.
  private int width() {
    return 2 + Integer.SIZE - Integer.numberOfLeadingZeros(divisor - 1);
  }

  private Carries carries() {
    return new Carries(List.of(new Carries.Segment(0, width() - 1)));
  }

  private BitProduct product(int count) {
    return new BitProduct(count, numbers.bits());
  }

  @Override
  public Demand demand(int count) {
    return product(count)
        .demand()
        .plus(carries().demand(2 * count))
        .plus(product(2 * count).demand());
  }

  @Override
  public void script(Script script, int count) {
    product(count).script(script);
    carries().script(script, 2 * count);
    product(2 * count).script(script);
  }

  @Override
  public void run(Dialogue talk, long[] operand, int from, int count, long[] result)
      throws ProtocolException {
    long quarter = talk.one() << (numbers.bits() - 2);
    long[] msb = new long[count];
    long[] rest = new long[count];
    for (int i = 0; i < count; i++) {
      long a = numbers.unsigned(operand[from + i] + quarter);
      msb[i] = a >>> (numbers.bits() - 1);
      // a − quarter may take 64 bits beside its sign; where it is negative, it does not.
      boolean negative = Long.compareUnsigned(a, quarter) < 0;
      long summand = a - quarter;
      result[from + i] =
          negative ? Math.floorDiv(summand, divisor) : Long.divideUnsigned(summand, divisor);
      rest[i] =
          negative ? Math.floorMod(summand, divisor) : Long.remainderUnsigned(summand, divisor);
    }
    // Step 1. 2^ℓ itself may take 65 bits: n1 and n0 from 2^ℓ − 1.
    long[] both = product(count).multiply(talk, msb);
    long all = numbers.unsigned(-1);
    long last = Long.remainderUnsigned(all, divisor) + 1;
    long n1 = Long.divideUnsigned(all, divisor) + last / divisor;
    long n0 = last % divisor;
    long[] remainders = new long[2 * count];
    for (int i = 0; i < count; i++) {
      long wrap = msb[i] - both[i];
      result[from + i] -= wrap * n1;
      remainders[i] = rest[i] - wrap * n0;
      remainders[count + i] = remainders[i] - talk.one() * divisor;
    }
    // Step 2.
    long[] signs =
        Bits.ofPlane(carries().run(talk, remainders, 0, 2 * count).getFirst(), 2 * count);
    int top = width() - 1;
    for (int i = 0; i < 2 * count; i++) {
      signs[i] ^= remainders[i] >>> top & 1;
    }
    // Step 3.
    long[] common = product(2 * count).multiply(talk, signs);
    for (int i = 0; i < count; i++) {
      long negative = signs[i] - 2 * common[i];
      long below = signs[count + i] - 2 * common[count + i];
      result[from + i] += talk.one() - negative - below;
    }
  }
}
