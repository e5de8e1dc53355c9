package org.blindread.workbench.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.blindread.data.DatasetException;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.RefusedPlanException;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine;

/// What went wrong, as one sentence and an exit code.
public final class Failure {
  static final int RUN = 1;
  static final int INPUT = 2;

  private Failure() {}

  static int handle(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    Thread.interrupted();
    if (Boolean.getBoolean("blindread.stack")) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof InterruptedException || Interruption.requested()) {
      say(command, "interrupted; " + next(parsed));
      return Interruption.EXIT;
    }
    say(command, sentence(e));
    return e instanceof WorkbenchException
            || e instanceof ModelException
            || e instanceof DatasetException
            || e instanceof CompileException
            || e instanceof RefusedPlanException
        ? INPUT
        : RUN;
  }

  /// How to go on: only some commands have `--resume`.
  private static String next(CommandLine.ParseResult parsed) {
    CommandLine.Model.CommandSpec last = parsed.asCommandLineList().getLast().getCommandSpec();
    return last.optionsMap().containsKey("--resume")
        ? "call it with --resume to go on where it stopped"
        : last.name().equals("reproduce")
            ? "call it again to go on where it stopped"
            : "call it again";
  }

  /// What no command caught.
  static int handle(Throwable e, PrintStream err) {
    if (Boolean.getBoolean("blindread.stack")) {
      e.printStackTrace(err);
    }
    err.println(
        "blindread: "
            + (e instanceof OutOfMemoryError
                ? "out of memory; give --party-heap 1g, or BLINDREAD_JAVA_OPTS=-Xmx…, more than now"
                    + " ("
                    + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MB)"
                : unexpected(e)));
    err.flush();
    return RUN;
  }

  private static String unexpected(Throwable e) {
    return "unexpected %s: %s; BLINDREAD_JAVA_OPTS=-Dblindread.stack=true shows where, please report it"
        .formatted(e.getClass().getSimpleName(), e.getMessage());
  }

  /// What went wrong, in one sentence with the way out.
  public static String sentence(Exception e) {
    return switch (e) {
      case WorkbenchException _, ModelException _, DatasetException _ -> text(e);
      case CompileException _, ProtocolException _, RefusedPlanException _ -> text(e);
      case java.nio.file.NoSuchFileException missing ->
          "no such file or folder: " + missing.getFile();
      case java.nio.file.AccessDeniedException denied -> "not allowed: " + denied.getFile();
      case java.nio.file.FileAlreadyExistsException there -> there.getFile() + " exists already";
      case IOException _ -> text(e);
      case UncheckedIOException unchecked -> text(unchecked.getCause());
      default -> unexpected(e);
    };
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }

  static int handle(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(
        command,
        "%s (./%s --help)".formatted(e.getMessage(), command.getCommandSpec().qualifiedName()));
    return INPUT;
  }

  private static void say(CommandLine command, String sentence) {
    command.getErr().println("blindread: " + sentence);
    command.getErr().flush();
  }
}
