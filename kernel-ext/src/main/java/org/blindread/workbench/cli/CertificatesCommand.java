package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.blindread.mpc.net.Certificates;
import org.blindread.mpc.net.Party;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `certificates`: the authority of a study, and a certificate for each party.
@Command(
    name = "certificates",
    description = "Makes a study's certificates for mutual TLS.",
    mixinStandardHelpOptions = true,
    subcommands = {CertificatesCommand.Init.class, CertificatesCommand.Issue.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread certificates init  --folder ca --study pilot-1",
      "  ./blindread certificates issue --folder ca hospital --host hospital.example.org",
      "",
      "A party gets ca.pem and its own two files; ca.key stays with whoever runs the study."
    })
final class CertificatesCommand {
  /// For picocli.
  CertificatesCommand() {}

  /// `certificates init`: the authority.
  @Command(
      name = "init",
      description = "Makes the authority of a study.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./blindread certificates init --folder ca --study pilot-1")
  static final class Init implements Callable<Integer> {
    @Option(
        names = "--folder",
        required = true,
        paramLabel = "DIR",
        description = "Made if need be.")
    private Path folder = Path.of("");

    @Option(names = "--study", required = true, paramLabel = "NAME", description = "Its name.")
    private String study = "";

    @Spec private CommandSpec spec;

    /// For picocli.
    Init() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws Exception {
      try {
        Certificates.init(folder, study);
      } catch (IllegalArgumentException e) {
        throw new WorkbenchException(String.valueOf(e.getMessage()), e);
      }
      say(spec, "authority: %s; keep ca.key to yourself".formatted(folder.resolve("ca.pem")));
      return 0;
    }
  }

  /// `certificates issue`: a party.
  @Command(
      name = "issue",
      description = "Issues key and certificate of a party.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./blindread certificates issue --folder ca vendor --host vendor.example.org")
  static final class Issue implements Callable<Integer> {
    @Parameters(paramLabel = "PARTY", description = "helper, vendor or hospital.")
    private String party = "";

    @Option(
        names = "--folder",
        required = true,
        paramLabel = "DIR",
        description = "Of the authority.")
    private Path folder = Path.of("");

    @Option(
        names = "--host",
        paramLabel = "NAME",
        description = "Under which the party may be found; may be given several times.")
    private List<String> hosts = List.of();

    @Spec private CommandSpec spec;

    /// For picocli.
    Issue() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws Exception {
      try {
        Certificates.issue(folder, new Party(party), hosts);
      } catch (IllegalArgumentException e) {
        throw new WorkbenchException(String.valueOf(e.getMessage()), e);
      }
      say(
          spec,
          "give %s: %s, %s and ca.pem"
              .formatted(party, folder.resolve(party + ".pem"), folder.resolve(party + ".key")));
      return 0;
    }
  }

  private static void say(CommandSpec spec, String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }
}
