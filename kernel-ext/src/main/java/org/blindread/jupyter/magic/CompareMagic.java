package org.blindread.jupyter.magic;

import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.Truth;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Magic;
import org.blindread.jupyter.render.FigureDisplay;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.cli.CompareOptions;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.figure.Figure;
import org.blindread.workbench.figure.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `%%compare`: whether secure scores perform as plain ones do.
public final class CompareMagic implements Magic {
  /// For `ServiceLoader`.
  public CompareMagic() {}

  /// The words.
  @Command(
      name = "%%compare",
      description =
          "Compares two outcomes: AUROC by finding and site, the paired difference, equivalence at a"
              + " declared margin, rank certificate, agreement of the scores, figures.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  %%%%compare plain blind --by site",
        "  %%%%compare plain blind --common --by site --margin 0.01 --out compared",
        "  %%%%compare float.csv 3pc.csv --truth truth.csv --figures out",
        "",
        "Without --margin there is no verdict: what difference does not matter is for you to",
        "declare, before the scores are seen."
      })
  static final class Options {
    @Parameters(
        index = "0",
        paramLabel = "PLAIN",
        description = "A variable with an Outcome or Scores, or a file of scores: in the clear.")
    private String plain = "";

    @Parameters(index = "1", paramLabel = "SECURE", description = "Likewise: computed securely.")
    private String secure = "";

    @Mixin private CompareOptions compare = new CompareOptions();

    @Option(
        names = "--out",
        paramLabel = "NAME",
        description = "The variable that gets the comparison, a Comparison.")
    private Optional<String> out = Optional.empty();
  }

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public Place place() {
    return Place.CELL;
  }

  @Override
  public void run(Cell cell) throws Exception {
    Options options = new Options();
    if (!Words.fill("%%compare", options, cell)) {
      return;
    }
    options.out.ifPresent(Cell::checkName);
    options.compare.check();
    var _ = cell.evaluateBody();
    GivenScores plain = GivenScores.find(cell, options.plain);
    GivenScores secure = GivenScores.find(cell, options.secure);
    if (!options.compare.common()) {
      plain.refuseAPartOf(secure);
      secure.refuseAPartOf(plain);
    }
    PairedScores scores =
        PairedScores.of(
            new PairedScores.Names(plain.name(), secure.name()),
            plain.scores(),
            secure.scores(),
            options.compare.common());
    Comparison comparison =
        options.compare.compare(scores, known(cell, options.compare.truth(), plain, secure));
    options.compare.write(scores, comparison);
    if (options.out.isPresent()) {
      cell.bind(options.out.get(), Comparison.class, comparison);
    }
    cell.show(comparison);
    for (Figure figure : Figures.of(scores, comparison)) {
      cell.show(figure);
      cell.host().show(FigureDisplay.caption(figure));
    }
  }

  private static Cohorts.Known known(
      Cell cell, Optional<String> truth, GivenScores plain, GivenScores secure)
      throws DatasetException {
    String named =
        truth
            .or(plain::cohort)
            .or(secure::cohort)
            .orElseThrow(
                () ->
                    new CellFailure(
                        "nothing says what is true of these images; give --truth: a csv, a manifest,"
                            + " a variable or embedded"));
    Object given = GivenImages.find(cell, Optional.of(named), Optional.empty()).orElse(named);
    return switch (given) {
      case Truth known -> new Cohorts.Known(known, false);
      case Cohort cohort -> new Cohorts.Known(cohort.truth(), cohort.synthetic());
      case Object place -> Cohorts.truth(place.toString(), plain.scores().findings());
    };
  }
}
