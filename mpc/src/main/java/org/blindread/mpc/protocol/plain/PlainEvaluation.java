package org.blindread.mpc.protocol.plain;

import java.util.Arrays;
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
/// Also the judge of ranges: a value outside −2^(ℓ−2) … 2^(ℓ−2), or one that leaves it by the half
/// a truncation adds, is an [Overflow].
final class PlainEvaluation implements Evaluation<PlainValue> {
  /// From here on a 64-bit value may have wrapped.
  private static final double WRAP = 0x1p63;

  private final Plan plan;
  private final FixedPoint numbers;
  private final List<Overflow> overflows;
  private final long limit;

  PlainEvaluation(Plan plan, List<Overflow> overflows) {
    this.plan = plan;
    this.numbers = plan.numbers();
    this.overflows = overflows;
    this.limit = 1L << (numbers.bits() - 2);
  }

  @Override
  public PlainValue input(
      int number, Step step, Instruction.Input input, Optional<RingTensor> value) {
    long[] values = value.orElseThrow().values();
    return settle(step, values, magnitude(values));
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
    LocalMap.addPeriodic(z, added);
    double bound = magnitude(x.values()) * kernel.largestRowNorm() + magnitude(added);
    if (bound < WRAP) {
      return settle(step, z, bound);
    }
    double[] wide =
        WideConvolution.magnitudes(
            x.values(),
            shape,
            kernel.values(),
            kernel.shape(),
            op.window(),
            op.groups(),
            step.shape());
    return settle(step, z, wide);
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
    report(step, x.values(), step.scale() + op.bits(), limit - numbers.half(op.bits()));
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
    report(step, shifted, step.scale() + op.bits(), limit - numbers.half(op.bits()));
    long[] checked = canonical(shifted);
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
  public PlainValue divide(int number, Step step, Instruction.Divide op, PlainValue x) {
    report(step, x.values(), step.scale(), limit);
    long[] quotients = new long[x.values().length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = Math.floorDiv(x.values()[i], op.divisor());
    }
    return PlainValue.of(step.shape(), quotients);
  }

  @Override
  public PlainValue argMax(int number, Step step, Instruction.ArgMax op, PlainValue x) {
    long[] values = x.values();
    report(step, values, plan.step(op.x()).scale(), limit);
    int extent = x.shape().extent(-1);
    long[] positions = new long[step.shape().size()];
    for (int row = 0; row < positions.length; row++) {
      int largest = 0;
      for (int k = 1; k < extent; k++) {
        if (values[row * extent + k] > values[row * extent + largest]) {
          largest = k;
        }
      }
      positions[row] = largest;
    }
    return PlainValue.of(step.shape(), positions);
  }

  @Override
  public Opened output(int number, Step step, Instruction.Output op, PlainValue x) {
    return Opened.value(new RingTensor(step.shape(), x.values()));
  }

  /// Makes values canonical and reports those outside −2^(ℓ−2) … 2^(ℓ−2).
  ///
  /// @param bound what no magnitude exceeds by the operands' extremes: below the limit there is
  ///   nothing to report, from 2^63 on the layer is reported as a whole
  private PlainValue settle(Step step, long[] values, double bound) {
    if (bound >= WRAP) {
      double[] magnitudes = new double[values.length];
      Arrays.fill(magnitudes, bound);
      return settle(step, values, magnitudes);
    }
    if (bound >= limit) {
      report(step, values, step.scale(), limit);
    }
    return PlainValue.of(step.shape(), canonical(values));
  }

  /// The same for a result whose magnitudes are known beside its wrapped values.
  private PlainValue settle(Step step, long[] values, double[] magnitudes) {
    int count = 0;
    double extreme = 0;
    for (double magnitude : magnitudes) {
      if (magnitude >= limit) {
        count++;
        extreme = Math.max(extreme, magnitude);
      }
    }
    report(step, step.scale(), count, extreme);
    return PlainValue.of(step.shape(), canonical(values));
  }

  /// Reports the values that are not below `end` or are below −2^(ℓ−2).
  private void report(Step step, long[] values, int scale, long end) {
    int count = 0;
    double extreme = 0;
    for (long value : values) {
      if (value >= end || value < -limit) {
        count++;
        extreme = Math.max(extreme, Math.abs((double) value));
      }
    }
    report(step, scale, count, extreme);
  }

  private void report(Step step, int scale, int count, double extreme) {
    if (count > 0) {
      overflows.add(new Overflow(step.layer(), count, extreme * StrictMath.scalb(1.0, -scale)));
    }
  }

  private long[] canonical(long[] values) {
    long[] canonical = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      canonical[i] = numbers.signed(values[i]);
    }
    return canonical;
  }

  private static double magnitude(long[] values) {
    double largest = 0;
    for (long value : values) {
      largest = Math.max(largest, Math.abs((double) value));
    }
    return largest;
  }
}
