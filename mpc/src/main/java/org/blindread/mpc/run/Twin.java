package org.blindread.mpc.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.net.Lane;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.plain.Overflow;
import org.blindread.mpc.protocol.plain.PlainEngine;
import org.blindread.mpc.protocol.plain.PlainValue;
import org.blindread.mpc.tensor.RingTensor;

/// The cleartext twin of a plan with its weights: one party, no messages. Thread-safe.
public final class Twin {
  private static final Party ALONE = new Party("twin");

  private final PlainEngine engine;
  private final Executor<PlainValue> executor;

  public Twin(Plan plan, Map<String, RingTensor> weights) {
    engine = new PlainEngine(plan);
    try {
      executor = new Executor<>(plan, engine, Optional.of(weights));
    } catch (ProtocolException e) {
      throw new IllegalStateException("the twin has no peers to lose", e);
    }
  }

  /// Reads one image in the clear.
  ///
  /// @param image number of the image; one that was read before reports its overflows again
  public Result read(long image, Map<String, RingTensor> inputs) {
    try {
      ImageRecord record =
          executor.read(new Lane(ALONE, List.of()), image, inputs, Observer.none());
      return new Result(record, engine.overflows(image));
    } catch (ProtocolException e) {
      throw new IllegalStateException("the twin has no peers to lose", e);
    }
  }

  /// What the twin found.
  ///
  /// @param record outputs and times; every output is opened
  /// @param overflows layers in which values left their range; empty means equality is claimed
  public record Result(ImageRecord record, List<Overflow> overflows) {
    public Result {
      overflows = List.copyOf(overflows);
    }

    public RingTensor output(String name) {
      return record.opened().get(name).value().orElseThrow();
    }
  }
}
