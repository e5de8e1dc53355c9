package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.reproduction.Reproduction;
import org.blindread.workbench.reproduction.SourceTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `reproduce`: the main job, from images to a verdict.
@Command(
    name = "reproduce",
    description =
        "A DenseNet-121 reads a cohort of seven sites: in floating point and by the fixed-point twin,"
            + " all of it, and by 3pc between three processes, ten images a site; then the statistics"
            + " decide whether they perform alike.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread reproduce",
      "  ./blindread reproduce --images 14",
      "  ./blindread reproduce --data ../shared/data/images/eval128",
      "",
      "Without --data it reads the embedded cohort: 1,149 phantoms, which are synthetic and say",
      "nothing about patients. Results stay in runs/reproduce; a second call finds them there, and",
      "a stopped one goes on."
    })
final class ReproduceCommand implements Callable<Integer> {
  /// Declared with the study's design, before any score was computed (docs/statistics.md).
  private static final Margin DECLARED =
      Margin.prespecified(
          0.01, "declared in docs/statistics.md for the reproduction, before any score was seen");

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images are read securely, over all sites. Default: ten a site.")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A real cohort: a folder with a manifest.csv, or the manifest. Default: embedded.")
  private String data = Cohorts.EMBEDDED;

  @Option(
      names = "--model",
      paramLabel = "M.onnx",
      description =
          "The network. Default: the committed one of the phantoms, or, with --data, that of"
              + " pneumonia.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--margin",
      paramLabel = "D",
      description = "Another margin of equivalence than the declared 0.01.")
  private Optional<Double> margin = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "Where results are kept. Default: runs/reproduce in the source tree.")
  private Optional<Path> runs = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  ReproduceCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (images.isPresent() && images.get() < 1) {
      throw new WorkbenchException("--images must be at least 1");
    }
    if (margin.isPresent() && !(margin.get() > 0 && margin.get() < 1)) {
      throw new WorkbenchException("--margin is a difference of two AUROCs, such as 0.01");
    }
    SourceTree tree = SourceTree.find();
    PrintWriter console = spec.commandLine().getOut();
    Reproduction.Order order =
        new Reproduction.Order(
            runs.orElse(tree.runs()),
            data,
            model.orElse(tree.model(data)),
            images.isPresent() ? OptionalInt.of(images.get()) : OptionalInt.empty(),
            margin
                .map(value -> Margin.prespecified(value, "declared on the command line"))
                .orElse(DECLARED));
    Reproduction reproduction = Reproduction.run(order, console);
    console.println(reproduction);
    console.flush();
    return reproduction.equal() ? 0 : Failure.RUN;
  }
}
