package org.blindread.mpc.compile;

import java.util.HashMap;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;

/// Measures the extremes of every value of a model over the vendor's own images.
public final class Calibration {
  private Calibration() {}

  /// Runs the model on every image.
  ///
  /// @param images the model's inputs by name, one map an image; at least one
  /// @throws IllegalArgumentException if there is no image
  public static Ranges measure(Graph graph, Iterable<Map<String, RealTensor>> images) {
    Reference reference = new Reference(graph);
    Map<String, Extremes> extremes = new HashMap<>();
    int count = 0;
    for (Map<String, RealTensor> image : images) {
      image.forEach((name, value) -> meet(extremes, name, value));
      reference.run(image, (name, value) -> meet(extremes, name, value));
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("calibration needs at least one image");
    }
    return new Ranges(count, extremes);
  }

  private static void meet(Map<String, Extremes> extremes, String name, RealTensor value) {
    extremes.merge(name, Extremes.of(value), Extremes::join);
  }
}
