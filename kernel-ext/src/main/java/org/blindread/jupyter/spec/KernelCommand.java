package org.blindread.jupyter.spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.cli.Subcommand;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `kernel`: makes the kernel `blindread` known to a Jupyter, or forgotten.
@Command(
    name = "kernel",
    description = "Installs the kernel 'blindread' for Jupyter, or removes it.",
    mixinStandardHelpOptions = true,
    subcommands = {KernelCommand.Install.class, KernelCommand.Uninstall.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread kernel install",
      "  ./blindread kernel install --sys-prefix --host ijava",
      "  ./blindread kernel uninstall",
      "",
      "./blindread lab needs none of this: it brings its own Jupyter."
    })
public final class KernelCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /// For `ServiceLoader` and picocli.
  public KernelCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what: install or uninstall");
  }

  /// Which Jupyter.
  static final class Place {
    @Option(names = "--user", description = "The user's own Jupyter. The default.")
    private boolean user;

    @Option(
        names = "--sys-prefix",
        description = "The active environment of conda or venv, else the private one.")
    private boolean sysPrefix;

    @Option(names = "--prefix", paramLabel = "DIR", description = "A prefix: DIR/share/jupyter.")
    private Optional<Path> prefix = Optional.empty();

    /// For picocli.
    Place() {}

    Path kernels() throws WorkbenchException {
      if (prefix.isPresent()) {
        return Installation.kernelsOf(prefix.get());
      }
      if (sysPrefix && !user) {
        return Installation.kernelsOf(
            Installation.active()
                .or(Installation::environment)
                .orElseThrow(
                    () ->
                        new WorkbenchException(
                            "no environment of conda or venv is active; activate one, or use"
                                + " --user")));
      }
      return Installation.kernelsOfUser();
    }
  }

  /// `kernel install`.
  @Command(
      name = "install",
      description = "Writes the kernelspec 'blindread'.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./blindread kernel install --user --heap 8g")
  static final class Install implements Callable<Integer> {
    @ArgGroup private Place place = new Place();

    @Option(
        names = "--host",
        paramLabel = "NAME",
        description = "The kernel underneath: jjava or ijava. Default: jjava.")
    private HostKernel host = HostKernel.JJAVA;

    @Option(
        names = "--heap",
        paramLabel = "SIZE",
        description = "The kernel's largest heap. Default: 4g.")
    private String heap = "4g";

    @Spec private CommandSpec spec;

    /// For picocli.
    Install() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws Exception {
      if (!heap.matches("[1-9][0-9]{0,6}[kmgKMG]")) {
        throw new WorkbenchException("--heap is a size such as 4g, not '" + heap + "'");
      }
      Path kernels = place.kernels();
      try {
        Path folder = Installation.spec(host, heap).write(kernels);
        say(spec, "kernel 'blindread' (%s): %s".formatted(host, folder));
      } catch (IOException e) {
        throw new WorkbenchException(
            "cannot write " + kernels + "; use --user, or a --prefix that is yours", e);
      }
      return 0;
    }
  }

  /// `kernel uninstall`.
  @Command(
      name = "uninstall",
      description = "Removes the kernelspec 'blindread'.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  ./blindread kernel uninstall --user")
  static final class Uninstall implements Callable<Integer> {
    @ArgGroup private Place place = new Place();
    @Spec private CommandSpec spec;

    /// For picocli.
    Uninstall() {
      spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws Exception {
      Path folder = place.kernels().resolve(KernelSpec.NAME);
      if (!Files.exists(folder)) {
        throw new WorkbenchException("there is no kernel in " + folder);
      }
      for (String file : List.of("kernel.json", "logging.properties")) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.delete(folder);
      say(spec, "removed: " + folder);
      return 0;
    }
  }

  private static void say(CommandSpec spec, String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }
}
