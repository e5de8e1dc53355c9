package org.blindread.mpc.run;

import java.util.function.Consumer;

/// Who watches a run. Called from the threads of the lanes, for several images at once: must be
/// thread-safe.
public interface Observer {
  /// A step of an image is about to run.
  ///
  /// @param layer name of its layer
  void step(long image, int step, int steps, String layer);

  /// An image was read; its result should be made durable before this returns.
  void done(ImageRecord record);

  /// An observer that ignores everything.
  static Observer none() {
    return collecting(_ -> {});
  }

  /// An observer of the images that were read.
  ///
  /// @param take thread-safe
  static Observer collecting(Consumer<ImageRecord> take) {
    return new Observer() {
      @Override
      public void step(long image, int step, int steps, String layer) {}

      @Override
      public void done(ImageRecord record) {
        take.accept(record);
      }
    };
  }
}
