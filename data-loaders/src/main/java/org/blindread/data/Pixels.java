package org.blindread.data;

import java.nio.file.Path;
import java.util.Optional;

/// Where an image comes from: a file ([FilePixels]), a formula (a phantom), anything that can make
/// it again. Nothing is held: each call reads or computes anew, and the same pixels come every
/// time. Several threads may call at once.
@FunctionalInterface
public interface Pixels {
  /// The image.
  ///
  /// @throws DatasetException naming the place and what is wrong there
  GreyImage read() throws DatasetException;

  /// The file, if the image is in one.
  default Optional<Path> file() {
    return Optional.empty();
  }
}
