package org.blindread.workbench.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// By which floating-point engine a model is computed in the clear.
public final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Floating point, in the clear: onnxruntime, nd4j or reference.")
  private Optional<String> engine = Optional.empty();

  /// An option as yet unset.
  public EngineOption() {}

  public Optional<String> name() {
    return engine;
  }
}
