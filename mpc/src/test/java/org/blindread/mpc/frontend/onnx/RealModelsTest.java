package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Test;

/// The trained models of `../shared/data`, where it is present.
final class RealModelsTest {
  private static Path model(String place) {
    Path data = Path.of("../../shared/data");
    assumeTrue(Files.isDirectory(data), "skipped: no ../shared/data");
    return data.resolve("models").resolve(place);
  }

  private static Map<String, Integer> counts(Graph graph) {
    Map<String, Integer> counts = new TreeMap<>();
    graph
        .nodes()
        .forEach(node -> counts.merge(node.op().getClass().getSimpleName(), 1, Integer::sum));
    return counts;
  }

  @Test
  void theDenseNetHasTheOperationsOfItsArchitecture() throws Exception {
    Graph graph = OnnxReader.read(model("densenet121/densenet121_pneumonia_128.onnx"));
    assertEquals(
        "{Add=1, AveragePool=3, BatchNorm=62, Concat=62, Conv=120, MatMul=1, MaxPool=1, Mean=1,"
            + " Relu=121, Reshape=1}",
        counts(graph).toString());
    assertEquals(Map.of("input", Shape.of(1, 3, 128, 128)), graph.inputs());
    assertEquals(Shape.of(1, 1), graph.shape("logits"));
  }

  @Test
  void theResNetHasTheOperationsOfItsArchitecture() throws Exception {
    Graph graph = OnnxReader.read(model("resnet18/resnet18_paediatric3_128.onnx"));
    assertEquals(
        "{Add=9, Conv=20, MatMul=1, MaxPool=1, Mean=1, Relu=17, Reshape=1}",
        counts(graph).toString());
    assertEquals(Shape.of(1, 3), graph.shape("logits"));
  }

  @Test
  void theSegmentationModelIsRefusedByNamingItsTransposedConvolutions() {
    ModelException refusal =
        assertThrows(
            ModelException.class, () -> OnnxReader.read(model("unet3d/unet3d_lung_ct.onnx")));
    assertEquals(
        "op 'ConvTranspose' is not supported (nodes '/u2/ConvTranspose', '/u1/ConvTranspose',"
            + " opset 13); supported: docs/operators.md",
        refusal.getMessage());
  }
}
