package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;

/// Remembers what a party's run was begun with, from its first image on, so that no run is resumed
/// with another model, other images or other terms. Thread-safe.
///
/// Nothing is written before all parties agreed: a study with a mistake in it can be corrected.
final class BegunWith implements Observer {
  private final RunIdentity identity;
  private final Path place;
  private boolean written;

  private BegunWith(RunIdentity identity, Path place, boolean written) {
    this.identity = identity;
    this.place = place;
    this.written = written;
  }

  /// Compares with what the run was begun with, if it was.
  ///
  /// @param place the party's result, or what stands for it where it gets none
  /// @param anew whether the run begins anew, so that what an earlier one left is not its own
  /// @throws WorkbenchException naming what differs
  static BegunWith check(RunIdentity identity, Path place, boolean anew) throws WorkbenchException {
    boolean begun = !anew && Files.exists(RunIdentity.pathFor(place));
    if (begun) {
      identity.check(place);
    }
    return new BegunWith(identity, place, begun);
  }

  @Override
  public synchronized void step(long image, int step, int steps, String layer) {
    if (!written) {
      try {
        identity.write(place);
      } catch (WorkbenchException e) {
        throw new UncheckedIOException(new IOException(e.getMessage(), e));
      }
      written = true;
    }
  }

  @Override
  public void done(ImageRecord record) {}
}
