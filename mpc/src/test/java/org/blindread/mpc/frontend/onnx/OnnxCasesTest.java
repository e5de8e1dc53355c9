package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader.Limits;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads every folder of `src/test/resources/onnx`, made by `src/test/python/make_onnx_cases.py`
/// with onnx 1.23.2 and ONNX Runtime 1.31.1.
final class OnnxCasesTest {
  static final Path CASES = Path.of("src/test/resources/onnx");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static Graph read(String name) throws IOException, ModelException {
    Limits limits = Limits.defaults();
    Path dimensions = CASES.resolve(name).resolve("dimensions.txt");
    if (Files.exists(dimensions)) {
      for (String line : Files.readAllLines(dimensions)) {
        int equals = line.indexOf('=');
        limits = limits.with(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
      }
    }
    return OnnxReader.read(CASES.resolve(name).resolve("model.onnx"), limits);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyOutputHasTheNameAndShapeThatOnnxRuntimeGivesIt(String name) throws Exception {
    Graph graph = read(name);
    List<String> outputs = new ArrayList<>();
    for (String output : graph.outputs()) {
      outputs.add(output + " " + graph.shape(output));
    }
    assertEquals(Files.readAllLines(CASES.resolve(name).resolve("outputs.txt")), outputs);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theNumbersAreThoseOfOnnxRuntime(String name) throws Exception {
    Graph graph = read(name);
    Map<String, RealTensor> inputs = new LinkedHashMap<>();
    FloatBuffer given = numbers(name, "input.bin");
    for (var input : graph.inputs().entrySet()) {
      float[] values = new float[input.getValue().size()];
      given.get(values);
      inputs.put(input.getKey(), new RealTensor(input.getValue(), values));
    }
    assertEquals(0, given.remaining(), "numbers of the input that the graph does not take");
    Map<String, RealTensor> outputs = new Reference(graph).run(inputs);
    FloatBuffer expected = numbers(name, "expected.bin");
    for (String output : graph.outputs()) {
      float[] actual = outputs.get(output).values();
      for (int i = 0; i < actual.length; i++) {
        float value = expected.get();
        assertEquals(
            value, actual[i], 1e-4f * Math.max(1, Math.abs(value)), output + "[" + i + "]");
      }
    }
    assertEquals(0, expected.remaining(), "numbers that the graph does not compute");
  }

  private static FloatBuffer numbers(String name, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(CASES.resolve(name).resolve(file));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Test
  void thereAreCasesForEveryOperatorOfTheTable() throws Exception {
    var text = new StringBuilder();
    for (String name : cases()) {
      text.append(
          Files.readString(CASES.resolve(name).resolve("model.onnx"), StandardCharsets.ISO_8859_1));
    }
    // Nodes of the cases are named n<number>_<type>.
    List<String> missing =
        OnnxOperators.types().stream()
            .filter(type -> !text.toString().matches("(?s).*n[0-9]+_" + type + "[^A-Za-z].*"))
            .toList();
    assertTrue(missing.isEmpty(), "no case for " + missing);
  }
}
