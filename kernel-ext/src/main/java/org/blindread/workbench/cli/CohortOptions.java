package org.blindread.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.workbench.Cohorts;
import picocli.CommandLine.Option;

/// Which cohort, and which part of it.
final class CohortOptions {
  @Option(
      names = {"--cohort", "--manifest"},
      paramLabel = "NAME",
      description =
          "A manifest's file, a folder with a manifest.csv, or embedded (synthetic). Default:"
              + " embedded.")
  private String cohort = Cohorts.EMBEDDED;

  @Option(names = "--site", paramLabel = "SITE", description = "Only the images of one site.")
  private Optional<String> site = Optional.empty();

  /// For picocli.
  CohortOptions() {}

  Cohort read() throws DatasetException {
    Cohort whole = Cohorts.read(cohort, List.of());
    return site.isPresent() ? whole.site(site.get()) : whole;
  }
}
