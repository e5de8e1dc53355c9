package org.blindread.mpc.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Opened;

/// What a plan puts out for one image: ring elements, and the scores they stand for. All outputs of
/// the plan one after the other, in its order.
public final class Reading {
  private Reading() {}

  /// How many numbers the plan puts out.
  public static int size(Plan plan) {
    return outputs(plan).stream().mapToInt(step -> step.shape().size()).sum();
  }

  /// The opened elements, canonical, or empty for a party that does not learn them.
  public static Optional<long[]> elements(Plan plan, Map<String, Opened> opened) {
    return joined(plan, opened, false);
  }

  /// This party's additive shares of the elements mod 2^ℓ, or empty for a party that has none.
  public static Optional<long[]> shares(Plan plan, Map<String, Opened> opened) {
    return joined(plan, opened, true);
  }

  private static Optional<long[]> joined(Plan plan, Map<String, Opened> opened, boolean shares) {
    long[] all = new long[size(plan)];
    int at = 0;
    for (Step step : outputs(plan)) {
      String name = ((Instruction.Output) step.instruction()).name();
      Opened result = opened.getOrDefault(name, Opened.nothing());
      var tensor = shares ? result.share() : result.value();
      if (tensor.isEmpty()) {
        return Optional.empty();
      }
      for (long element : tensor.get().values()) {
        all[at++] = plan.numbers().signed(element);
      }
    }
    return Optional.of(all);
  }

  /// The scores: each output decoded at its scale, its head applied in the clear.
  ///
  /// @param elements as [#elements] gives them
  public static double[] scores(Plan plan, long[] elements) {
    double[] scores = new double[elements.length];
    int at = 0;
    for (Step step : outputs(plan)) {
      int size = step.shape().size();
      for (int i = at; i < at + size; i++) {
        scores[i] = plan.numbers().decode(elements[i], step.scale());
      }
      apply(((Instruction.Output) step.instruction()).head(), scores, at, size);
      at += size;
    }
    return scores;
  }

  private static void apply(Instruction.Head head, double[] scores, int from, int size) {
    switch (head) {
      case NONE -> {}
      case SIGMOID -> {
        for (int i = from; i < from + size; i++) {
          scores[i] = 1 / (1 + StrictMath.exp(-scores[i]));
        }
      }
      case SOFTMAX -> {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < from + size; i++) {
          largest = Math.max(largest, scores[i]);
        }
        double sum = 0;
        for (int i = from; i < from + size; i++) {
          scores[i] = StrictMath.exp(scores[i] - largest);
          sum += scores[i];
        }
        for (int i = from; i < from + size; i++) {
          scores[i] /= sum;
        }
      }
    }
  }

  /// The plan's outputs, in order.
  public static List<Step> outputs(Plan plan) {
    List<Step> outputs = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Output) {
        outputs.add(step);
      }
    }
    return outputs;
  }
}
