package org.blindread.workbench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.run.StepRecord;

/// What one step of the plan took at one party, or at several together.
///
/// @param layer name of its layer
/// @param kind what it does: conv, relu, maxpool, truncate, local, input, output, weight; or
///   prepare, what was done before the image was asked for
/// @param seconds median over the warm images, waiting included
/// @param rounds how much deeper the messages' dependency was after it
/// @param bytes payload bytes of one image by link
public record StepSummary(
    String layer, String kind, double seconds, int rounds, Map<String, Long> bytes) {
  /// The kind of what was done before the image was asked for, and what stands for its layer.
  static final String PREPARE = "prepare";

  static final String BEFORE_THE_IMAGE = "before the image";

  public StepSummary {
    bytes = java.util.Collections.unmodifiableMap(new TreeMap<>(bytes));
  }

  /// What a party prepared, the bytes it received left out; empty if it sent nothing for it.
  static Optional<StepSummary> preparation(StepRecord record) {
    return Optional.of(record)
        .filter(taken -> !taken.bytes().isEmpty())
        .map(
            taken ->
                new StepSummary(
                    BEFORE_THE_IMAGE, PREPARE, taken.nanos() * 1e-9, taken.depth(), taken.bytes()));
  }

  /// The same in another time.
  StepSummary taking(double elsewhere) {
    return new StepSummary(layer, kind, elsewhere, rounds, bytes);
  }

  /// Several parties' views of the same step: bytes add up, the slowest and deepest view count.
  public StepSummary beside(StepSummary other) {
    Map<String, Long> sum = new TreeMap<>(bytes);
    other.bytes.forEach((link, count) -> sum.merge(link, count, Long::sum));
    return new StepSummary(
        layer, kind, Math.max(seconds, other.seconds), Math.max(rounds, other.rounds), sum);
  }

  /// The steps of each layer and kind as one, weights left out, in the order in which they begin.
  static List<StepSummary> layers(List<StepSummary> steps) {
    Map<List<String>, StepSummary> layers = new LinkedHashMap<>();
    for (StepSummary step : steps) {
      if (!step.kind().equals("weight")) {
        layers.merge(List.of(step.layer(), step.kind()), step, StepSummary::before);
      }
    }
    return List.copyOf(layers.values());
  }

  /// One step after the other: everything adds up.
  private StepSummary before(StepSummary later) {
    Map<String, Long> sum = new TreeMap<>(bytes);
    later.bytes.forEach((link, count) -> sum.merge(link, count, Long::sum));
    return new StepSummary(layer, kind, seconds + later.seconds, rounds + later.rounds, sum);
  }

  /// The word for an instruction in reports.
  public static String kind(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Input _ -> "input";
      case Instruction.Weight _ -> "weight";
      case Instruction.Convolve _ -> "conv";
      case Instruction.Local _ -> "local";
      case Instruction.Truncate _ -> "truncate";
      case Instruction.Relu _ -> "relu";
      case Instruction.Maximum _ -> "maxpool";
      case Instruction.Divide _ -> "divide";
      case Instruction.ArgMax _ -> "argmax";
      case Instruction.Output _ -> "output";
    };
  }
}
