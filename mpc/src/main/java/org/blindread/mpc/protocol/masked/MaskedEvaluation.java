package org.blindread.mpc.protocol.masked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.net.Channel;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.LocalMap;
import org.blindread.mpc.protocol.Opened;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;
import org.blindread.mpc.tensor.kernel.Selection;

/// One party's part in reading one image over masked shares (in the manner of ASTRA, eprint
/// 2019/429, and ABY2.0, eprint 2020/1225, with P0 as live source of correlations).
///
/// A value is x = Δ − λ with λ = λ_1 + λ_2 uniform and independent of all data. What depends on λ
/// alone comes from P0 through [Correlations]; online only P1 and P2 talk. Every result is first a
/// local sum x = x_1 + x_2 and then, if its readers need it, converted in one message: see [Form].
///
/// Semi-honest, honest majority: P0 sees no message that depends on data; P1 and P2 see values
/// under uniform one-time masks. Equal to the twin bit for bit in faithful mode while every value
/// is in range.
final class MaskedEvaluation implements Evaluation<Share> {
  private static final long[] NOTHING = Conversion.NOTHING;
  private static final int NO_THRESHOLD = 4096;

  private final Role role;
  private final Plan plan;
  private final Terms terms;
  private final FixedPoint numbers;
  private final List<Form> kept;
  private final List<StepCost> costs;
  private final Lane lane;
  private final Correlations correlations;
  private final Conversion conversion;

  MaskedEvaluation(
      Role role,
      Plan plan,
      Terms terms,
      List<Form> kept,
      List<StepCost> costs,
      Lane lane,
      Correlations correlations) {
    this.role = role;
    this.plan = plan;
    this.terms = terms;
    this.numbers = plan.numbers();
    this.kept = kept;
    this.costs = costs;
    this.lane = lane;
    this.correlations = correlations;
    this.conversion = new Conversion(role, plan, kept, lane, correlations);
  }

  @Override
  public Share input(int number, Step step, Instruction.Input input, Optional<RingTensor> value)
      throws ProtocolException {
    long[] part =
        role == Role.P0
            ? NOTHING
            : value.map(RingTensor::values).orElseGet(() -> new long[step.shape().size()]);
    return conversion.keep(number, part);
  }

  /// z = x·w. P1 holds a = x + λ and w; P2 holds λ and w + λw; P0 shares k = λ·λw:
  ///
  /// z_1 = a·w + k_1 + bias, z_2 = k_2 − λ·(w + λw).
  ///
  /// One convolution a party, of which only the vendor's waits for the image. 0 rounds before the
  /// conversion.
  @Override
  public Share convolve(
      int number, Step step, Instruction.Convolve op, Share x, Share kernel, Optional<Share> bias)
      throws ProtocolException {
    if (!(kernel instanceof Share.Kernel weights)) {
      throw new IllegalStateException("step " + number + " convolves by what is no kernel");
    }
    Shape shape = plan.step(op.x()).shape();
    List<Integer> spatial = shape.extents().subList(0, shape.rank() - 1);
    RingConvolution.Prepared prepared = weights.prepared(op.groups());
    int n = step.shape().size();
    long[] product = new long[n];
    RingConvolution.apply(prepared, conversion.veil(x), spatial, op.window(), product);
    correlations.begin(number, costs.get(number).shared());
    if (role == Role.P0) {
      correlations.share(product, 0, n, Correlations.Sharing.SUM, ringBytes());
      return conversion.keep(number, NOTHING);
    }
    long[] z = new long[n];
    correlations.share(z, 0, n, Correlations.Sharing.SUM, ringBytes());
    if (role == Role.P1) {
      for (int i = 0; i < n; i++) {
        z[i] += product[i];
      }
      bias.ifPresent(b -> LocalMap.addPeriodic(z, privately(b)));
    } else {
      for (int i = 0; i < n; i++) {
        z[i] -= product[i];
      }
    }
    return conversion.keep(number, z);
  }

