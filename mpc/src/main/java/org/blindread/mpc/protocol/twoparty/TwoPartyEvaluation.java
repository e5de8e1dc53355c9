package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.LocalMap;
import org.blindread.mpc.protocol.Opened;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// One party's part in reading one image on additive shares, in the manner of CrypTFlow2 (eprint
/// 2020/1002) and Cheetah (eprint 2022/207).
///
/// Semi-honest: each party sees ciphertexts of the other, replies under masks and flooding, and OT
/// messages. Equal to the twin bit for bit in faithful mode while every value is in range.
final class TwoPartyEvaluation implements Evaluation<Share> {
  private final TwoPartyEngine engine;
  private final Dialogue talk;
  private final Plan plan;
  private final Terms terms;
  private final Map<Integer, Correlation> prepared;

  /// @param prepared the correlations of this image by step, or none; taken over and used up
  TwoPartyEvaluation(
      TwoPartyEngine engine,
      Dialogue talk,
      Plan plan,
      Terms terms,
      Map<Integer, Correlation> prepared) {
    this.engine = engine;
    this.talk = talk;
    this.plan = plan;
    this.terms = terms;
    this.prepared = prepared;
  }

  /// The owner's summand is the value, the other's 0.
  @Override
  public Share input(int number, Step step, Instruction.Input input, Optional<RingTensor> value) {
    return new Share.Summand(
        value.map(RingTensor::values).orElseGet(() -> new long[step.shape().size()]));
  }

  /// z = W·x + bias, see [Layered].
  @Override
  public Share convolve(
      int number, Step step, Instruction.Convolve op, Share x, Share kernel, Optional<Share> bias)
      throws ProtocolException {
    Layered layer = engine.layer(number, op);
    Optional<Correlation> correlation = Optional.ofNullable(prepared.remove(number));
    long[] z =
        correlation.isPresent()
            ? layer.apply(talk, part(x), correlation.get()).clone()
            : layer.apply(talk, part(x));
    bias.ifPresent(b -> LocalMap.addPeriodic(z, privately(b)));
    return new Share.Summand(z);
  }

  /// Public affine maps on each summand; public constants join the vendor's.
  @Override
  public Share local(int number, Step step, Instruction.Local op, List<Share> operands) {
    List<Shape> shapes = op.operands().stream().map(v -> plan.step(v).shape()).toList();
    List<long[]> parts = operands.stream().map(TwoPartyEvaluation::part).toList();
    LocalMap.Constants constants =
        talk.vendor() ? LocalMap.Constants.ADD : LocalMap.Constants.LEAVE_OUT;
    return new Share.Summand(LocalMap.apply(op, parts, shapes, step.shape(), constants));
  }

  @Override
  public Share truncate(int number, Step step, Instruction.Truncate op, Share x)
      throws ProtocolException {
    return new Share.Summand(Steps.of(terms, op).run(talk, part(x)));
  }

  /// The vendor adds its threshold to its summand; see [Rectifier].
  @Override
  public Share relu(
      int number,
      Step step,
      Instruction.Relu op,
      Share x,
      Optional<Share> offset,
      Optional<Share> flips)
      throws ProtocolException {
    long[] shifted = part(x);
    if (offset.isPresent() && talk.vendor()) {
      shifted = shifted.clone();
      LocalMap.addPeriodic(shifted, privately(offset.get()));
    }
    long[] turned = flips.map(TwoPartyEvaluation::privately).orElseGet(() -> new long[0]);
    return new Share.Summand(Steps.of(terms, op, turned).run(talk, shifted));
  }

  /// max(a, b) = b + max(a − b, 0), see [Larger].
  @Override
  public Share maximum(int number, Step step, Instruction.Maximum op, Share a, Share b)
      throws ProtocolException {
    long[] over = Steps.maximum(terms, step).run(talk, LocalMap.subtract(part(a), part(b)));
    return new Share.Summand(LocalMap.add(part(b), over));
  }

  @Override
  public Share divide(int number, Step step, Instruction.Divide op, Share x)
      throws ProtocolException {
    return new Share.Summand(Steps.of(terms, op).run(talk, part(x)));
  }

  /// See [Tournament].
  @Override
  public Share argMax(int number, Step step, Instruction.ArgMax op, Share x)
      throws ProtocolException {
    return new Share.Summand(Steps.argMax(terms, plan.step(op.x()).shape()).run(talk, part(x)));
  }

  /// A party sends its summand to whom the policy names.
  @Override
  public Opened output(int number, Step step, Instruction.Output op, Share x)
      throws ProtocolException {
    long[] value = part(x).clone();
    int bytesEach = terms.numbers().bytesPerElement();
    boolean mine = terms.reveal().to(talk.vendor() ? Party.VENDOR : Party.HOSPITAL);
    boolean theirs = terms.reveal().to(talk.wire().peer());
    if (theirs) {
      talk.wire().sendElements(value, value.length, bytesEach);
    }
    if (mine) {
      value = LocalMap.add(value, talk.wire().receiveElements(value.length, bytesEach));
    } else if (theirs) {
      return Opened.nothing();
    }
    for (int i = 0; i < value.length; i++) {
      value[i] = terms.numbers().signed(value[i]);
    }
    RingTensor tensor = new RingTensor(step.shape(), value);
    return mine ? Opened.value(tensor) : Opened.share(tensor);
  }

  private static long[] part(Share share) {
    if (share instanceof Share.Summand(long[] part)) {
      return part;
    }
    throw new IllegalStateException("a weight of the session is read as a value");
  }

  private static long[] privately(Share share) {
    if (share instanceof Share.Private(long[] values)) {
      return values;
    }
    throw new IllegalStateException("a value is read as a weight of the session");
  }
}
