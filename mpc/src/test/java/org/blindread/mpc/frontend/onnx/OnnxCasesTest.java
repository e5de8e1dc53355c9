package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader.Limits;
import org.blindread.mpc.graph.Graph;
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

  @Test
  void thereAreCasesForEveryOperatorOfTheTable() throws Exception {
    var text = new StringBuilder();
    for (String name : cases()) {
      text.append(
          Files.readString(
              CASES.resolve(name).resolve("model.onnx"),
              java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    // Nodes of the cases are named n<number>_<type>.
    List<String> missing =
        OnnxOperators.types().stream()
            .filter(type -> !text.toString().matches("(?s).*n[0-9]+_" + type + "[^A-Za-z].*"))
            .toList();
    assertTrue(missing.isEmpty(), "no case for " + missing);
  }
}
