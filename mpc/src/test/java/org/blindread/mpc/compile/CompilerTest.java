package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
  private static final FixedPoint NUMBERS = FixedPoint.of(64, 20);

  static double distance(List<RealTensor> expected, List<RealTensor> actual) {
    double largest = 0;
    for (int o = 0; o < expected.size(); o++) {
      assertEquals(expected.get(o).values().length, actual.get(o).values().length);
      for (int i = 0; i < expected.get(o).values().length; i++) {
        largest =
            Math.max(
                largest,
                Math.abs(expected.get(o).values()[i] - (double) actual.get(o).values()[i]));
      }
    }
    return largest;
  }

  static double scale(List<RealTensor> tensors) {
    double largest = 1;
    for (RealTensor tensor : tensors) {
      for (float value : tensor.values()) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  private static void check(Graph graph, long seed) throws CompileException {
    List<Map<String, RealTensor>> images = RandomModels.images(graph, 32, seed);
    Ranges ranges = RealEvaluation.calibrate(graph, images);
    List<RealTensor> expected = RealEvaluation.outputs(graph, images.getFirst());
    double size = scale(expected);
    Compiled compiled =
        Compiler.compile(
            graph,
            ranges,
            NUMBERS,
            Options.ownedBy("P2"),
            (pass, model) -> {
              List<RealTensor> now = RealEvaluation.outputs(model.toGraph(), images.getFirst());
              assertEquals(
                  0,
                  distance(expected, now) / size,
                  1e-4,
                  () -> "seed " + seed + " after '" + pass.name() + "'\n" + model);
            });
    Map<String, RealTensor> outputs =
        PlanEvaluation.run(compiled.plan(), compiled.weights(), images.getFirst());
    List<RealTensor> actual = outputs.values().stream().toList();
    assertEquals(0, distance(expected, actual) / size, Math.scalb(1.0, -8), () -> "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aCompiledRandomNetworkComputesWhatItsGraphComputes(long seed) throws CompileException {
    check(RandomModels.network(seed, seed), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCompiledDenseNetComputesWhatItsGraphComputes(long seed) throws CompileException {
    Graph graph = RandomModels.denseNet(seed, seed, 29);
    check(graph, seed);
  }
}