  /// Public affine maps: on every array of the share; public constants join one summand.
  @Override
  public Share local(int number, Step step, Instruction.Local op, List<Share> operands)
      throws ProtocolException {
    List<Shape> shapes = op.operands().stream().map(v -> plan.step(v).shape()).toList();
    Form made = Form.made(op, kept);
    // What is to be converted upward starts as a local sum, which every form serves.
    return switch (made.serves(kept.get(number)) ? made : Form.SUMMANDS) {
      case SUMMANDS -> {
        if (role == Role.P0) {
          yield conversion.keep(number, NOTHING);
        }
        List<long[]> parts = operands.stream().map(conversion::part).toList();
        yield conversion.keep(number, LocalMap.apply(op, parts, shapes, step.shape(), constants()));
      }
      case VEILED -> {
        List<long[]> veils = operands.stream().map(conversion::veil).toList();
        yield new Share.Veiled(LocalMap.apply(op, veils, shapes, step.shape(), constants()));
      }
      case OPENED -> {
        List<long[]> first = new ArrayList<>();
        List<long[]> second = new ArrayList<>();
        for (Share operand : operands) {
          Share.Opened opened = opened(operand);
          first.add(opened.first());
          second.add(opened.second());
        }
        LocalMap.Constants toDelta =
            role == Role.P0 ? LocalMap.Constants.LEAVE_OUT : LocalMap.Constants.ADD;
        yield new Share.Opened(
            LocalMap.apply(op, first, shapes, step.shape(), toDelta),
            LocalMap.apply(op, second, shapes, step.shape(), LocalMap.Constants.LEAVE_OUT));
      }
    };
  }

  private LocalMap.Constants constants() {
    return role == Role.P1 ? LocalMap.Constants.ADD : LocalMap.Constants.LEAVE_OUT;
  }

  /// t = ⌊(x + half) / 2^f⌋ with f = `op.bits()`: for c = Δ + half + 2^(ℓ−2) and r = λ,
  ///
  /// t = A + B·m − s − o with A = (c≫f) − 2^(ℓ−2−f), B = 2^(ℓ−f)·(1 − msb c), m = msb r, s = r≫f
  /// and the borrow o = Δo ⊕ λo. P0 shares s, m and λo.
  @Override
  public Share truncate(int number, Step step, Instruction.Truncate op, Share x)
      throws ProtocolException {
    int f = op.bits();
    int n = step.shape().size();
    correlations.begin(number, costs.get(number).shared());
    long[] operand = operand(x, Optional.empty(), numbers.half(f) + (1L << (numbers.bits() - 2)));
    Comparison comparison = compare(number, Trees.truncation(f), false, true, n);
    comparison.run(operand, (_, _, _) -> {});
    long[] t = role == Role.P0 ? NOTHING : new long[n];
    Assembly assembly = Assembly.truncate(terms, op.bits());
    long[][] rows = assembly.rows();
    long[] borrow = new long[Comparison.CHUNK];
    for (int from = 0; from < n; from += Comparison.CHUNK) {
      int count = Math.min(Comparison.CHUNK, n - from);
      comparison.spreadBorrow(from, count, borrow);
      if (role == Role.P0) {
        for (int i = 0; i < count; i++) {
          long r = numbers.unsigned(operand[from + i]);
          rows[0][i] = r >>> f;
          rows[1][i] = r >>> (numbers.bits() - 1);
          rows[2][i] = borrow[i];
        }
      }
      assembly.share(correlations, rows, count);
      if (role != Role.P0) {
        for (int i = 0; i < count; i++) {
          t[from + i] =
              truncated(operand[from + i], f, borrow[i], rows[0][i], rows[1][i], rows[2][i]);
        }
      }
    }
    return conversion.keep(number, t);
  }

  /// This party's summand of A + B·m − s − (Δo ⊕ λo).
  private long truncated(long c, int f, long borrow, long s, long m, long lambda) {
    long cu = numbers.unsigned(c);
    long a = (cu >>> f) - (1L << (numbers.bits() - 2 - f)) - borrow;
    long b = (1 - (cu >>> (numbers.bits() - 1))) << (numbers.bits() - f);
    return (a & one()) + b * m - s - (1 - 2 * borrow) * lambda;
  }

