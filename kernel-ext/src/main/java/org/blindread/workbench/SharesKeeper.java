package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Map;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Reading;

/// Keeps a party's additive shares where nobody learns the scores. Thread-safe. An image goes by
/// its number, which is all that both evaluators know of it.
///
/// A share fits only its partner of the same evaluation. An image that is read again (a peer died
/// before it kept its share) is therefore forgotten on disk before its evaluation begins: no
/// evaluation ends before both parties have begun it.
public final class SharesKeeper implements Keeper {
  private final Path path;
  private final ShareHeader header;
  private final Plan plan;
  private ShareFile file;

  private SharesKeeper(Path path, ShareHeader header, Plan plan, ShareFile file) {
    this.path = path;
    this.header = header;
    this.plan = plan;
    this.file = file;
  }

  /// Opens the file.
  ///
  /// @param resume whether an existing file is gone on with instead of refused
  /// @throws WorkbenchException if the file cannot be written, or is of another run
  public static SharesKeeper open(Path path, ShareHeader header, Plan plan, boolean resume)
      throws WorkbenchException {
    ShareFile file = resume ? ShareFile.resume(path, header) : ShareFile.create(path, header);
    return new SharesKeeper(path, header, plan, file);
  }

  @Override
  public synchronized BitSet done() {
    BitSet numbers = new BitSet();
    file.done().forEach(image -> numbers.set(Integer.parseInt(image)));
    return numbers;
  }

  @Override
  public synchronized void step(long image, int step, int steps, String layer) {
    if (step == 0 && file.done().contains(name(image))) {
      try {
        forget(name(image));
      } catch (WorkbenchException e) {
        throw new UncheckedIOException(new IOException(e.getMessage(), e));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path + ": is the disk full?", e);
      }
    }
  }

  private void forget(String image) throws WorkbenchException, IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (ShareFile without = ShareFile.create(fresh, header)) {
      for (Map.Entry<String, long[]> kept : ShareTable.read(path).shares().entrySet()) {
        if (!kept.getKey().equals(image)) {
          without.append(kept.getKey(), kept.getValue());
        }
      }
    }
    file.close();
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    AppendOnly.sync(path.toAbsolutePath().getParent());
    file = ShareFile.resume(path, header);
  }

  @Override
  public synchronized void done(ImageRecord record) {
    Reading.shares(plan, record.opened()).ifPresent(shares -> keep(record.image(), shares));
  }

  private void keep(long image, long[] shares) {
    try {
      file.append(name(image), shares);
    } catch (WorkbenchException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  private static String name(long image) {
    return String.valueOf(image);
  }

  @Override
  public synchronized void close() throws WorkbenchException {
    file.close();
  }
}
