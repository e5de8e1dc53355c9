package org.blindread.workbench.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `cohort`: what images there are.
@Command(
    name = "cohort",
    description = "Shows, counts and exports a cohort: the embedded one, or a manifest's.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "show|stats|export",
    subcommands = {
      CohortShowCommand.class,
      CohortStatsCommand.class,
      CohortExportCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread cohort show",
      "  ./blindread cohort stats --cohort manifest.csv",
      "  ./blindread cohort export --out phantoms --site SITE",
      "",
      "The embedded cohort is synthetic: phantoms, which stand for no patient."
    })
final class CohortCommand {
  /// For picocli.
  CohortCommand() {}
}
