package org.blindread.mpc.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole compilations against the graph's own value, on seeded random models with scales of both
/// signs, zero scales and channels far apart.
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

  /// What a graph computes, in the order of its outputs.
  static List<RealTensor> outputs(Graph graph, Map<String, RealTensor> image) {
    return List.copyOf(Reference.evaluate(graph, image).values());
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
    List<Map<String, RealTensor>> images = RandomModels.images(graph, 4, seed);
    Ranges ranges = new Ranges(32, Calibration.measure(graph, images).values());
    List<RealTensor> expected = outputs(graph, images.getFirst());
    double size = scale(expected);
    Compiled compiled =
        Compiler.compile(
            graph,
            ranges,
            NUMBERS,
            Options.ownedBy("P2"),
            (pass, model) -> {
              List<RealTensor> now = outputs(model.toGraph(), images.getFirst());
              assertEquals(
                  0,
                  distance(expected, now) / size,
                  1e-4,
                  () -> "seed " + seed + " after '" + pass.name() + "'\n" + model);
            });
    List<RealTensor> actual =
        List.copyOf(CompiledTwin.outputs(compiled, images.getFirst()).values());
    assertEquals(0, distance(expected, actual) / size, Math.scalb(1.0, -8), () -> "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aCompiledRandomNetworkComputesWhatItsGraphComputes(long seed) throws CompileException {
    check(RandomModels.network(seed, seed), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void thePlanDependsOnTheStructureAndNotOnAnyWeight(long seed) throws CompileException {
    Set<String> plans = new TreeSet<>();
    Set<String> dense = new TreeSet<>();
    for (long weights = 100; weights < 104; weights++) {
      plans.add(text(RandomModels.network(seed, weights), weights));
      dense.add(text(RandomModels.denseNet(seed, weights, 17), weights));
    }
    assertEquals(1, plans.size());
    assertEquals(1, dense.size());
  }

  private static String text(Graph graph, long seed) throws CompileException {
    Ranges measured = Calibration.measure(graph, RandomModels.images(graph, 1, seed));
    Ranges ranges = new Ranges(32, measured.values());
    return PlanText.print(Compiler.compile(graph, ranges, NUMBERS, Options.ownedBy("P2")).plan());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlanSurvivesItsText(long seed) throws CompileException {
    String text = text(RandomModels.network(seed, seed), seed);
    assertEquals(text, PlanText.print(PlanText.parse(text)));
  }

  @Test
  void aDenseNetKeepsNoNormalisationAndOneConvolutionForEachOfItsOwn() throws CompileException {
    Graph graph = RandomModels.denseNet(1, 1, 29);
    Ranges measured = Calibration.measure(graph, RandomModels.images(graph, 1, 1));
    Plan plan =
        Compiler.compile(graph, new Ranges(32, measured.values()), NUMBERS, Options.ownedBy("P2"))
            .plan();
    long linear =
        graph.nodes().stream()
            .filter(n -> n.op() instanceof Op.Conv || n.op() instanceof Op.MatMul)
            .count();
    assertEquals(linear, count(plan, Instruction.Convolve.class));
    assertEquals(15, count(plan, Instruction.Relu.class));
    assertEquals(4, count(plan, Instruction.Maximum.class));
    assertTrue(count(plan, Instruction.Truncate.class) <= 2, PlanText.print(plan));
    for (Step step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Convolve convolve) {
        assertEquals(1, convolve.groups(), step.layer());
      }
    }
  }

  /// How many steps of a kind a plan has.
  static long count(Plan plan, Class<? extends Instruction> kind) {
    return plan.steps().stream().filter(step -> kind.isInstance(step.instruction())).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCompiledDenseNetComputesWhatItsGraphComputes(long seed) throws CompileException {
    Graph graph = RandomModels.denseNet(seed, seed, 29);
    check(graph, seed);
  }
}
