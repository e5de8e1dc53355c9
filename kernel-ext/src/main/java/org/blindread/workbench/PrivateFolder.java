package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A folder only its owner may enter, for what names patients: scores, labels, keys. Systems that
/// know no POSIX permissions keep their own rules.
public final class PrivateFolder {
  private PrivateFolder() {}

  /// Makes the folder, with those above it, unless it is there, and closes it to others.
  public static Path make(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    return folder;
  }
}
