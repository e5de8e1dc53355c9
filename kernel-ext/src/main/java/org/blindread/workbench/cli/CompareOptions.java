package org.blindread.workbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.blindread.data.Uncertain;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.comparison.Settings;
import org.blindread.workbench.figure.Figure;
import org.blindread.workbench.figure.Figures;
import org.blindread.workbench.table.Tables;
import picocli.CommandLine.Option;

/// How two sets of scores are compared, and where the result goes. The command line and the cells
/// of a notebook share it.
public final class CompareOptions {
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

  @Option(
      names = "--truth",
      paramLabel = "TRUTH.csv",
      description =
          "What is true: a csv image,site,patient and a column a finding, a manifest with labels, or"
              + " embedded for the embedded cohort. In a notebook also a variable; default there:"
              + " what the scored cohort says of its images.")
  private Optional<String> truth = Optional.empty();

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
      description = "Leave out images that only one of the two has, instead of refusing.")
  private boolean common;

  @Option(names = "--json", paramLabel = "FILE", description = "Every number at full precision.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--csv", paramLabel = "FILE", description = "The table of areas as csv.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Forest, ROC curves and differences as PNG, SVG and csv.")
  private Optional<Path> figures = Optional.empty();

  /// Options as yet unset.
  public CompareOptions() {}

  public Optional<String> truth() {
    return truth;
  }

  public boolean common() {
    return common;
  }

  /// Refuses options that do not go together, before anything is read.
  ///
  /// @throws WorkbenchException naming the option
  public void check() throws WorkbenchException {
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
  }

  /// Compares; of synthetic images that is the first notice.
  ///
  /// @throws WorkbenchException as [Comparison#of]
  public Comparison compare(PairedScores scores, Cohorts.Known known) throws WorkbenchException {
    Settings settings =
        new Settings(
            by.isPresent(),
            margin.map(
                value -> Margin.prespecified(value, rationale.orElse("declared, no reason given"))),
            uncertain.map(counts -> counts.policy));
    Comparison comparison = Comparison.of(scores, known.truth(), settings);
    return known.synthetic() ? comparison.noting(Cohorts.SYNTHETIC) : comparison;
  }

  /// Writes the files that were asked for.
  ///
  /// @throws IOException if one cannot be written
  /// @throws WorkbenchException likewise
  public void write(PairedScores scores, Comparison comparison)
      throws IOException, WorkbenchException {
    if (json.isPresent()) {
      Files.writeString(json.get(), comparison.toJson() + "\n");
    }
    if (csv.isPresent()) {
      Tables.of(comparison).write().csv(csv.get().toFile());
    }
    if (figures.isPresent()) {
      for (Figure figure : Figures.of(scores, comparison)) {
        var _ = figure.write(figures.get());
      }
    }
  }

  /// What a file of scores is called in tables: its name without the ending.
  public static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
