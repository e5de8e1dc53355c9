package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.blindread.jupyter.spec.HostKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// JupyterLab in a headless browser, as a person uses it: runs all, watches the bar, interrupts,
/// runs again, sees figures. Skips visibly where there is no Chromium.
final class LabTest {
  private static final Path MODEL =
      InstalledKernel.project().resolve("notebooks/models/densenet121_pneumonia_128.onnx");

  @TempDir private Path folder;

  @Test
  void aPersonRunsWatchesInterruptsAndRunsAgain() throws Exception {
    String said = InstalledKernel.of(HostKernel.JJAVA, folder).run("browser.py", MODEL, folder);
    assumeFalse(said.startsWith("skipped:"), said);
    assertTrue(said.endsWith("well\n"), said);
  }
}
