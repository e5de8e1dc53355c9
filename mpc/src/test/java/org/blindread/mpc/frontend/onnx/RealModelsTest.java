package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Test;

/// The trained models of `../shared/data`, where it is present.
final class RealModelsTest {
  private static final Path DATA = Path.of("../../shared/data");

  private static Path model(String place) {
    assumeTrue(Files.isDirectory(DATA), "skipped: no ../shared/data");
    return DATA.resolve("models").resolve(place);
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
  void theLogitsOfThreeImagesAreThoseOfOnnxRuntime() throws Exception {
    Graph densenet = OnnxReader.read(model("densenet121/densenet121_pneumonia_128.onnx"));
    Graph resnet = OnnxReader.read(model("resnet18/resnet18_paediatric3_128.onnx"));
    Path folder = DATA.resolve("images/eval128");
    List<String> rows = Files.readAllLines(folder.resolve("labels_and_reference_outputs.csv"));
    for (int row : new int[] {1, 440, rows.size() - 1}) {
      List<String> cells = List.of(rows.get(row).split(",", -1));
      // The licence may hold a comma in quotes: the numbers are counted from the end.
      List<String> numbers = cells.subList(cells.size() - 5, cells.size());
      Map<String, RealTensor> image = Map.of("input", image(folder.resolve(cells.getFirst())));
      float[] pneumonia = new Reference(densenet).run(image).get("logits").values();
      assertEquals(Float.parseFloat(numbers.get(0)), pneumonia[0], 1e-3f, cells.getFirst());
      float[] findings = new Reference(resnet).run(image).get("logits").values();
      for (int i = 0; i < 3; i++) {
        assertEquals(Float.parseFloat(numbers.get(2 + i)), findings[i], 1e-3f, cells.getFirst());
      }
    }
  }

  /// The grey image on three channels, normalised as torchvision's models expect it.
  private static RealTensor image(Path png) throws IOException {
    float[] mean = {0.485f, 0.456f, 0.406f};
    float[] deviation = {0.229f, 0.224f, 0.225f};
    Raster pixels = ImageIO.read(png.toFile()).getRaster();
    float[] values = new float[3 * 128 * 128];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 128; y++) {
        for (int x = 0; x < 128; x++) {
          float grey = pixels.getSample(x, y, 0) / 255f;
          values[(channel * 128 + y) * 128 + x] = (grey - mean[channel]) / deviation[channel];
        }
      }
    }
    return new RealTensor(Shape.of(1, 3, 128, 128), values);
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
