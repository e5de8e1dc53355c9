package org.blindread.mpc.zoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;

/// Gives every BatchNorm of a graph the mean and variance of what reaches it, as training would: a
/// batch of images runs through the graph layer by layer, each BatchNorm being measured before it
/// is applied.
final class BatchStatistics {
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;

  private BatchStatistics() {}

  /// All constants of the graph, with the statistics measured.
  static Map<String, RealTensor> measured(Graph graph, List<RealTensor> batch) {
    Map<String, RealTensor> constants = new HashMap<>(graph.constants());
    Map<String, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String operand : graph.nodes().get(i).operands()) {
        lastUse.put(operand, i);
      }
    }
    Map<String, List<RealTensor>> values = new HashMap<>();
    values.put(Sketch.IMAGE, batch);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof Op.BatchNorm) {
        measure(node, values.get(node.operands().getFirst()), constants);
      }
      List<RealTensor> results = new ArrayList<>();
      for (int image = 0; image < batch.size(); image++) {
        int number = image;
        results.add(
            Reference.value(
                node.op(),
                node.operands().stream()
                    .map(
                        name ->
                            constants.containsKey(name)
                                ? constants.get(name)
                                : values.get(name).get(number))
                    .toList()));
      }
      values.put(node.name(), results);
      int now = i;
      node.operands().stream().filter(o -> lastUse.get(o) == now).forEach(values::remove);
    }
    return constants;
  }

  /// Mean and variance of each channel over batch and positions, in double precision, two passes.
  private static void measure(
      Node node, List<RealTensor> batch, Map<String, RealTensor> constants) {
    int channels = node.shape().extent(1);
    int inner = node.shape().inner(1);
    float[] means = new float[channels];
    float[] variances = new float[channels];
    double count = (double) inner * batch.size();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (RealTensor x : batch) {
        for (int i = c * inner; i < (c + 1) * inner; i++) {
          sum += x.values()[i];
        }
      }
      double mean = sum / count;
      double squares = 0;
      for (RealTensor x : batch) {
        for (int i = c * inner; i < (c + 1) * inner; i++) {
          double deviation = x.values()[i] - mean;
          squares += deviation * deviation;
        }
      }
      means[c] = (float) mean;
      variances[c] = (float) (squares / count);
    }
    replace(constants, node.operands().get(MEAN), means);
    replace(constants, node.operands().get(VARIANCE), variances);
  }

  private static void replace(Map<String, RealTensor> constants, String name, float[] values) {
    constants.compute(name, (_, old) -> new RealTensor(old.shape(), values));
  }
}
