package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Scores;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `compare`: whether secure scores perform as plain ones do.
@Command(
    name = "compare",
    description =
        "Compares two files of scores of the same images: AUROC by finding and site with intervals,"
            + " the paired difference, equivalence at a declared margin, rank certificate, agreement"
            + " of the scores.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread compare float.csv 3pc.csv --truth truth.csv",
      "  ./blindread compare float.csv 3pc.csv --truth manifest.csv --by site --margin 0.01",
      "  ./blindread compare float.csv twin.csv --truth embedded --by site --figures out",
      "",
      "Without --margin there is a difference with its interval, and no verdict: what difference",
      "does not matter is for you to declare, before the scores are seen."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PLAIN.csv", description = "Scores computed in the clear.")
  private Path plain = Path.of("");

  @Parameters(index = "1", paramLabel = "SECURE.csv", description = "Scores computed securely.")
  private Path secure = Path.of("");

  @Mixin private CompareOptions options = new CompareOptions();

  @Spec private CommandSpec spec;

  /// For picocli.
  CompareCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    String truth =
        options
            .truth()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "Missing required option: '--truth=TRUTH.csv'"));
    PairedScores scores =
        PairedScores.of(
            new PairedScores.Names(CompareOptions.name(plain), CompareOptions.name(secure)),
            Scores.read(plain),
            Scores.read(secure),
            options.common());
    Comparison comparison = options.compare(scores, Cohorts.truth(truth, scores.findings()));
    PrintWriter console = spec.commandLine().getOut();
    if (comparison.notices().contains(Cohorts.SYNTHETIC)) {
      console.println(Cohorts.SYNTHETIC + "\n");
    }
    console.println(comparison);
    console.flush();
    options.write(scores, comparison);
    return 0;
  }
}
