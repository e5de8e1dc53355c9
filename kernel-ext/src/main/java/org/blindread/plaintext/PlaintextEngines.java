package org.blindread.plaintext;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.Shape;

/// The engines there are. An engine is loaded, with its native library, when it is asked for and
/// not before.
public final class PlaintextEngines {
  /// As `--engine` names them, the usual one first.
  public static final List<String> NAMES = List.of("onnxruntime", "nd4j", "reference");

  private PlaintextEngines() {}

  /// Loads a model into an engine.
  ///
  /// @param name one of [#NAMES]
  /// @param graph the model, of one input 1×C×H×W
  /// @param file the ONNX file it was read from; empty if it was built in code
  /// @throws IllegalArgumentException listing the names, if there is no such engine
  /// @throws ModelException if the engine cannot compute the model, or not on this machine
  public static PlaintextEngine load(String name, Graph graph, Optional<Path> file)
      throws ModelException {
    return switch (name) {
      case "onnxruntime" -> {
        if (file.isEmpty()) {
          throw new ModelException(
              "ONNX Runtime reads files, and %s is built in code; use --engine nd4j or reference"
                  .formatted(graph.name()));
        }
        Shape image = Logits.onlyInput(graph).getValue();
        yield OnnxRuntimeEngine.load(file.get(), image.extent(1), image.extent(2), image.extent(3));
      }
      case "nd4j" -> Nd4jEngine.load(graph);
      case "reference" -> new ReferenceEngine(graph);
      default ->
          throw new IllegalArgumentException(
              "no engine '%s'; there are %s".formatted(name, String.join(", ", NAMES)));
    };
  }
}
