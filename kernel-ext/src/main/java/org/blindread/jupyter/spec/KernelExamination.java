package org.blindread.jupyter.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.workbench.Doctor.Finding;
import org.blindread.workbench.Examination;
import org.blindread.workbench.WorkbenchException;

/// Looks at the notebook: whether the kernel starts in the private environment and does what cells
/// ask of it.
public final class KernelExamination implements Examination {
  /// For `ServiceLoader`.
  public KernelExamination() {}

  @Override
  public List<Finding> examine() {
    Optional<Path> environment = Installation.environment();
    if (environment.isEmpty()) {
      return List.of(
          new Finding(
              "notebook",
              "no Python environment: start ./blindread doctor where there is Python 3.10 or newer"
                  + " with venv (apt install python3-venv)",
              false));
    }
    List<Finding> findings = new ArrayList<>();
    try {
      var _ =
          Installation.spec(HostKernel.JJAVA, "2g")
              .write(Installation.kernelsOf(environment.get()));
      findings.addAll(asked(environment.get()));
    } catch (WorkbenchException | IOException e) {
      findings.add(new Finding("kernel", String.valueOf(e.getMessage()), false));
    }
    Path own = Installation.kernelsOfUser().resolve(KernelSpec.NAME);
    findings.add(
        new Finding(
            "your own Jupyter",
            Files.exists(own)
                ? "has the kernel in " + own
                : "has no kernel 'blindread'; ./blindread kernel install gives it one",
            true));
    return findings;
  }

  private static List<Finding> asked(Path environment) throws IOException {
    Process process =
        new ProcessBuilder(
                environment.resolve("bin").resolve("python").toString(),
                "-m",
                "blindread_jupyter.doctor")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<Finding> findings = new ArrayList<>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .map(line -> line.split("\t", 3))
          .filter(parts -> parts.length == 3)
          .forEach(parts -> findings.add(new Finding(parts[1], parts[2], parts[0].equals("ok"))));
    } finally {
      process.destroy();
    }
    return findings.isEmpty()
        ? List.of(
            new Finding(
                "kernel",
                "the environment %s is damaged; remove it and call again".formatted(environment),
                false))
        : findings;
  }
}
