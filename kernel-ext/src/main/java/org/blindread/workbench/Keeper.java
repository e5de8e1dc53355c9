package org.blindread.workbench;

import java.util.BitSet;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;

/// Keeps what a party gets out of a run, image by image, so that a stopped run goes on where it
/// stood: [ScoresKeeper] for who learns the scores, [SharesKeeper] for who keeps shares, [#nothing]
/// for who gets nothing.
///
/// What cannot be written ends the run with a [java.io.UncheckedIOException].
public interface Keeper extends Observer, AutoCloseable {
  /// The images, by number, whose result is on disk.
  BitSet done();

  @Override
  void close() throws WorkbenchException;

  /// For a party that gets no result.
  static Keeper nothing() {
    return new Keeper() {
      @Override
      public BitSet done() {
        return new BitSet();
      }

      @Override
      public void step(long image, int step, int steps, String layer) {}

      @Override
      public void done(ImageRecord record) {}

      @Override
      public void close() {}
    };
  }
}
