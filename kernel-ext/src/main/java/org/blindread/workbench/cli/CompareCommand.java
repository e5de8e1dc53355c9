package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.data.Uncertain;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.comparison.Settings;
import org.blindread.workbench.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  ./blindread compare float.csv twin.csv --truth embedded --by site --json compared.json",
      "",
      "Without --margin there is a difference with its interval, and no verdict: what difference",
      "does not matter is for you to declare, before the scores are seen."
    })
final class CompareCommand implements Callable<Integer> {
  /// What lines may be broken down by.
  enum By {
    SITE
  }

  /// What an uncertain label may count as.
  enum Counts {
    EXCLUDE(Uncertain.EXCLUDE),
    PRESENT(Uncertain.AS_PRESENT),
    ABSENT(Uncertain.AS_ABSENT);

    private final Uncertain policy;

    Counts(Uncertain policy) {
      this.policy = policy;
    }
  }

  @Parameters(index = "0", paramLabel = "PLAIN.csv", description = "Scores computed in the clear.")
  private Path plain = Path.of("");

  @Parameters(index = "1", paramLabel = "SECURE.csv", description = "Scores computed securely.")
  private Path secure = Path.of("");

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "TRUTH.csv",
      description =
          "What is true: a csv image,site,patient and a column a finding, a manifest with labels, or"
              + " embedded for the embedded cohort.")
  private String truth = "";

  @Option(names = "--by", description = "Lines for each site too: ${COMPLETION-CANDIDATES}.")
  private Optional<By> by = Optional.empty();

  @Option(
      names = "--margin",
      paramLabel = "D",
      description = "The largest difference of two AUROCs that does not matter, such as 0.01.")
  private Optional<Double> margin = Optional.empty();

  @Option(
      names = "--rationale",
      paramLabel = "TEXT",
      description = "Why that margin; printed with the verdict.")
  private Optional<String> rationale = Optional.empty();

  @Option(
      names = "--uncertain",
      description =
          "What uncertain labels (-1) count as: ${COMPLETION-CANDIDATES}. Needed where there are"
              + " any.")
  private Optional<Counts> uncertain = Optional.empty();

  @Option(
      names = "--common",
      description = "Leave out images that only one of the two files has, instead of refusing.")
  private boolean common;

  @Option(names = "--json", paramLabel = "FILE", description = "Every number at full precision.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--csv", paramLabel = "FILE", description = "The table of areas as csv.")
  private Optional<Path> csv = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  CompareCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (margin.isPresent() && !(margin.get() > 0 && margin.get() < 1)) {
      throw new WorkbenchException(
          String.format(
              Locale.ROOT,
              "--margin is a difference of two AUROCs, between 0 and 1, such as 0.01, not %s",
              margin.get()));
    }
    if (rationale.isPresent() && margin.isEmpty()) {
      throw new WorkbenchException("--rationale says why a --margin; there is none");
    }
    PairedScores scores =
        PairedScores.of(
            new PairedScores.Names(stem(plain), stem(secure)),
            Scores.read(plain),
            Scores.read(secure),
            common);
    Cohorts.Known known = Cohorts.truth(truth, scores.findings());
    Settings settings =
        new Settings(
            by.isPresent(),
            margin.map(
                value ->
                    Margin.prespecified(
                        value, rationale.orElse("declared on the command line, no reason given"))),
            uncertain.map(counts -> counts.policy));
    Comparison comparison = Comparison.of(scores, known.truth(), settings);
    PrintWriter console = spec.commandLine().getOut();
    if (known.synthetic()) {
      comparison = comparison.noting(Cohorts.SYNTHETIC);
      console.println(Cohorts.SYNTHETIC + "\n");
    }
    console.println(comparison);
    console.flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), comparison.toJson() + "\n");
    }
    if (csv.isPresent()) {
      Tables.of(comparison).write().csv(csv.get().toFile());
    }
    return 0;
  }

  /// What a file is called in a table.
  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
