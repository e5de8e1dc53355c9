package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The most memory this process ever held, heap and native together, where the system tells.
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /// Bytes of this process's peak resident set; empty where there is no `/proc/self/status`.
  public static OptionalLong bytes() {
    try {
      return parse(Files.readString(STATUS));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /// The line `VmHWM: 1234 kB` of a status file.
  static OptionalLong parse(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(PEAK) && line.endsWith(" kB"))
        .map(line -> line.substring(PEAK.length(), line.length() - 3).strip())
        .filter(number -> number.matches("[0-9]{1,15}"))
        .mapToLong(number -> Long.parseLong(number) * 1024)
        .findFirst();
  }
}
