package org.blindread.mpc.compile;

import static org.blindread.mpc.compile.CompilerTest.count;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.Test;

/// The trained networks beside the project, where they are present.
class TrainedModelsTest {
  private static Plan plan(String file) throws IOException, ModelException, CompileException {
    Path path = Path.of("../../shared/data/models").resolve(file);
    path = Files.exists(path) ? path : Path.of("../shared/data/models").resolve(file);
    assumeTrue(Files.exists(path), "skipped: no ../shared/data");
    Graph graph = OnnxReader.read(path);
    Map<String, Extremes> extremes = new HashMap<>();
    graph
        .inputs()
        .forEach((name, shape) -> extremes.put(name, Extremes.within(4, shape.extent(1))));
    graph
        .nodes()
        .forEach(node -> extremes.put(node.name(), Extremes.within(15, node.shape().extent(1))));
    return Compiler.compile(
            graph, new Ranges(32, extremes), FixedPoint.of(32, 11), Options.ownedBy("P2"))
        .plan();
  }

  private static long elements(Plan plan, Class<? extends Instruction> kind) {
    return plan.steps().stream()
        .filter(step -> kind.isInstance(step.instruction()))
        .mapToLong(step -> step.shape().size())
        .sum();
  }

  @Test
  void theTrainedDenseNetIsConvolutionsAndReluAndLittleElse() throws Exception {
    Plan plan = plan("densenet121/densenet121_pneumonia_128.onnx");
    assertEquals(121, count(plan, Instruction.Convolve.class));
    assertEquals(121, count(plan, Instruction.Relu.class));
    assertEquals(4, count(plan, Instruction.Maximum.class));
    assertEquals(2, count(plan, Instruction.Truncate.class));
    assertEquals(0, count(plan, Instruction.Permute.class));
    assertEquals(2, count(plan, Instruction.Scale.class));
    assertEquals(4_919_296, elements(plan, Instruction.Relu.class));
    assertEquals(393_216, elements(plan, Instruction.Maximum.class));
    for (var step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Convolve convolve) {
        assertEquals(1, convolve.groups(), "a normalisation is left in " + step.layer());
      }
    }
    assertEquals(plan, PlanText.parse(PlanText.print(plan)));
  }

  @Test
  void theTrainedResNetAddsItsShortcutsAtOneScale() throws Exception {
    Plan plan = plan("resnet18/resnet18_paediatric3_128.onnx");
    assertEquals(21, count(plan, Instruction.Convolve.class));
    assertEquals(17, count(plan, Instruction.Relu.class));
    assertEquals(8, count(plan, Instruction.Add.class));
    assertTrue(count(plan, Instruction.Scale.class) <= 6, PlanText.print(plan));
  }
}
