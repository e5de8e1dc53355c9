package org.blindread.plaintext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.blindread.data.Csv;
import org.blindread.data.GreyImage;
import org.blindread.data.ImageFile;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeEngineTest {
  private static final Path MODEL = Path.of("../notebooks/models/densenet121_pneumonia_128.onnx");
  private static final Preprocessing INPUT = Preprocessing.imageNet(128, 128);

  @Test
  void theLogitsOfRealImagesAreThoseOfTheFrameworkThatTrainedTheModel() throws Exception {
    Path images = Path.of("../../shared/data/images/eval128");
    assumeTrue(Files.exists(images), "skipped: no ../shared/data");
    List<List<String>> rows = new ArrayList<>();
    try (PlaintextEngine engine = OnnxRuntimeEngine.load(MODEL, 3, 128, 128);
        Csv csv = Csv.open(images.resolve("labels_and_reference_outputs.csv"))) {
      List<String> header = csv.next().orElseThrow();
      int file = header.indexOf("file");
      int logit = header.indexOf("densenet_logit");
      while (rows.size() < 876) {
        rows.add(csv.next().orElseThrow());
      }
      for (int i = 0; i < rows.size(); i += 175) {
        List<String> row = rows.get(i);
        GreyImage image = ImageFile.read(images.resolve(row.get(file)));
        float[] out = engine.logits(INPUT.apply(image));
        assertEquals(1, out.length);
        assertEquals(Double.parseDouble(row.get(logit)), out[0], 1e-4, row.get(file));
      }
    }
  }

  @Test
  void theSameImageGivesTheSameBits() throws Exception {
    float[] image = INPUT.apply(TinyStudy.phantom(3, 128));
    try (PlaintextEngine engine = OnnxRuntimeEngine.load(MODEL, 3, 128, 128)) {
      assertEquals("onnxruntime", engine.name());
      assertTrue(engine.version().matches("\\d+\\.\\d+\\.\\d+"), engine.version());
      assertArrayEquals(engine.logits(image), engine.logits(image));
      var e = assertThrows(IllegalArgumentException.class, () -> engine.logits(new float[7]));
      assertEquals("the input 1×3×128×128 has 49152 elements, given 7", e.getMessage());
    }
  }

  @Test
  void aModelOfAnotherShapeIsRefused() {
    var e = assertThrows(ModelException.class, () -> load(MODEL, 224));
    assertTrue(
        String.valueOf(e.getMessage())
            .matches(".*: input '.*' has shape .×3×128×128, but the model card says 1×3×224×224"),
        e.getMessage());
  }

  @Test
  void whatIsNoModelIsRefused(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("x.onnx"), "not a model");
    var e = assertThrows(ModelException.class, () -> load(text, 128));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("ONNX Runtime cannot load " + text + ": "),
        e.getMessage());
    Path absent = folder.resolve("absent.onnx");
    var none = assertThrows(ModelException.class, () -> load(absent, 128));
    assertEquals("cannot read " + absent + ": no such file, or not readable", none.getMessage());
  }

  private static void load(Path model, int size) throws ModelException {
    OnnxRuntimeEngine.load(model, 3, size, size).close();
  }
}
