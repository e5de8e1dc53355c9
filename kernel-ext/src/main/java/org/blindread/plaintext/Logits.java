package org.blindread.plaintext;

import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Between the one image that an engine reads, the numbers that it puts out, and the named tensors
/// of a graph.
final class Logits {
  private Logits() {}

  /// The only input of a graph.
  ///
  /// @throws IllegalArgumentException if it has none or several
  static Map.Entry<String, Shape> onlyInput(Graph graph) {
    if (graph.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "%s has the inputs %s; one image is put in"
              .formatted(graph.name(), graph.inputs().keySet()));
    }
    return graph.inputs().entrySet().iterator().next();
  }

  /// @throws IllegalArgumentException if the image has another number of elements than the input
  static RealTensor asTensor(float[] image, Shape input) {
    if (image.length != input.size()) {
      throw new IllegalArgumentException(
          "the input %s has %d elements, given %d".formatted(input, input.size(), image.length));
    }
    return new RealTensor(input, image);
  }

  /// All outputs one after the other.
  static float[] joined(Map<String, RealTensor> outputs) {
    float[] all = new float[outputs.values().stream().mapToInt(o -> o.shape().size()).sum()];
    int to = 0;
    for (RealTensor output : outputs.values()) {
      System.arraycopy(output.values(), 0, all, to, output.values().length);
      to += output.values().length;
    }
    return all;
  }
}