  /// y = b·t, b = [z + C ≥ 0] ⊕ n and t the truncation of z + C: for c = Δ + ΔC + half + 2^(ℓ−2)
  /// and r = λ + λC, b is bit ℓ−2 of c − r (P1 XORs its secret n), opened as Δb = b ⊕ λb. Then
  ///
  /// y = Δb·t + (1 − 2Δb)·λb·t
  ///
  /// where shares of t come as in [#truncate] and shares of λb·t alike from P0's λb·s, λb·m, λb·λo.
  /// Without truncation t is c − r itself.
  @Override
  public Share relu(
      int number,
      Step step,
      Instruction.Relu op,
      Share x,
      Optional<Share> offset,
      Optional<Share> flips)
      throws ProtocolException {
    int f = op.bits();
    int n = step.shape().size();
    correlations.begin(number, costs.get(number).shared());
    long shift = numbers.half(f) + (1L << (numbers.bits() - 2));
    long[] operand = operand(x, offset.map(MaskedEvaluation::threshold), shift);
    boolean borrows = Trees.borrows(op, terms.mode());
    BorrowTree tree = Trees.relu(numbers, op, terms.mode());
    Comparison comparison = compare(number, tree, true, borrows, n);
    comparison.run(operand, flips.map(MaskedEvaluation::flip).orElse(MaskedEvaluation::keepSign));
    long[] y = role == Role.P0 ? NOTHING : new long[n];
    Assembly assembly = Assembly.relu(terms, f);
    Selection selection = new Selection(numbers.bits(), f, borrows, one());
    long[][] rows = assembly.rows();
    long[] sign = new long[Comparison.CHUNK];
    long[] borrow = new long[Comparison.CHUNK];
    for (int from = 0; from < n; from += Comparison.CHUNK) {
      int count = Math.min(Comparison.CHUNK, n - from);
      comparison.spreadSign(from, count, sign);
      if (borrows) {
        comparison.spreadBorrow(from, count, borrow);
      }
      if (role == Role.P0 && f == 0) {
        dealExact(operand, from, count, sign, rows);
      } else if (role == Role.P0) {
        if (borrows) {
          System.arraycopy(borrow, 0, rows[5], 0, count);
        }
        selection.deal(operand, from, count, sign, rows);
      }
      assembly.share(correlations, rows, count);
      if (role != Role.P0 && f == 0) {
        select(operand, from, count, shift, sign, rows, y);
      } else if (role != Role.P0) {
        selection.select(operand, from, count, sign, borrow, rows, y);
      }
    }
    return conversion.keep(number, y);
  }

  /// P0's numbers for [#relu] without truncation.
  private void dealExact(long[] r, int from, int count, long[] sign, long[][] rows) {
    for (int i = 0; i < count; i++) {
      rows[0][i] = r[from + i];
      rows[1][i] = sign[i];
      rows[2][i] = sign[i] * r[from + i];
    }
  }

  private void select(
      long[] operand, int from, int count, long shift, long[] sign, long[][] rows, long[] y) {
    for (int i = 0; i < count; i++) {
      long c = operand[from + i] - shift;
      long t = (c & one()) - rows[0][i];
      long masked = c * rows[1][i] - rows[2][i];
      y[from + i] = sign[i] * t + (1 - 2 * sign[i]) * masked;
    }
  }

  /// max(a, b) = b + [d ≥ 0]·d with d = a − b: the sign is bit ℓ−1 of Δd − λd, inverted by P1; then
  /// as in [#relu] without truncation, with P0's λs and λs·λd.
  @Override
  public Share maximum(int number, Step step, Instruction.Maximum op, Share a, Share b)
      throws ProtocolException {
    int n = step.shape().size();
    correlations.begin(number, costs.get(number).shared());
    Share.Opened left = opened(a);
    Share.Opened right = opened(b);
    long[] first = LocalMap.subtract(left.first(), right.first());
    long[] second = LocalMap.subtract(left.second(), right.second());
    long[] operand = role == Role.P0 ? LocalMap.add(first, second) : first;
    Comparison comparison = compare(number, Trees.maximum(numbers), true, false, n);
    comparison.run(operand, (_, count, out) -> Arrays.fill(out, 0, count, 1));
    long[] y = role == Role.P0 ? NOTHING : conversion.part(b).clone();
    Assembly assembly = Assembly.maximum(terms);
    long[][] rows = assembly.rows();
    long[] sign = new long[Comparison.CHUNK];
    for (int from = 0; from < n; from += Comparison.CHUNK) {
      int count = Math.min(Comparison.CHUNK, n - from);
      comparison.spreadSign(from, count, sign);
      if (role == Role.P0) {
        for (int i = 0; i < count; i++) {
          rows[0][i] = sign[i];
          rows[1][i] = sign[i] * operand[from + i];
        }
      }
      assembly.share(correlations, rows, count);
      if (role != Role.P0) {
        for (int i = 0; i < count; i++) {
          long d = (operand[from + i] & one()) - second[from + i];
          long masked = operand[from + i] * rows[0][i] - rows[1][i];
          y[from + i] += sign[i] * d + (1 - 2 * sign[i]) * masked;
        }
      }
    }
    return conversion.keep(number, y);
  }

