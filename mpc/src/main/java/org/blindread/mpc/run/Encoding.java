package org.blindread.mpc.run;

import java.util.HashMap;
import java.util.Map;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// Carries an image into the plan's ring: channels last, at the input's scale.
public final class Encoding {
  private Encoding() {}

  /// Encodes an image for the plan's only input.
  ///
  /// @param image C×spatial, as preprocessing gives it
  /// @return the plan's input by name, spatial×C
  /// @throws IllegalArgumentException if the plan has several inputs or expects another shape
  public static Map<String, RingTensor> encode(Plan plan, RealTensor image) {
    Map<String, RingTensor> encoded = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Input input) {
        if (!encoded.isEmpty()) {
          throw new IllegalArgumentException("the plan reads more than one input");
        }
        encoded.put(input.name(), encode(plan, step, image));
      }
    }
    return encoded;
  }

  private static RingTensor encode(Plan plan, Step step, RealTensor image) {
    Shape shape = step.shape();
    int channels = shape.extent(-1);
    int positions = shape.size() / channels;
    if (image.values().length != shape.size() || image.shape().extent(0) != channels) {
      throw new IllegalArgumentException(
          "the model reads images of shape %s (channels last), given %s (channels first)"
              .formatted(shape, image.shape()));
    }
    long[] values = new long[shape.size()];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < positions; p++) {
        values[p * channels + c] =
            plan.numbers().encode(image.values()[c * positions + p], step.scale());
      }
    }
    return new RingTensor(shape, values);
  }
}
