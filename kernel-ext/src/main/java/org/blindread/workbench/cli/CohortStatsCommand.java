package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.data.Cohort;
import org.blindread.workbench.table.CohortTable;
import org.blindread.workbench.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/// `cohort stats`: who was imaged where, and with what.
@Command(
    name = "stats",
    description = "Counts images, patients, views, sex, age and findings site by site.",
    mixinStandardHelpOptions = true)
final class CohortStatsCommand implements Callable<Integer> {
  @Mixin private CohortOptions cohort = new CohortOptions();

  @Option(names = "--csv", paramLabel = "FILE", description = "The table as csv, too.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--rows",
      paramLabel = "FILE",
      description = "One row an image as csv, with everything but the pixels.")
  private Optional<Path> rows = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  CohortStatsCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Cohort read = cohort.read();
    Table table = CohortTable.bySite(read);
    PrintWriter console = spec.commandLine().getOut();
    console.println(read);
    console.println(table.print(table.rowCount()));
    console.flush();
    if (csv.isPresent()) {
      table.write().csv(csv.get().toFile());
    }
    if (rows.isPresent()) {
      Tables.of(read).write().csv(rows.get().toFile());
    }
    return 0;
  }
}
