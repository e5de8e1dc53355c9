package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.workbench.Reproduction;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `reproduce`: the main job, from images to a table.
@Command(
    name = "reproduce",
    description =
        "The committed pneumonia DenseNet-121 on chest images: in floating point and fixed point on"
            + " all of them, securely between three processes on a sample; prints one table.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread reproduce",
      "  ./blindread reproduce --images 40",
      "",
      "Images: ../shared/data/images/eval128 if it is there, else twenty generated phantoms, which",
      "are synthetic and say nothing about patients. Scores stay in runs/; a second call reuses them."
    })
final class ReproduceCommand implements Callable<Integer> {
  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images are read securely. Default: 10.")
  private int images = 10;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where a manifest.csv lies. Default: ../shared/data/images/eval128.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--root",
      hidden = true,
      description = "The project's root. Default: where the program lies.")
  private Optional<Path> root = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  ReproduceCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (images < 1) {
      throw new WorkbenchException("--images must be at least 1");
    }
    PrintWriter console = spec.commandLine().getOut();
    Reproduction reproduction = Reproduction.run(Reproduction.rootOr(root), data, images, console);
    console.println(reproduction.table());
    console.flush();
    return reproduction.equal() ? 0 : Failure.RUN;
  }
}
