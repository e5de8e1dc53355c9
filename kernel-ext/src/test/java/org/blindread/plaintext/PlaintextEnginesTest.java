package org.blindread.plaintext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blindread.data.Csv;
import org.blindread.data.ImageFile;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.frontend.onnx.OnnxReader;
import org.blindread.mpc.frontend.onnx.OnnxReader.Limits;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What every engine must do, whichever computes.
///
/// Operations are judged by `Reference` on seeded graphs, and by what ONNX Runtime 1.31.1 computed
/// for the models in `mpc/src/test/resources/onnx`; the whole DenseNet-121 by the ONNX Runtime that
/// runs here.
final class PlaintextEnginesTest {
  static final List<String> NAMES = PlaintextEngines.NAMES;

  private static final Path CASES = Path.of("../mpc/src/test/resources/onnx");
  private static final Path DENSENET =
      Path.of("../notebooks/models/densenet121_pneumonia_128.onnx");
  private static final Path DATA = Path.of("../../shared/data");
  private static final Preprocessing INPUT = Preprocessing.imageNet(128, 128);

  /// Equal within `error` of the largest finite number expected, or of 1.
  private static void assertClose(float[] expected, float[] actual, double error, String what) {
    assertEquals(expected.length, actual.length, what);
    double largest = 1;
    for (float value : expected) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    for (int i = 0; i < expected.length; i++) {
      if (Float.compare(expected[i], actual[i]) != 0) {
        assertEquals(expected[i], actual[i], error * largest, what + " at " + i);
      }
    }
  }

  @Test
  void theCasesCoverEveryKindOfOperation() {
    Set<Class<?>> covered =
        OpCase.all().stream().map(test -> test.op().getClass()).collect(Collectors.toSet());
    assertEquals(Set.of(Op.class.getPermittedSubclasses()), covered);
  }

