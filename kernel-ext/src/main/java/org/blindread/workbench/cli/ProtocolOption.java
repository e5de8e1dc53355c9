package org.blindread.workbench.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// By which protocol a model is computed.
public final class ProtocolOption {
  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "plain (the cleartext fixed-point twin) or 3pc.")
  private Optional<String> protocol = Optional.empty();

  /// An option as yet unset.
  public ProtocolOption() {}

  public Optional<String> name() {
    return protocol;
  }
}
