package org.blindread.mpc.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.protocol.Opened;
import org.blindread.mpc.tensor.RingTensor;

/// Walks a plan with an engine: the loop at the heart of every run. Values are freed at their last
/// use.
///
/// Weights are shared once, in the constructor; then [#read] may run for several images at once, in
/// as many lanes.
///
/// @param <S> what the party holds of a value
public final class Executor<S> {
  private final Plan plan;
  private final Engine<S> engine;
  private final Map<Integer, S> weights = new HashMap<>();
  private final List<List<Integer>> lastReads;

  /// Shares the weights.
  ///
  /// @param values the weights by name, present at the vendor (and the twin)
  /// @throws IllegalArgumentException if a weight is missing or of the wrong shape
  public Executor(Plan plan, Engine<S> engine, Optional<Map<String, RingTensor>> values)
      throws ProtocolException {
    this.plan = plan;
    this.engine = engine;
    this.lastReads = lastReads(plan);
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      if (step.instruction() instanceof Instruction.Weight weight) {
        Optional<RingTensor> value = values.map(all -> checked(all, weight.name(), step));
        weights.put(number, engine.weight(number, step, weight, value));
      }
    }
  }

  private static RingTensor checked(Map<String, RingTensor> values, String name, Step step) {
    RingTensor value = values.get(name);
    if (value == null || !value.shape().equals(step.shape())) {
      throw new IllegalArgumentException(
          "the plan reads '%s' of shape %s, given %s".formatted(name, step.shape(), value));
    }
    return value;
  }

  /// The values that no step after this one reads.
  private static List<List<Integer>> lastReads(Plan plan) {
    Map<Integer, Integer> last = new HashMap<>();
    for (int number = 0; number < plan.steps().size(); number++) {
      last.put(number, number);
      for (int operand : plan.step(number).instruction().operands()) {
        last.put(operand, number);
      }
    }
    List<List<Integer>> reads = new ArrayList<>();
    plan.steps().forEach(_ -> reads.add(new ArrayList<>()));
    last.forEach((value, number) -> reads.get(number).add(value));
    return reads;
  }

  /// Begins and reads one image.
  ///
  /// @param inputs encoded inputs by name, present at their owner
  /// @throws ProtocolException if a peer is lost or deviates
  public ImageRecord read(Lane lane, long image, Map<String, RingTensor> inputs, Observer observer)
      throws ProtocolException {
    return read(begin(lane, image), inputs, observer);
  }

  /// Begins one image, which need not exist yet: what the protocol prepares, it prepares here.
  ///
  /// @throws ProtocolException if a peer is lost or deviates
  public Begun<S> begin(Lane lane, long image) throws ProtocolException {
    lane.restartDepth();
    Clock clock = new Clock(lane);
    Evaluation<S> evaluation = engine.evaluation(lane, image);
    lane.flush();
    return new Begun<>(lane, image, evaluation, clock.record());
  }

  /// An image that was begun and not yet read.
  ///
  /// @param preparation what was done so far
  public record Begun<S>(Lane lane, long image, Evaluation<S> evaluation, StepRecord preparation) {
    @Override
    public String toString() {
      return "Begun[image " + image + "]";
    }
  }

  /// What a stretch of work takes.
  private static final class Clock {
    private final Lane lane;
    private final long begin = System.nanoTime();
    private final Traffic sent;
    private final Traffic received;

    Clock(Lane lane) {
      this.lane = lane;
      sent = lane.traffic();
      received = new Traffic(0, lane.received());
    }

    StepRecord record() {
      Traffic after = lane.traffic();
      return new StepRecord(
          System.nanoTime() - begin,
          after.rounds(),
          after.since(sent).bytes(),
          new Traffic(0, lane.received()).since(received).bytes());
    }
  }

  /// Reads an image that was begun.
  ///
  /// @param inputs encoded inputs by name, present at their owner
  /// @throws ProtocolException if a peer is lost or deviates
  public ImageRecord read(Begun<S> begun, Map<String, RingTensor> inputs, Observer observer)
      throws ProtocolException {
    Lane lane = begun.lane();
    long image = begun.image();
    Evaluation<S> evaluation = begun.evaluation();
    Map<Integer, S> values = new HashMap<>(weights);
    Map<String, Opened> opened = new LinkedHashMap<>();
    List<StepRecord> records = new ArrayList<>();
    long begin = System.nanoTime();
    lane.restartDepth();
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      observer.step(image, number, plan.steps().size(), step.layer());
      Clock clock = new Clock(lane);
      switch (step.instruction()) {
        case Instruction.Weight _ -> {}
        case Instruction.Output output ->
            opened.put(
                output.name(), evaluation.output(number, step, output, values.get(output.x())));
        case Instruction.Input input ->
            values.put(
                number,
                evaluation.input(
                    number, step, input, Optional.ofNullable(inputs.get(input.name()))));
        case Instruction.Convolve op ->
            values.put(
                number,
                evaluation.convolve(
                    number,
                    step,
                    op,
                    values.get(op.x()),
                    values.get(op.kernel()),
                    get(values, op.bias())));
        case Instruction.Local op ->
            values.put(
                number,
                evaluation.local(
                    number, step, op, op.operands().stream().map(values::get).toList()));
        case Instruction.Truncate op ->
            values.put(number, evaluation.truncate(number, step, op, values.get(op.x())));
        case Instruction.Divide op ->
            values.put(number, evaluation.divide(number, step, op, values.get(op.x())));
        case Instruction.ArgMax op ->
            values.put(number, evaluation.argMax(number, step, op, values.get(op.x())));
        case Instruction.Relu op ->
            values.put(
                number,
                evaluation.relu(
                    number,
                    step,
                    op,
                    values.get(op.x()),
                    get(values, op.offset()),
                    get(values, op.flips())));
        case Instruction.Maximum op ->
            values.put(
                number,
                evaluation.maximum(number, step, op, values.get(op.a()), values.get(op.b())));
      }
      lastReads.get(number).forEach(values::remove);
      lane.flush();
      records.add(clock.record());
    }
    ImageRecord record =
        new ImageRecord(image, opened, records, System.nanoTime() - begin, begun.preparation());
    observer.done(record);
    return record;
  }

  private static <S> Optional<S> get(Map<Integer, S> values, OptionalInt number) {
    return number.isPresent()
        ? Optional.ofNullable(values.get(number.getAsInt()))
        : Optional.empty();
  }
}
