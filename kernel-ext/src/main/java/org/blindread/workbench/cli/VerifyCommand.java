package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.blindread.workbench.validation.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `verify`: makes a study's tables and figures again and compares.
@Command(
    name = "verify",
    description =
        "Makes every table and figure of a run again from its stored scores and hashes, and names"
            + " what differs.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {
      "  ./blindread verify runs/reproduce/0123456789abcdef",
      "",
      "Exit code 0 if nothing differs, else 1. Images are not read again; ./blindread reproduce --runs",
      "in a new folder does that."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a reproduction.")
  private Path run = Path.of("");

  @Option(names = "--quiet", description = "Name only what differs.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  /// For picocli.
  VerifyCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Verification verification = Verification.of(run);
    PrintWriter console = spec.commandLine().getOut();
    verification.checks().stream()
        .filter(check -> !quiet || !check.well())
        .forEach(console::println);
    long differ = verification.checks().stream().filter(check -> !check.well()).count();
    console.println(
        differ == 0
            ? "verified: %d checks, nothing differs".formatted(verification.checks().size())
            : "%d of %d checks failed".formatted(differ, verification.checks().size()));
    console.flush();
    return verification.well() ? 0 : Failure.RUN;
  }
}
