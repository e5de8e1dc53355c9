package org.blindread.jupyter.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.Intake;
import org.blindread.data.ManifestOptions;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Magic;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.ContactSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `%%cohort`: who was imaged where, and with what.
public final class CohortMagic implements Magic {
  private static final int MOST = 12;

  /// For `ServiceLoader`.
  public CohortMagic() {}

  /// The words.
  @Command(
      name = "%%cohort",
      description = "Counts a cohort site by site and shows some of its images.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  %%%%cohort --cohort embedded --out cohort",
        "  %%%%cohort --cohort images/manifest.csv --exclude --images 6",
        "",
        "  %%%%cohort --images 0 --out adults",
        "  cohort.where(study -> study.age().orElse(0) >= 18)",
        "",
        "--cohort takes a file, a folder, a variable or embedded (synthetic); without it the value",
        "of the last line is shown."
      })
  static final class Options {
    @Option(
        names = {"--cohort", "--manifest"},
        paramLabel = "NAME",
        description = "A manifest's file, a folder with a manifest.csv, a variable, or embedded.")
    private Optional<String> cohort = Optional.empty();

    @Option(names = "--site", paramLabel = "SITE", description = "Only the images of one site.")
    private Optional<String> site = Optional.empty();

    @Option(
        names = "--exclude",
        description =
            "Leave out images that are missing, damaged or listed twice, and count them, instead of"
                + " refusing a manifest that has any.")
    private boolean exclude;

    @Option(
        names = "--images",
        paramLabel = "N",
        description = "How many images of each site are shown, 0 to 12. Default: 4.")
    private int images = 4;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Another one shows other images. Default: 1.")
    private long seed = 1;

    @Option(
        names = "--out",
        paramLabel = "NAME",
        description = "The variable that gets the cohort, a Cohort.")
    private Optional<String> out = Optional.empty();
  }

  @Override
  public String name() {
    return "cohort";
  }

  @Override
  public Place place() {
    return Place.CELL;
  }

  @Override
  public void run(Cell cell) throws Exception {
    Options options = new Options();
    if (!Words.fill("%%cohort", options, cell)) {
      return;
    }
    options.out.ifPresent(Cell::checkName);
    if (options.images < 0 || options.images > MOST) {
      throw new CellFailure(
          "--images is 0 to %d of each site, not %d".formatted(MOST, options.images));
    }
    Optional<Object> made = cell.evaluateBody();
    Object given =
        GivenImages.find(cell, options.cohort, made)
            .orElseThrow(
                () -> new CellFailure("say which cohort: --cohort embedded, a file or a variable"));
    Optional<Intake> intake = options.exclude ? Optional.of(intake(given)) : Optional.empty();
    Cohort whole = intake.isPresent() ? intake.get().cohort() : cohort(given);
    Cohort cohort = options.site.isPresent() ? whole.site(options.site.get()) : whole;
    if (options.out.isPresent()) {
      cell.bind(options.out.get(), Cohort.class, cohort);
    }
    cell.show(cohort);
    if (intake.isPresent()) {
      cell.show(intake.get());
    }
    if (options.images > 0) {
      cell.show(ContactSheet.of(cohort.samplePerSite(options.images, options.seed)));
    }
  }

  private static Cohort cohort(Object given) throws DatasetException {
    return switch (given) {
      case Cohort cohort -> cohort;
      case Path place -> Cohorts.read(place.toString(), List.of());
      case String place -> Cohorts.read(place, List.of());
      case Object other -> throw notACohort(other);
    };
  }

  private static Intake intake(Object given) throws DatasetException {
    Path place =
        switch (given) {
          case Path file -> file;
          case String file when !file.equals(Cohorts.EMBEDDED) -> Path.of(file);
          case Object other ->
              throw new CellFailure(
                  "--exclude is for a manifest's file; nothing is missing in " + other);
        };
    Path file = Files.isDirectory(place) ? place.resolve("manifest.csv") : place;
    return Intake.read(file, ManifestOptions.excluding(List.of(), false));
  }

  private static CellFailure notACohort(Object other) {
    return new CellFailure(
        "a cohort is a Cohort, the path of a manifest or embedded, not a "
            + other.getClass().getSimpleName());
  }
}
