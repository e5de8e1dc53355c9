package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.Twin;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;

/// Runs a compiled model in the cleartext twin and gives its outputs as real numbers.
final class CompiledTwin {
  private CompiledTwin() {}

  /// The outputs by name, in the plan's order and layout, heads applied; no value may leave its
  /// range.
  ///
  /// @param image the only input, in the graph's layout
  static Map<String, RealTensor> outputs(Compiled compiled, Map<String, RealTensor> image) {
    Plan plan = compiled.plan();
    RealTensor only = channelsFirst(ChannelsLast.of(image.values().iterator().next()));
    Twin.Result result = new Twin(plan, compiled.weights()).read(0, Encoding.encode(plan, only));
    assertEquals(List.of(), result.overflows());
    Map<String, RealTensor> outputs = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Output output) {
        RingTensor elements = result.output(output.name());
        float[] reals = new float[elements.values().length];
        for (int i = 0; i < reals.length; i++) {
          reals[i] = (float) plan.numbers().decode(elements.values()[i], step.scale());
        }
        outputs.put(output.name(), headed(output.head(), new RealTensor(step.shape(), reals)));
      }
    }
    return outputs;
  }

  /// The form that preprocessing gives an image and [Encoding] expects.
  private static RealTensor channelsFirst(RealTensor x) {
    int last = x.shape().rank() - 1;
    List<Integer> axes = new ArrayList<>(List.of(last));
    IntStream.range(0, last).forEach(axes::add);
    return ChannelsLast.permute(x, axes);
  }

  private static RealTensor headed(Instruction.Head head, RealTensor logits) {
    return switch (head) {
      case NONE -> logits;
      case SIGMOID -> Reference.value(new Op.Sigmoid(), List.of(logits));
      case SOFTMAX -> Reference.value(new Op.Softmax(0), List.of(logits));
    };
  }
}
