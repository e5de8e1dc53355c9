package org.blindread.mpc.protocol.plain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Engine;
import org.blindread.mpc.protocol.Evaluation;
import org.blindread.mpc.tensor.RingTensor;

/// The cleartext twin: one party that holds weights and image executes the plan on them. Its value
/// type is public only so far that the executor can carry it.
public final class PlainEngine implements Engine<PlainValue> {
  private final Plan plan;
  private final ConcurrentMap<Long, List<Overflow>> overflows = new ConcurrentHashMap<>();

  public PlainEngine(Plan plan) {
    this.plan = plan;
  }

  @Override
  public PlainValue weight(
      int number, Step step, Instruction.Weight weight, Optional<RingTensor> value) {
    return PlainValue.of(step.shape(), value.orElseThrow().values());
  }

  @Override
  public Evaluation<PlainValue> evaluation(Lane lane, long image) {
    List<Overflow> list = overflows.computeIfAbsent(image, _ -> new CopyOnWriteArrayList<>());
    return new PlainEvaluation(plan, list);
  }

  /// The layers in which values of an image left their range.
  public List<Overflow> overflows(long image) {
    return List.copyOf(overflows.getOrDefault(image, List.of()));
  }
}
