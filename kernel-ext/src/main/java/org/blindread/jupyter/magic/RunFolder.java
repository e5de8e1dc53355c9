package org.blindread.jupyter.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import org.blindread.workbench.WorkbenchException;

/// Where the run of a cell keeps what it read and wrote: a new folder of its owner's alone under
/// `runs/notebook` of the project (property `blindread.root`, set by the kernel), or of the current
/// folder.
final class RunFolder {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private RunFolder() {}

  /// Makes a folder, named by time and by how the run is computed.
  static Path fresh(String how) throws WorkbenchException {
    Path root = Path.of(Optional.ofNullable(System.getProperty("blindread.root")).orElse(""));
    Path runs = root.resolve("runs").resolve("notebook").toAbsolutePath();
    byte[] tail = new byte[3];
    new SecureRandom().nextBytes(tail);
    Path folder =
        runs.resolve(
            "%s-%s-%s"
                .formatted(
                    STAMP.format(LocalDateTime.now(ZoneId.systemDefault())),
                    how,
                    HexFormat.of().formatHex(tail)));
    try {
      Files.createDirectories(runs);
      Files.createDirectory(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new WorkbenchException(
          "cannot make " + folder + ": is the folder above it there and yours?", e);
    }
    return folder;
  }
}
