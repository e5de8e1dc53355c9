package org.blindread.plaintext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

final class Nd4jEngineTest {
  private static final Path DENSENET =
      Path.of("../mpc/src/test/resources/onnx/network-densenet/model.onnx");

  /// Bytes that twenty images may leave to the garbage collector: ND4J makes a scalar of every
  /// number it is given. One value of the network is larger.
  private static final long SCALARS = 4096;

  private static Graph single(Op op, Shape x, Shape y) {
    return new Graph(
        "one", Map.of("x", x), Map.of(), List.of(new Node("y", op, List.of("x"), y)), List.of("y"));
  }

  @Test
  void nativeMemoryDoesNotGrowWithTheImages() throws Exception {
    Graph graph = OnnxReader.read(DENSENET);
    float[] image = new float[graph.inputs().values().iterator().next().size()];
    long numbers = graph.constants().values().stream().mapToLong(c -> c.shape().size()).sum();
    Nd4jLibrary.load();
    long before = nativeBytes();
    try (Nd4jEngine engine = Nd4jEngine.load(graph)) {
      long loaded = nativeBytes();
      assertTrue(loaded - before >= Float.BYTES * numbers, "the counter sees the weights");
      for (int i = 0; i < 20; i++) {
        var _ = engine.logits(image);
      }
      assertTrue(nativeBytes() - loaded < SCALARS, "left " + (nativeBytes() - loaded));
    }
    assertTrue(nativeBytes() - before < SCALARS, "left " + (nativeBytes() - before));
  }

  /// What ND4J's native side has allocated, by its own count.
  private static long nativeBytes() {
    return Nd4j.getEnvironment().getDeviceCouner(0);
  }

  @Test
  void nd4jIsHeldToOneThreadACaller() throws Exception {
    Nd4jEngine.load(single(new Op.Relu(), Shape.of(1, 3), Shape.of(1, 3))).close();
    assertEquals(1, Nd4j.getEnvironment().maxMasterThreads());
    assertEquals(1, Nd4j.factory().blas().getMaxThreads());
  }

  @Test
  void outputsMayBeInputsAndConstants() throws Exception {
    RealTensor constant = RealTensor.of(Shape.of(2), 7, 8);
    RealTensor x = RealTensor.of(Shape.of(1, 3), -1, 0, 2);
    Graph graph =
        new Graph(
            "through",
            Map.of("x", x.shape()),
            Map.of("c", constant),
            List.of(
                new Node("y", new Op.Relu(), List.of("x"), x.shape()),
                new Node("unused", new Op.Relu(), List.of("y"), x.shape())),
            List.of("c", "x", "y"));
    try (Nd4jEngine engine = Nd4jEngine.load(graph)) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "[7.0, 8.0, -1.0, 0.0, 2.0, 0.0, 0.0, 2.0]",
            Arrays.toString(engine.logits(x.values())));
      }
    }
  }

  @Test
  void infinitiesAndNaNPassAsInTheReference() throws Exception {
    float[] values = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE, 3e38f
    };
    Shape shape = Shape.of(1, values.length);
    for (Op op : List.of(new Op.Relu(), new Op.LeakyRelu(0.5f), new Op.Clip(-1, 6))) {
      Graph graph = single(op, shape, shape);
      try (var engine = Nd4jEngine.load(graph);
          var reference = new ReferenceEngine(graph)) {
        assertEquals(
            Arrays.toString(reference.logits(values)).replace("-0.0", "0.0"),
            Arrays.toString(engine.logits(values)).replace("-0.0", "0.0"),
            op.toString());
      }
    }
  }

  @Test
  void aWindowThatCoversPaddingOnlyIsRefusedAtOnce() {
    Window window = new Window(List.of(2), List.of(1), List.of(0), List.of(2), List.of(1));
    Graph graph = single(new Op.MaxPool(window), Shape.of(1, 1, 2), Shape.of(1, 1, 3));
    var e = assertThrows(ModelException.class, () -> Nd4jEngine.load(graph).close());
    assertEquals("a pooling window covers padding only (node 'y', " + window + ")", e.getMessage());
  }

  @Test
  void severalInputsAreRefused() {
    Shape shape = Shape.of(1);
    Graph graph =
        new Graph(
            "two",
            new java.util.TreeMap<>(Map.of("a", shape, "b", shape)),
            Map.of(),
            List.of(new Node("y", new Op.Add(), List.of("a", "b"), shape)),
            List.of("y"));
    var e = assertThrows(IllegalArgumentException.class, () -> Nd4jEngine.load(graph));
    assertEquals("two has the inputs [a, b]; one image is put in", e.getMessage());
  }

  /// In a JVM whose class path lacks the native jar, as on a platform that ND4J does not serve.
  @Test
  void whereTheNativeLibraryIsMissingOneSentenceSaysSo() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*nd4j-native-[^/\\\\]*-(linux|macosx|windows)-.*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            WithoutLibrary.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    String sentence =
        "the native library of ND4J does not load on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " (";
    List<String> lines = said.strip().lines().toList();
    assertEquals(2, lines.size(), said);
    for (String line : lines) {
      assertTrue(line.startsWith(sentence), said);
      assertTrue(line.endsWith("); use --engine onnxruntime or reference"), said);
    }
  }

  /// Asks twice, since a class that failed to load fails in another way the second time.
  static final class WithoutLibrary {
    private WithoutLibrary() {}

    public static void main(String[] arguments) {
      Graph graph = single(new Op.Relu(), Shape.of(1, 3), Shape.of(1, 3));
      for (int i = 0; i < 2; i++) {
        try {
          PlaintextEngines.load("nd4j", graph, Optional.empty()).close();
        } catch (ModelException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
