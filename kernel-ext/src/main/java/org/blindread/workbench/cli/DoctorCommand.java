package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.blindread.workbench.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `doctor`: whether this machine can run Blindread, and how well.
@Command(
    name = "doctor",
    description = "Looks at this machine: JDK, kernels, AES, sockets, and one small secure run.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  ./blindread doctor")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /// For picocli.
  DoctorCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter console = spec.commandLine().getOut();
    boolean well = true;
    for (Doctor.Finding finding : Doctor.examine()) {
      console.println(finding);
      well &= finding.well();
    }
    console.flush();
    return well ? 0 : Failure.RUN;
  }
}
