package org.blindread.mpc.protocol.masked;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;

/// What a step sends: P0's stream and the online messages, in order.
///
/// @param shared bytes P0 sends to P2
/// @param messages between the evaluators
record StepCost(long shared, List<Message> messages) {
  /// Who sends.
  enum Way {
    P1_TO_P2,
    P2_TO_P1,
    BOTH
  }

  /// @param bytes what each sender sends
  record Message(Way way, long bytes) {}

  StepCost {
    messages = List.copyOf(messages);
  }

  /// The declared cost of every step of a plan, for one image.
  static List<StepCost> of(Plan plan, Terms terms) {
    List<Form> kept = Form.kept(plan);
    List<StepCost> costs = new ArrayList<>();
    for (int number = 0; number < plan.steps().size(); number++) {
      costs.add(of(plan, terms, kept, number));
    }
    return costs;
  }

  private static StepCost of(Plan plan, Terms terms, List<Form> kept, int number) {
    Step step = plan.step(number);
    int n = step.shape().size();
    int ring = terms.numbers().bytesPerElement();
    List<Message> messages = new ArrayList<>();
    long shared = 0;
    Form made = Form.SUMMANDS;
    switch (step.instruction()) {
      case Instruction.Input _ -> {}
      case Instruction.Weight _ -> {
        return new StepCost(0, List.of());
      }
      case Instruction.Convolve _ -> shared = (long) n * ring;
      case Instruction.Local local -> made = Form.made(local, kept);
      case Instruction.Truncate op -> {
        BorrowTree tree = Trees.truncation(op.bits());
        shared =
            compare(tree, false, true, n, messages) + Assembly.truncate(terms, op.bits()).bytes(n);
      }
      case Instruction.Relu op -> {
        boolean borrow = Trees.borrows(op, terms.mode());
        BorrowTree tree = Trees.relu(terms.numbers(), op, terms.mode());
        shared =
            compare(tree, true, borrow, n, messages) + Assembly.relu(terms, op.bits()).bytes(n);
      }
      case Instruction.Maximum _ -> {
        BorrowTree tree = Trees.maximum(terms.numbers());
        shared = compare(tree, true, false, n, messages) + Assembly.maximum(terms).bytes(n);
      }
      case Instruction.Divide _, Instruction.ArgMax _ ->
          throw new IllegalStateException("a refused instruction got into the plan");
      case Instruction.Output _ -> {
        output(terms.reveal(), (long) n * ring, messages);
        return new StepCost(0, messages);
      }
    }
    if (!made.serves(kept.get(number))) {
      Way way = kept.get(number) == Form.OPENED ? Way.BOTH : Way.P2_TO_P1;
      messages.add(new Message(way, (long) n * ring));
    }
    return new StepCost(shared, messages);
  }

  private static long compare(
      BorrowTree tree, boolean sign, boolean borrow, int n, List<Message> messages) {
    long words = Comparison.words(n);
    for (int level = 0; level < tree.levels().size(); level++) {
      messages.add(new Message(Way.BOTH, 8 * words * tree.planes(level)));
    }
    messages.add(new Message(Way.BOTH, 8 * words * ((sign ? 1 : 0) + (borrow ? 1 : 0))));
    return 8 * Comparison.sharedWords(tree, sign, borrow, n);
  }

  private static void output(Reveal reveal, long bytes, List<Message> messages) {
    switch (reveal) {
      case HOSPITAL -> messages.add(new Message(Way.P1_TO_P2, bytes));
      case VENDOR -> messages.add(new Message(Way.P2_TO_P1, bytes));
      case BOTH -> messages.add(new Message(Way.BOTH, bytes));
      case NONE -> {}
    }
  }

  /// Rounds and bytes of each step; rounds are what the step adds to the longest chain of online
  /// messages (Lamport's clocks of both evaluators, as [org.blindread.mpc.net.Lane] counts them).
  static List<Cost> declared(Plan plan, Terms terms) {
    String vendorToHospital = Party.VENDOR.to(Party.HOSPITAL);
    String hospitalToVendor = Party.HOSPITAL.to(Party.VENDOR);
    List<Cost> costs = new ArrayList<>();
    int first = 0;
    int second = 0;
    for (StepCost step : of(plan, terms)) {
      int before = Math.max(first, second);
      Cost cost = Cost.of(0, Party.HELPER.to(Party.HOSPITAL), step.shared);
      for (Message message : step.messages) {
        int firstSends = first + 1;
        int secondSends = second + 1;
        if (message.way != Way.P2_TO_P1) {
          second = Math.max(second, firstSends);
          cost = cost.plus(Cost.of(0, vendorToHospital, message.bytes));
        }
        if (message.way != Way.P1_TO_P2) {
          first = Math.max(first, secondSends);
          cost = cost.plus(Cost.of(0, hospitalToVendor, message.bytes));
        }
      }
      costs.add(new Cost(Math.max(first, second) - before, cost.bytes()));
    }
    return costs;
  }

  /// What the faithful mode's errors are not: [Mode#FAST] leaves the borrow out.
  static int ulps(Mode mode) {
    return mode == Mode.FAST ? 1 : 0;
  }
}
