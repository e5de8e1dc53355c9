package org.blindread.jupyter.headless;

import java.nio.file.Path;
import java.util.Optional;
import org.blindread.jupyter.spec.HostKernel;
import org.blindread.jupyter.spec.Installation;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.run.Protocols;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.SourceTree;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.cli.KnobOption;
import org.blindread.workbench.cli.Subcommand;
import org.blindread.workbench.validation.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `reproduce`: the main job, from images to a report: notebook 02, executed headless.
@Command(
    name = "reproduce",
    description =
        "Executes the notebook 02-multi-site-reproduction: a DenseNet-121 reads a cohort of seven"
            + " sites in floating point and by the fixed-point twin, all of it, and securely between"
            + " processes, ten images a site; then the statistics decide whether they perform alike.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread reproduce",
      "  ./blindread reproduce --images 14",
      "  ./blindread reproduce --full",
      "  ./blindread reproduce --data ../shared/data/images/eval128",
      "",
      "Without --data it reads the embedded cohort: 1,149 phantoms, which are synthetic and say",
      "nothing about patients. The executed notebook, an HTML report, figures, tables and the",
      "database stay in one folder under runs/reproduce; a second call finds there what was read,",
      "and a stopped one goes on. ./blindread verify makes all of it again and compares."
    })
public final class ReproduceCommand implements Subcommand {
  /// Declared with the study's design, before any score was computed (docs/statistics.md).
  private static final Margin DECLARED =
      Margin.prespecified(
          0.01, "declared in docs/statistics.md for the reproduction, before any score was seen");

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images are read securely, over all sites. Default: ten a site.")
  private Optional<Integer> images = Optional.empty();

  @Option(names = "--full", description = "Read all images securely, too.")
  private boolean full;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A real cohort: a folder with a manifest.csv, or the manifest. Default: embedded.")
  private String data = Cohorts.EMBEDDED;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "How images are read securely. Default: 3pc.")
  private String protocol = "3pc";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "faithful (equal to the twin bit for bit) or fast. Default: faithful.")
  private String mode = "faithful";

  @Mixin private KnobOption knobs = new KnobOption();

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
      names = "--rationale",
      paramLabel = "TEXT",
      description = "Why that margin; printed with the verdict.")
  private Optional<String> rationale = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "Where results are kept. Default: runs/reproduce in the source tree.")
  private Optional<Path> runs = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The kernel underneath: jjava or ijava. Default: jjava.")
  private HostKernel host = HostKernel.JJAVA;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "The kernel's largest heap. Default: 4g.")
  private String heap = "4g";

  @Spec private CommandSpec spec;

  /// For `ServiceLoader` and picocli.
  public ReproduceCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    check();
    Reproduction.How how = how();
    Path python =
        Installation.environment()
            .orElseThrow(
                () ->
                    new WorkbenchException(
                        "the notebook needs its Python environment; start this by ./blindread"));
    SourceTree tree = SourceTree.find();
    Reproduction reproduction =
        new Reproduction(
            tree.root().toAbsolutePath().resolve("notebooks").resolve(Reproduction.NOTEBOOK),
            data,
            model.orElse(tree.model(data)).toAbsolutePath(),
            how,
            full ? Integer.MAX_VALUE : images.orElse(0),
            margin.isPresent()
                ? Margin.prespecified(
                    margin.get(), rationale.orElse("declared on the command line"))
                : DECLARED);
    Validation study =
        reproduction.run(
            python,
            Installation.spec(host, heap),
            runs.orElse(tree.runs()),
            spec.commandLine().getOut());
    return study.asPromised() ? 0 : 1;
  }

  private Reproduction.How how() throws WorkbenchException {
    try {
      return new Reproduction.How(Protocols.of(protocol), Mode.parse(mode), knobs.chosen());
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private void check() throws WorkbenchException {
    if (images.isPresent() && images.get() < 1) {
      throw new WorkbenchException("--images must be at least 1");
    }
    if (images.isPresent() && full) {
      throw new WorkbenchException("--full reads all images; leave out --images");
    }
    if (margin.isPresent() && !(margin.get() > 0 && margin.get() < 1)) {
      throw new WorkbenchException("--margin is a difference of two AUROCs, such as 0.01");
    }
    if (rationale.isPresent() && margin.isEmpty()) {
      throw new WorkbenchException("--rationale says why a --margin; there is none");
    }
  }
}
