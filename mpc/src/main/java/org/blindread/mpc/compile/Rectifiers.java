package org.blindread.mpc.compile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Lowers what is piecewise linear, element by element, to ReLU and public constants.
final class Rectifiers {
  private final Steps steps;

  Rectifiers(Steps steps) {
    this.steps = steps;
  }

  /// @param thresholds what [FoldBatchNormForward] left to this ReLU
  int relu(Node node, Optional<Thresholds> thresholds) {
    int x = steps.operand(node);
    if (thresholds.isEmpty()) {
      return positive(node, x);
    }
    Thresholds t = thresholds.get();
    Shape channels = Shape.of(t.offset().length);
    float[] bits = new float[t.flips().length];
    for (int c = 0; c < bits.length; c++) {
      bits[c] = t.flips()[c] ? 1 : 0;
    }
    RealTensor offsets = new RealTensor(channels, t.offset());
    int offset = steps.weight(node, Role.OFFSET, offsets, steps.scale(x));
    int flips = steps.weight(node, Role.FLIPS, new RealTensor(channels, bits), 0);
    return relu(node, x, OptionalInt.of(offset), OptionalInt.of(flips));
  }

  private int positive(Node node, int x) {
    return relu(node, x, OptionalInt.empty(), OptionalInt.empty());
  }

  private int relu(Node node, int x, OptionalInt offset, OptionalInt flips) {
    int f = steps.fractionBits();
    return steps.emit(node, new Instruction.Relu(x, offset, flips, steps.scale(x) - f), f);
  }

  /// α·x + (1 − α)·max(x, 0).
  int leakyRelu(Node node, float alpha) {
    int x = steps.operand(node);
    int positive = times(node, positive(node, x), 1 - (double) alpha);
    int all = times(node, steps.truncated(x), alpha);
    return steps.emit(node, new Instruction.Add(positive, all), 2 * steps.fractionBits());
  }

  private int times(Node node, int x, double factor) {
    int f = steps.fractionBits();
    return steps.emit(
        node, new Instruction.Scale(x, List.of(Math.round(Math.scalb(factor, f))), f), 2 * f);
  }

  /// low + max(x − low, 0) − max(x − high, 0).
  int clip(Node node, Op.Clip clip) throws CompileException {
    FixedPoint numbers = steps.numbers();
    int f = steps.fractionBits();
    int x = steps.operand(node);
    boolean below = clip.low() != Float.NEGATIVE_INFINITY;
    boolean above = clip.high() != Float.POSITIVE_INFINITY;
    for (float bound : new float[] {clip.low(), clip.high()}) {
      if (!Float.isInfinite(bound) && !numbers.fits(bound, 2 * f)) {
        throw new CompileException(
            "node '%s' clips at %s, which does not fit %s".formatted(node.name(), bound, numbers));
      }
    }
    int result =
        below ? positive(node, moved(node, x, -clip.low())) : above ? steps.truncated(x) : x;
    if (above) {
      int excess = positive(node, moved(node, x, -clip.high()));
      result = steps.emit(node, new Instruction.Subtract(result, excess), f);
    }
    return below ? moved(node, result, clip.low()) : result;
  }

  private int moved(Node node, int x, float by) {
    int scale = steps.scale(x);
    return by == 0
        ? x
        : steps.emit(node, new Instruction.Offset(x, steps.numbers().encode(by, scale)), scale);
  }
}
