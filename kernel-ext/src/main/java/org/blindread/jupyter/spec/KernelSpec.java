package org.blindread.jupyter.spec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How Jupyter starts the kernel: the folder `kernels/blindread` with `kernel.json`. It names the
/// JDK, the kernel and Blindread's jars absolutely, for the `java` on a PATH is often another.
///
/// @param host the kernel
/// @param kernelJar where it lies
/// @param java the JDK's `java`
/// @param classpath of Blindread, as `-cp` takes it
/// @param extension the jar or folder of it that holds the extension
/// @param root of the project, under which runs are kept
/// @param heap the largest, as `-Xmx` takes it
public record KernelSpec(
    HostKernel host,
    Path kernelJar,
    Path java,
    String classpath,
    Path extension,
    Path root,
    String heap) {
  /// The kernel's name, on both hosts: notebooks run unchanged.
  public static final String NAME = "blindread";

  /// Of a stack a person reads the top: an overflow would print a thousand lines.
  private static final int DEEPEST_STACK = 24;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// The command that starts the kernel.
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(host.flags());
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-Djava.util.logging.config.file={resource_dir}/logging.properties",
            "-XX:MaxJavaStackTraceDepth=" + DEEPEST_STACK,
            "-Xmx" + heap,
            "-Dblindread.root=" + root,
            "-cp",
            kernelJar + File.pathSeparator + classpath,
            host.mainClass(),
            "{connection_file}"));
    return command;
  }

  /// The text of `kernel.json`.
  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("argv", command());
    json.put("display_name", "Blindread (Java)");
    json.put("language", "java");
    json.put("interrupt_mode", "message");
    json.put("env", host.environment(extension));
    json.put("metadata", Map.of("host", host.toString()));
    return JSON.writeValueAsString(json);
  }

  /// Writes the kernelspec.
  ///
  /// @param kernels a folder `kernels` that Jupyter looks into
  /// @return the folder written
  /// @throws IOException if it cannot be written
  public Path write(Path kernels) throws IOException {
    Path folder = kernels.resolve(NAME);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("kernel.json"), toJson() + "\n");
    Files.writeString(
        folder.resolve("logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        .level = WARNING
        """);
    return folder;
  }
}
