package org.blindread.workbench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/// A file that grows at its end, by one process at a time. What is appended stands on the disk when
/// the call returns, even if the process is killed or the power fails the moment after.
final class AppendOnly implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final FileChannel channel;

  private AppendOnly(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Makes a new file.
  ///
  /// @param secret whether only the owner may read it
  /// @throws WorkbenchException if there is one already
  static AppendOnly create(Path file, boolean secret) throws WorkbenchException {
    return open(file, secret, true);
  }

  /// Opens a file to go on with, at its end.
  static AppendOnly resume(Path file, boolean secret) throws WorkbenchException {
    return open(file, secret, false);
  }

  private static AppendOnly open(Path file, boolean secret, boolean fresh)
      throws WorkbenchException {
    Set<OpenOption> options =
        new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    if (fresh) {
      options.add(StandardOpenOption.CREATE_NEW);
    }
    FileAttribute<?>[] attributes = secret ? ownerOnly(file) : new FileAttribute<?>[0];
    try {
      FileChannel channel = FileChannel.open(file, options, attributes);
      AppendOnly opened = new AppendOnly(file, channel);
      opened.lock();
      if (secret && isPosix(file)) {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
      }
      if (fresh) {
        sync(file.toAbsolutePath().getParent());
      }
      return opened;
    } catch (FileAlreadyExistsException e) {
      throw new WorkbenchException(
          file + " exists already; resume that run (--resume) or name another file", e);
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder there and yours?", e);
    }
  }

  /// Makes a folder's entries survive a power failure: files made in it, or renamed.
  static void sync(Path folder) throws IOException {
    if (isPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /// What a new file is made with so that only its owner may read it; nothing on systems that do
  /// not know POSIX permissions.
  static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private void lock() throws IOException, WorkbenchException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      channel.close();
      throw new WorkbenchException(file + " is being written by another run; wait for its end");
    }
  }

  /// What stands in the file. It is read through the channel that holds the lock: closing another
  /// one on the same file would give the lock up.
  byte[] contents() throws WorkbenchException {
    try {
      channel.position(0);
      return Channels.newInputStream(channel).readAllBytes();
    } catch (IOException e) {
      throw new WorkbenchException("cannot read " + file, e);
    }
  }

  /// Cuts off what stands behind the first `length` bytes; writing goes on there.
  void cut(long length) throws WorkbenchException {
    try {
      channel.truncate(length);
      channel.position(length);
      channel.force(true);
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is it read-only?", e);
    }
  }

  void append(byte[] bytes) throws WorkbenchException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the disk full?", e);
    }
  }

  @Override
  public void close() throws WorkbenchException {
    try {
      channel.close();
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + " to the end: is the disk full?", e);
    }
  }
}
