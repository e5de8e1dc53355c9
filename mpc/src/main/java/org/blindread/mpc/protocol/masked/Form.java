package org.blindread.mpc.protocol.masked;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;

/// How the parties hold a value x; each form serves the ones before it without talking.
enum Form {
  /// P1 and P2 hold summands of x; P0 holds nothing.
  SUMMANDS,
  /// P1 holds x + λ, P2 and P0 hold λ: what a linear layer reads.
  VEILED,
  /// P1 and P2 know Δ = x + λ and hold summands of λ; P0 holds both summands: what a comparison
  /// reads.
  OPENED;

  boolean serves(Form wanted) {
    return compareTo(wanted) >= 0;
  }

  /// The form in which each value of a plan is kept, decided by who reads it: known to every party
  /// before the run, so none has to ask. A rearranged value is opened where it was computed, once,
  /// not in each of its arrangements.
  static List<Form> kept(Plan plan) {
    int steps = plan.steps().size();
    List<Form> wanted = new ArrayList<>(Collections.nCopies(steps, SUMMANDS));
    for (int number = steps - 1; number >= 0; number--) {
      Form mine = wanted.get(number);
      switch (plan.step(number).instruction()) {
        case Instruction.Convolve op -> raise(wanted, op.x(), VEILED);
        case Instruction.Truncate op -> raise(wanted, op.x(), OPENED);
        case Instruction.Relu op -> raise(wanted, op.x(), OPENED);
        case Instruction.Maximum op -> {
          raise(wanted, op.a(), OPENED);
          raise(wanted, op.b(), OPENED);
        }
        case Instruction.Take op -> raise(wanted, op.x(), mine);
        case Instruction.Concat op -> op.operands().forEach(x -> raise(wanted, x, mine));
        case Instruction.Reshape op -> raise(wanted, op.x(), mine);
        case Instruction.Permute op -> raise(wanted, op.x(), mine);
        case Instruction.Pad op -> raise(wanted, op.x(), mine);
        case Instruction.Divide _, Instruction.ArgMax _ ->
            throw new IllegalStateException("a refused instruction got into the plan");
        case Instruction.Input _,
            Instruction.Weight _,
            Instruction.Add _,
            Instruction.Subtract _,
            Instruction.Scale _,
            Instruction.Offset _,
            Instruction.SumPool _,
            Instruction.Output _ -> {}
      }
    }
    return forward(plan, wanted);
  }

  /// A local result of operands that are all held in a higher form comes in that form for nothing.
  private static List<Form> forward(Plan plan, List<Form> wanted) {
    List<Form> kept = new ArrayList<>(wanted);
    for (int number = 0; number < kept.size(); number++) {
      if (plan.step(number).instruction() instanceof Instruction.Local local) {
        Form made = made(local, kept);
        if (made.serves(kept.get(number))) {
          kept.set(number, made);
        }
      }
    }
    return List.copyOf(kept);
  }

  /// The form a local result has before any conversion: the least of its operands' forms.
  static Form made(Instruction.Local local, List<Form> kept) {
    return local.operands().stream().map(kept::get).min(Form::compareTo).orElseThrow();
  }

  private static void raise(List<Form> wanted, int value, Form form) {
    if (!wanted.get(value).serves(form)) {
      wanted.set(value, form);
    }
  }
}
