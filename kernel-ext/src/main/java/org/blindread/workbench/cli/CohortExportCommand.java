package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.data.Cohort;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `cohort export`: a cohort as files.
@Command(
    name = "export",
    description = "Writes a cohort as PNG files, a manifest.csv and a truth.csv.",
    mixinStandardHelpOptions = true)
final class CohortExportCommand implements Callable<Integer> {
  @Mixin private CohortOptions cohort = new CohortOptions();

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Only a sample of N images, stratified by site and findings. Default: all.")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another one draws another sample. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new or empty folder.")
  private Path out = Path.of("");

  @Spec private CommandSpec spec;

  /// For picocli.
  CohortExportCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Cohort read = cohort.read();
    if (images.isPresent() && (images.get() < 1 || images.get() > read.size())) {
      throw new WorkbenchException(
          "--images is 1 to %d, not %d".formatted(read.size(), images.get()));
    }
    Cohort wanted = images.isPresent() ? read.sample(images.get(), seed) : read;
    Path manifest = wanted.write(out);
    Path truth = out.resolve("truth.csv");
    wanted.truth().write(truth);
    PrintWriter console = spec.commandLine().getOut();
    console.println(wanted);
    console.println("manifest: " + manifest);
    console.println("truth: " + truth);
    console.flush();
    return 0;
  }
}
