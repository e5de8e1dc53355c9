package org.blindread.mpc.protocol.twoparty;

import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;

/// The elementwise protocol of an instruction, for the run and for its price alike.
final class Steps {
  private static final long[] NO_FLIPS = {};

  private Steps() {}

  static Elementwise of(Terms terms, Instruction.Truncate op) {
    return new Truncation(terms.numbers(), op.bits(), terms.mode(), Knobs.range(terms));
  }

  static Elementwise of(Terms terms, Instruction.Relu op) {
    return of(terms, op, NO_FLIPS);
  }

  static Elementwise of(Terms terms, Instruction.Relu op, long[] flips) {
    return new Rectifier(terms.numbers(), op.bits(), terms.mode(), Knobs.range(terms), flips);
  }

  /// A power of two is a truncation that adds no half.
  static Elementwise of(Terms terms, Instruction.Divide op) {
    FixedPoint numbers = terms.numbers();
    if (Integer.bitCount(op.divisor()) > 1) {
      return new Division(numbers, op.divisor());
    }
    FixedPoint floor =
        new FixedPoint(numbers.bits(), numbers.fractionBits(), FixedPoint.Rounding.FLOOR);
    return new Truncation(
        floor, Integer.numberOfTrailingZeros(op.divisor()), terms.mode(), Knobs.range(terms));
  }

  /// @param x shape of what the largest element is sought in
  static Tournament argMax(Terms terms, Shape x) {
    return new Tournament(terms.numbers(), x.extent(-1));
  }

  /// In fast mode the bits below one ulp of the scale f take no part.
  static Elementwise maximum(Terms terms, Step step) {
    int below = Math.max(0, step.scale() - terms.numbers().fractionBits());
    return new Larger(terms.numbers(), terms.mode() == Mode.FAST ? below : 0);
  }
}
