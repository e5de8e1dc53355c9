package org.blindread.mpc.protocol.plain;

import java.util.List;
import java.util.Optional;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.LocalMap;
import org.blindread.mpc.protocol.Opened;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// The cleartext twin for one image: each instruction as its Javadoc defines it, on canonical ring
/// elements. What a protocol must reproduce bit for bit.
///
/// Also the judge of ranges: a value outside −2^(ℓ−2) … 2^(ℓ−2) is an [Overflow], computed without
/// wrapping.
final class PlainEvaluation implements Evaluation<PlainValue> {
  private final Plan plan;
  private final FixedPoint numbers;
  private final List<Overflow> overflows;
  private final double limit;

  PlainEvaluation(Plan plan, List<Overflow> overflows) {
    this.plan = plan;
    this.numbers = plan.numbers();
    this.overflows = overflows;
    this.limit = StrictMath.scalb(1.0, numbers.bits() - 2);
  }

  @Override
  public PlainValue input(
      int number, Step step, Instruction.Input input, Optional<RingTensor> value) {
    return settle(step, value.orElseThrow().values());
  }

  @Override
  public PlainValue convolve(
      int number,
      Step step,
      Instruction.Convolve op,
      PlainValue x,
      PlainValue kernel,
      Optional<PlainValue> bias) {
    Shape shape = plan.step(op.x()).shape();
    List<Integer> spatial = shape.extents().subList(0, shape.rank() - 1);
    long[] z = new long[step.shape().size()];
    RingConvolution.apply(kernel.prepared(op.groups()), x.values(), spatial, op.window(), z);
    long[] added = bias.map(PlainValue::values).orElse(new long[] {0});
    double extreme = magnitude(x.values()) * kernel.largestRowNorm() + magnitude(added);
    for (int from = 0; from < z.length; from += added.length) {
      for (int i = 0; i < added.length; i++) {
        z[from + i] += added[i];
      }
    }
    return settle(step, z, extreme);
  }

  @Override
  public PlainValue local(int number, Step step, Instruction.Local op, List<PlainValue> operands) {
    List<long[]> values = operands.stream().map(PlainValue::values).toList();
    List<Shape> shapes = op.operands().stream().map(v -> plan.step(v).shape()).toList();
    long[] result = LocalMap.apply(op, values, shapes, step.shape(), LocalMap.Constants.ADD);
    double extreme = values.stream().mapToDouble(PlainEvaluation::magnitude).max().orElse(0);
    return switch (op) {
      case Instruction.Add _, Instruction.Subtract _ -> settle(step, result, 2 * extreme);
      case Instruction.Scale scale ->
          settle(step, result, extreme * magnitude(longs(scale.factors())));
      case Instruction.Offset offset ->
          settle(step, result, extreme + Math.abs((double) offset.value()));
      case Instruction.SumPool pool -> settle(step, result, extreme * pool.window().taps());
      case Instruction.Pad _,
          Instruction.Take _,
          Instruction.Concat _,
          Instruction.Reshape _,
          Instruction.Permute _ ->
          PlainValue.of(step.shape(), result);
    };
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public PlainValue truncate(int number, Step step, Instruction.Truncate op, PlainValue x) {
    long[] t = new long[x.values().length];
    for (int i = 0; i < t.length; i++) {
      t[i] = numbers.truncate(x.values()[i], op.bits());
    }
    return PlainValue.of(step.shape(), t);
  }

  @Override
  public PlainValue relu(
      int number,
      Step step,
      Instruction.Relu op,
      PlainValue x,
      Optional<PlainValue> offset,
      Optional<PlainValue> flips) {
    long[] none = {0};
    long[] c = offset.map(PlainValue::values).orElse(none);
    long[] n = flips.map(PlainValue::values).orElse(none);
    long[] shifted = new long[x.values().length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = x.values()[i] + c[i % c.length];
    }
    long[] checked = settle(step, shifted, magnitude(x.values()) + magnitude(c)).values();
    long[] y = new long[shifted.length];
    for (int i = 0; i < y.length; i++) {
      long positive = checked[i] >= 0 ? 1 : 0;
      y[i] = (positive ^ n[i % n.length]) * numbers.truncate(checked[i], op.bits());
    }
    return PlainValue.of(step.shape(), y);
  }

  @Override
  public PlainValue maximum(
      int number, Step step, Instruction.Maximum op, PlainValue a, PlainValue b) {
    long[] larger = new long[a.values().length];
    for (int i = 0; i < larger.length; i++) {
      larger[i] = Math.max(a.values()[i], b.values()[i]);
    }
    return PlainValue.of(step.shape(), larger);
  }

  @Override
  public Opened output(int number, Step step, Instruction.Output op, PlainValue x) {
    return Opened.value(new RingTensor(step.shape(), x.values()));
  }

  private PlainValue settle(Step step, long[] values) {
    return settle(step, values, Double.MAX_VALUE);
  }

  /// Makes values canonical and reports those out of range.
  ///
  /// @param bound what no magnitude exceeds by the operands' extremes; below 2^62 the 64-bit values
  ///   are exact and are judged one by one, above it the layer is reported as a whole
  private PlainValue settle(Step step, long[] values, double bound) {
    if (bound < limit) {
      return PlainValue.of(step.shape(), values);
    }
    boolean wrapped = bound >= 0x1p63 && bound != Double.MAX_VALUE;
    int count = 0;
    double extreme = wrapped ? bound : 0;
    long[] canonical = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      double magnitude = Math.abs((double) values[i]);
      if (magnitude >= limit) {
        count++;
        extreme = Math.max(extreme, magnitude);
      }
      canonical[i] = numbers.signed(values[i]);
    }
    if (count > 0 || wrapped) {
      overflows.add(
          new Overflow(
              step.layer(),
              wrapped ? values.length : count,
              extreme * StrictMath.scalb(1.0, -step.scale())));
    }
    return PlainValue.of(step.shape(), canonical);
  }

  private static double magnitude(long[] values) {
    double largest = 0;
    for (long value : values) {
      largest = Math.max(largest, Math.abs((double) value));
    }
    return largest;
  }
}
