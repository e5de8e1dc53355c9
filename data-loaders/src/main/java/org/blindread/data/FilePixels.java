package org.blindread.data;

import java.nio.file.Path;
import java.util.Optional;

/// An image in a PNG or JPEG file ([ImageFile]).
///
/// @param folder what the name is relative to; one object serves all images of a cohort
/// @param name the file's name as the manifest gives it; may be absolute
public record FilePixels(Path folder, String name) implements Pixels {
  /// The file itself.
  public Path path() {
    return folder.resolve(name).normalize();
  }

  @Override
  public GreyImage read() throws DatasetException {
    return ImageFile.read(path());
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path());
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
