package org.blindread.mpc.protocol.masked;

import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;

/// Which bits each instruction compares.
final class Trees {
  private Trees() {}

  /// The borrow into bit t of a truncation by t.
  static BorrowTree truncation(int bits) {
    return BorrowTree.of(bits, bits);
  }

  /// Bit ℓ−2 of the shifted value, and the borrow into the truncated bits.
  static BorrowTree relu(FixedPoint numbers, Instruction.Relu op, Mode mode) {
    return BorrowTree.of(numbers.bits() - 2, borrows(op, mode) ? op.bits() : 0);
  }

  /// Whether a ReLU needs the exact borrow: [Mode#FAST] leaves it out, for one ulp.
  static boolean borrows(Instruction.Relu op, Mode mode) {
    return op.bits() > 0 && mode == Mode.FAITHFUL;
  }

  /// Bit ℓ−1 of a difference.
  static BorrowTree maximum(FixedPoint numbers) {
    return BorrowTree.of(numbers.bits() - 1, 0);
  }
}
