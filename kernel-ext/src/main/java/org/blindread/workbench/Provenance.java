package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where a result comes from: what went in, what computed it, and on what. Nothing in it is secret;
/// a hash of a model shows only whether two runs used the same.
///
/// @param sha256 hash by role (`model`, `card`, `manifest`, `plan`)
/// @param versions version by name (`blindread`, `java`, an engine)
/// @param cpu the processor's name
/// @param processors how many of it the JVM may use
/// @param system operating system and architecture
public record Provenance(
    Map<String, String> sha256,
    Map<String, String> versions,
    String cpu,
    int processors,
    String system) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  public Provenance {
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /// The provenance of a run on this machine.
  ///
  /// @param sha256 hash by role, see [Sha256]
  /// @param engines version by name of what computes; Blindread's and Java's are added
  public static Provenance of(Map<String, String> sha256, Map<String, String> engines) {
    Map<String, String> versions = new TreeMap<>(engines);
    versions.put("blindread", version());
    versions.put("java", Runtime.version().toString());
    return new Provenance(
        sha256,
        versions,
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /// The version of this build, as the jar's manifest has it; `development` outside a jar.
  public static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private static String processor() {
    try {
      return processor(Files.readString(CPU_INFO));
    } catch (IOException e) {
      // not Linux: the architecture is all that Java knows
      return System.getProperty("os.arch");
    }
  }

  /// The first processor's name in the text of `/proc/cpuinfo`.
  static String processor(String info) {
    return info.lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