  static Stream<OpCase> operations() {
    return OpCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationGivesTheNumbersOfTheReference(OpCase test) throws Exception {
    Graph graph = test.graph(5);
    float[] image = test.image(5);
    RealTensor x = new RealTensor(test.operands().getFirst(), image);
    float[] expected = Reference.evaluate(graph, Map.of("x", x)).get("y").values();
    for (String engine : List.of("nd4j", "reference")) {
      try (PlaintextEngine loaded = PlaintextEngines.load(engine, graph, Optional.empty())) {
        assertClose(expected, loaded.logits(image), 2e-6, engine);
      }
    }
  }

  static List<String> models() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelGivesTheNumbersOfOnnxRuntime(String name) throws Exception {
    Path folder = CASES.resolve(name);
    Graph graph = read(folder);
    Map<String, RealTensor> inputs = new LinkedHashMap<>();
    FloatBuffer given = numbers(folder.resolve("input.bin"));
    for (Map.Entry<String, Shape> input : graph.inputs().entrySet()) {
      float[] values = new float[input.getValue().size()];
      given.get(values);
      inputs.put(input.getKey(), new RealTensor(input.getValue(), values));
    }
    FloatBuffer buffer = numbers(folder.resolve("expected.bin"));
    float[] expected = new float[buffer.remaining()];
    buffer.get(expected);
    try (Nd4jEngine engine = Nd4jEngine.ofAnyInputs(graph)) {
      assertClose(expected, Logits.joined(engine.run(inputs)), 1e-4, "nd4j");
    }
    RealTensor first = inputs.values().iterator().next();
    if (inputs.size() == 1 && first.shape().rank() == 4 && first.shape().extent(0) == 1) {
      for (String engine : NAMES) {
        Path file = folder.resolve("model.onnx");
        try (PlaintextEngine loaded = PlaintextEngines.load(engine, graph, Optional.of(file))) {
          assertClose(expected, loaded.logits(first.values()), 1e-4, engine);
        }
      }
    }
  }

  private static Graph read(Path folder) throws Exception {
    Limits limits = Limits.defaults();
    Path dimensions = folder.resolve("dimensions.txt");
    if (Files.exists(dimensions)) {
      for (String line : Files.readAllLines(dimensions)) {
        int equals = line.indexOf('=');
        limits = limits.with(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
      }
    }
    return OnnxReader.read(folder.resolve("model.onnx"), limits);
  }

  private static FloatBuffer numbers(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void aDenseNetGivesTheLogitsOfOnnxRuntime(String name) throws Exception {
    Graph graph = OnnxReader.read(DENSENET);
    try (PlaintextEngine judge = OnnxRuntimeEngine.load(DENSENET, 3, 128, 128);
        PlaintextEngine engine = PlaintextEngines.load(name, graph, Optional.of(DENSENET))) {
      for (int phantom = 0; phantom < 3; phantom++) {
        float[] image = INPUT.apply(TinyStudy.phantom(phantom, 128));
        assertClose(judge.logits(image), engine.logits(image), 1e-4, "phantom " + phantom);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void realImagesGetTheLogitsOfTheFrameworkThatTrainedTheModels(String name) throws Exception {
    Path images = DATA.resolve("images/eval128");
    assumeTrue(Files.exists(images), "skipped: no ../shared/data");
    Path densenet = DATA.resolve("models/densenet121/densenet121_pneumonia_128.onnx");
    Path resnet = DATA.resolve("models/resnet18/resnet18_paediatric3_128.onnx");
    try (PlaintextEngine first =
            PlaintextEngines.load(name, OnnxReader.read(densenet), Optional.of(densenet));
        PlaintextEngine second =
            PlaintextEngines.load(name, OnnxReader.read(resnet), Optional.of(resnet))) {
      for (List<String> row : rows(images, 3)) {
        // The last columns: the logit of the DenseNet, its score, the three logits of the ResNet.
        List<String> cells = row.subList(row.size() - 5, row.size());
        float[] expected = new float[cells.size()];
        for (int i = 0; i < expected.length; i++) {
          expected[i] = Float.parseFloat(cells.get(i));
        }
        float[] image = INPUT.apply(ImageFile.read(images.resolve(row.getFirst())));
        assertClose(new float[] {expected[0]}, first.logits(image), 1e-4, row.getFirst());
        assertClose(Arrays.copyOfRange(expected, 2, 5), second.logits(image), 1e-4, row.getFirst());
      }
    }
  }

  private static List<List<String>> rows(Path images, int count) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (Csv csv = Csv.open(images.resolve("labels_and_reference_outputs.csv"))) {
      var _ = csv.next();
      for (int i = 0; i < count; i++) {
        rows.add(csv.next().orElseThrow());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theSameImageGivesTheSameBitsOnEveryThread(String name) throws Exception {
    Path file = CASES.resolve("network-densenet/model.onnx");
    Graph graph = OnnxReader.read(file);
    float[] image = new float[graph.inputs().values().iterator().next().size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(i);
    }
    try (PlaintextEngine engine = PlaintextEngines.load(name, graph, Optional.of(file));
        var threads = Executors.newFixedThreadPool(4)) {
      float[] once = engine.logits(image);
      Callable<float[]> again = () -> engine.logits(image);
      for (Future<float[]> result : threads.invokeAll(java.util.Collections.nCopies(40, again))) {
        assertArrayEquals(once, result.get());
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void anEngineSaysWhatItIsAndWhatItReads(String name) throws Exception {
    Path file = CASES.resolve("network-small/model.onnx");
    Graph graph = OnnxReader.read(file);
    Shape input = graph.inputs().values().iterator().next();
    try (PlaintextEngine engine = PlaintextEngines.load(name, graph, Optional.of(file))) {
      assertEquals(name, engine.name());
      assertTrue(engine.version().matches("\\d+\\.\\d+.*|development"), engine.version());
      var e = assertThrows(IllegalArgumentException.class, () -> engine.logits(new float[7]));
      assertEquals(
          "the input %s has %d elements, given 7".formatted(input, input.size()), e.getMessage());
    }
  }

  @Test
  void anUnknownEngineIsRefusedWithTheNamesThereAre() throws Exception {
    Graph graph = OnnxReader.read(CASES.resolve("network-small/model.onnx"));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PlaintextEngines.load("magic", graph, Optional.empty()));
    assertEquals("no engine 'magic'; there are onnxruntime, nd4j, reference", e.getMessage());
  }
}
