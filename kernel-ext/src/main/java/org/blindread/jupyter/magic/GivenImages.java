package org.blindread.jupyter.magic;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.blindread.data.Cohort;
import org.blindread.data.Csv;
import org.blindread.data.DatasetException;
import org.blindread.data.GreyImage;
import org.blindread.data.phantom.PhantomCohort;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.ledger.KeptRun;

/// The images a cell was given: a manifest on disk, or a variable. Images that are only in memory
/// are written into the run's folder, so that what was read can be read again.
final class GivenImages {
  private GivenImages() {}

  /// The value that holds the images, if the cell names or makes any.
  ///
  /// @param named what `--cohort` says
  /// @param made the last value of the cell's Java
  static Optional<Object> find(Cell cell, Optional<String> named, Optional<Object> made) {
    if (named.isEmpty()) {
      return made;
    }
    String name = named.get();
    if (name.equals(Cohorts.EMBEDDED)) {
      return Optional.of(name);
    }
    return Cell.isName(name) && !Files.exists(Path.of(name))
        ? cell.variable(name)
        : Optional.of(Path.of(name));
  }

  /// The name under which [Cohorts] knows some images.
  ///
  /// @param kept where images in memory are written
  /// @throws DatasetException if an image cannot be read
  /// @throws IOException if they cannot be written
  static String name(Object images, KeptRun kept) throws DatasetException, IOException {
    return images.equals(Cohorts.EMBEDDED) || isEmbedded(images)
        ? Cohorts.EMBEDDED
        : manifest(images, kept).toString();
  }

  private static boolean isEmbedded(Object images) {
    return images instanceof Cohort cohort
        && cohort.synthetic()
        && cohort.sha256().equals(PhantomCohort.embedded().sha256());
  }

  private static Path manifest(Object images, KeptRun kept) throws DatasetException, IOException {
    return switch (images) {
      case Path file -> file;
      case String file -> Path.of(file);
      case Cohort cohort -> kept.copy(cohort);
      case GreyImage image -> written(Map.of("image", image), kept.folder());
      case GreyImage[] several -> written(numbered(List.of(several)), kept.folder());
      case List<?> list -> written(numbered(list), kept.folder());
      case Map<?, ?> map -> written(named(map), kept.folder());
      case Object other -> throw notImages(other);
    };
  }

  private static CellFailure notImages(Object other) {
    return new CellFailure(
        "images are a GreyImage, a list of them, a map of name to GreyImage, a Cohort or the path"
            + " of a manifest, not a "
            + other.getClass().getSimpleName());
  }

  private static GreyImage image(Object value) {
    if (value instanceof GreyImage image) {
      return image;
    }
    throw notImages(value);
  }

  private static Map<String, GreyImage> numbered(List<?> list) {
    Map<String, GreyImage> images = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      images.put("image-" + (i + 1), image(list.get(i)));
    }
    return images;
  }

  private static Map<String, GreyImage> named(Map<?, ?> map) {
    Map<String, GreyImage> images = new LinkedHashMap<>();
    map.forEach((name, value) -> images.put(String.valueOf(name), image(value)));
    return images;
  }

  private static Path written(Map<String, GreyImage> images, Path folder) throws IOException {
    if (images.isEmpty()) {
      throw new CellFailure("there are no images in the list; add one");
    }
    StringBuilder csv = new StringBuilder("path,image\n");
    int number = 0;
    for (Map.Entry<String, GreyImage> entry : images.entrySet()) {
      String file = "image-%05d.png".formatted(++number);
      ImageIO.write(picture(entry.getValue()), "png", folder.resolve(file).toFile());
      csv.append(Csv.line(List.of(file, entry.getKey()))).append('\n');
    }
    Path manifest = folder.resolve("images.csv");
    Files.writeString(manifest, csv);
    return manifest;
  }

  private static BufferedImage picture(GreyImage image) {
    BufferedImage picture =
        new BufferedImage(
            image.width(),
            image.height(),
            image.bits() == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.getRaster().setSample(x, y, 0, image.sample(x, y));
      }
    }
    return picture;
  }
}
