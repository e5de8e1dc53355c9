package org.blindread.jupyter.headless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.blindread.jupyter.spec.KernelSpec;
import tools.jackson.databind.json.JsonMapper;

/// A notebook executed without a front end, by the private Jupyter and a kernel of this build.
///
/// @param python the private environment
/// @param kernel what runs the cells
/// @param notebook what is executed
/// @param parameters for its cell tagged `parameters`: texts, numbers, truth values
record HeadlessNotebook(
    Path python, KernelSpec kernel, Path notebook, Map<String, Object> parameters) {
  private static final long PATIENCE_SECONDS = 15;

  /// How it ended.
  enum End {
    /// Every cell went well.
    WELL,
    /// A cell failed and said why.
    FAILED,
    /// Somebody stopped it.
    INTERRUPTED
  }

  /// Executes it; headings, progress and failures go to standard error.
  ///
  /// @param executed where the executed notebook goes, also if a cell failed
  /// @param page where it goes as HTML
  /// @throws InterruptedException if this thread was interrupted; the cells have been told
  End execute(Path executed, Path page) throws IOException, InterruptedException {
    Path jupyter = Files.createTempDirectory("blindread-kernel-");
    try {
      kernel.write(jupyter.resolve("kernels"));
      ProcessBuilder builder =
          new ProcessBuilder(
              python.resolve("bin").resolve("python").toString(),
              "-m",
              "blindread_jupyter.headless",
              notebook.toString(),
              executed.toString(),
              page.toString(),
              JsonMapper.shared().writeValueAsString(parameters));
      builder.environment().put("JUPYTER_PATH", jupyter.toString());
      // Jupyter's own files are of no concern to anybody's other Jupyter.
      builder.environment().put("IPYTHONDIR", jupyter.resolve("ipython").toString());
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return wait(builder.start());
    } finally {
      remove(jupyter);
    }
  }

  /// Waits for the end. The process's standard input stays open as long as this one lives.
  private static End wait(Process process) throws InterruptedException {
    try {
      return switch (process.waitFor()) {
        case 0 -> End.WELL;
        case 130 -> End.INTERRUPTED;
        default -> End.FAILED;
      };
    } catch (InterruptedException e) {
      process.destroy();
      // What takes longer goes on to end its kernel by itself.
      var _ = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw e;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /// No parameters: they may be long.
  @Override
  public String toString() {
    return "HeadlessNotebook[" + notebook.getFileName() + "]";
  }
}
