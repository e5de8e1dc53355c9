package org.blindread.jupyter.magic;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What becomes of a cell's outcome.
final class OutcomeOptions {
  @Option(
      names = "--out",
      paramLabel = "NAME",
      description = "The variable that gets the outcome: scores, times, traffic, provenance.")
  private Optional<String> out = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "A folder that keeps the run: what it has is not read again, so a stopped cell goes on"
              + " when it is run again. Default: a new folder under runs/notebook.")
  private Optional<Path> keep = Optional.empty();

  /// For picocli.
  OutcomeOptions() {}

  Optional<String> out() {
    return out;
  }

  Optional<Path> keep() {
    return keep;
  }
}