  /// An evaluator sends its summand to whom the policy names.
  @Override
  public Opened output(int number, Step step, Instruction.Output op, Share x)
      throws ProtocolException {
    if (role == Role.P0) {
      return Opened.nothing();
    }
    long[] value = conversion.part(x).clone();
    int n = value.length;
    Channel peer = conversion.peer().orElseThrow();
    boolean mine = terms.reveal().to(lane.self());
    boolean theirs = terms.reveal().to(peer.peer());
    if (mine && theirs) {
      Exchange.all(peer, number, value, ringBytes(), Correlations.Sharing.SUM);
    } else if (theirs) {
      peer.announce(number, (long) n * ringBytes(), Channel.Phase.ONLINE);
      peer.put(value, 0, n, ringBytes());
      peer.flush();
      return Opened.nothing();
    } else if (mine) {
      long[] other = new long[n];
      peer.expect(number, (long) n * ringBytes());
      peer.take(other, 0, n, ringBytes());
      value = LocalMap.add(value, other);
    }
    for (int i = 0; i < n; i++) {
      value[i] = numbers.signed(value[i]);
    }
    RingTensor tensor = new RingTensor(step.shape(), value);
    return mine ? Opened.value(tensor) : Opened.share(tensor);
  }

  /// c at an evaluator, r at P0.
  private long[] operand(Share x, Optional<long[]> threshold, long shift) {
    Share.Opened opened = opened(x);
    long[] operand = new long[opened.first().length];
    long[] added = threshold.map(long[]::clone).orElseGet(() -> new long[NO_THRESHOLD]);
    if (role != Role.P0) {
      for (int i = 0; i < added.length; i++) {
        added[i] += shift;
      }
    }
    long[] first = opened.first();
    long[] second = opened.second();
    for (int from = 0; from < operand.length; from += added.length) {
      int count = Math.min(added.length, operand.length - from);
      if (role == Role.P0) {
        for (int i = 0; i < count; i++) {
          operand[from + i] = first[from + i] + second[from + i] + added[i];
        }
      } else {
        for (int i = 0; i < count; i++) {
          operand[from + i] = first[from + i] + added[i];
        }
      }
    }
    return operand;
  }

  private Comparison compare(int number, BorrowTree tree, boolean sign, boolean borrow, int count) {
    return new Comparison(role, tree, sign, borrow, count, correlations, conversion.peer(), number);
  }

  private static Share.Opened opened(Share share) {
    if (share instanceof Share.Opened opened) {
      return opened;
    }
    throw new IllegalStateException("a comparison reads a value that was not opened");
  }

  private static long[] privately(Share share) {
    if (share instanceof Share.Private(long[] values)) {
      return values;
    }
    throw new IllegalStateException("a bias or flips must be a private weight");
  }

  private static long[] threshold(Share share) {
    if (share instanceof Share.Threshold(long[] values)) {
      return values;
    }
    throw new IllegalStateException("an offset must be a masked weight");
  }

  private static Comparison.Adjust flip(Share share) {
    long[] flips = privately(share);
    return (from, count, out) -> {
      for (int i = 0; i < count; i++) {
        out[i] = flips[(from + i) % flips.length];
      }
    };
  }

  private static void keepSign(int from, int count, long[] out) {
    Arrays.fill(out, 0, count, 0);
  }

  private int ringBytes() {
    return numbers.bytesPerElement();
  }

  /// A public summand is P1's alone.
  private long one() {
    return role == Role.P1 ? -1 : 0;
  }
}
