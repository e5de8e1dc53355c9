package org.blindread.workbench.cli;

import java.util.ServiceLoader;
import org.blindread.workbench.Provenance;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The main class of `./blindread`.
///
/// Exit codes: 0 ok; 1 the run failed or a peer was lost; 2 usage or bad input; 130 interrupted.
/// Errors are one sentence on standard error; `-Dblindread.stack=true` adds the stack.
@Command(
    name = "blindread",
    description = "A vendor's model reads a hospital's images blind, by secure computation.",
    mixinStandardHelpOptions = true,
    versionProvider = Blindread.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      PartyCommand.class,
      PlanCommand.class,
      CalibrateCommand.class,
      CertificatesCommand.class,
      DoctorCommand.class,
      CohortCommand.class,
      CompareCommand.class,
      VerifyCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nOf the script ./blindread itself:%n",
    footer = {
      "  test    every check of a source tree",
      "  bench   the micro-benchmarks of a source tree",
      "  lab     JupyterLab with the kernel; further words go to it",
      "",
      "Exit codes: 0 ok; 1 the run failed or a peer was lost; 2 usage or bad input; 130"
          + " interrupted."
    })
public final class Blindread {
  /// For picocli.
  public Blindread() {}

  /// The version of the build.
  static final class Version implements CommandLine.IVersionProvider {
    /// For picocli.
    Version() {}

    @Override
    public String[] getVersion() {
      return new String[] {"blindread " + Provenance.version()};
    }
  }

  /// Runs a command and ends the JVM with its exit code.
  public static void main(String[] args) {
    System.exit(Interruption.guard(() -> commandLine().execute(args), System.err));
  }

  /// The command line, as tests use it too.
  public static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Blindread());
    ServiceLoader.load(Subcommand.class).forEach(command::addSubcommand);
    return command
        .setExecutionExceptionHandler(Failure::handle)
        .setParameterExceptionHandler(Failure::handle)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
