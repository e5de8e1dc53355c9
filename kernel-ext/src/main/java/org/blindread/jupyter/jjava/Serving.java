package org.blindread.jupyter.jjava;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/// Serves Jupyter in place of JJava's main program, which installs extensions, runs the start-up
/// snippets and then keeps the connection to itself; [CellRequests] need it.
///
/// Our kernelspec asks for this by naming the connection file; in anyone else's kernel the
/// extension is a guest and leaves the connection alone.
final class Serving {
  private static final String SNIPPETS = "org.dflib.jjava.distro.Env";

  private Serving() {}

  /// Serves until Jupyter shuts the kernel down, and ends the JVM; returns at once, for the main
  /// program to go on as ever, where it is not asked for or this is a JJava of another make.
  static void instead(BaseKernel kernel) {
    Optional<Path> file =
        Optional.ofNullable(System.getProperty("blindread.connection")).map(Path::of);
    if (file.isEmpty()) {
      return;
    }
    JupyterConnection connection;
    try {
      List<?> snippets = snippets();
      connection =
          new JupyterConnection(KernelConnectionProperties.parse(Files.readString(file.get())));
      for (Object snippet : snippets) {
        var _ = kernel.evalRaw(String.valueOf(snippet));
      }
    } catch (Exception e) {
      System.err.println("blindread: JJava serves by itself, see docs/notebook.md: " + e);
      return;
    }
    kernel.becomeHandlerForConnection(connection);
    CellRequests.of(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }

  private static List<?> snippets() throws ReflectiveOperationException {
    Method snippets = Class.forName(SNIPPETS).getDeclaredMethod("startupSnippets");
    snippets.setAccessible(true);
    return (List<?>) snippets.invoke(null);
  }
}
