package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.blindread.data.Csv;
import org.blindread.data.DatasetException;

/// Where it stands what every image of a secure run took: two csv files, written as the images end.
///
/// An image is whole in the log when it stands in `images`. One that was read again, because the
/// run was stopped before all parties had its result, stands there again; the last one counts.
///
/// @param images a row an image and party, see [ImageCost]
/// @param layers a row a layer, kind, image and party, see [LayerCost]
public record ImageLog(Path images, Path layers) {
  /// Takes rows of a log.
  ///
  /// @param <E> what it throws
  public interface Reader<E extends Exception> {
    void image(ImageCost image) throws E;

    void layer(LayerCost layer) throws E;
  }

  /// The log beside a result: `blind.images.csv` beside `blind.csv`.
  public static ImageLog beside(Path result) {
    String name = String.valueOf(result.getFileName()).replaceAll("\\.csv$", "");
    return new ImageLog(
        result.resolveSibling(name + ".images.csv"), result.resolveSibling(name + ".layers.csv"));
  }

  /// The log in a run's own folder.
  public static ImageLog in(Path folder) {
    return new ImageLog(folder.resolve("images.csv"), folder.resolve("layers.csv"));
  }

  /// Whether anything was logged.
  public boolean exists() {
    return Files.exists(images);
  }

  /// Writes those rows of other logs that are of the wanted images, in place of what is here; no
  /// log where the others are none.
  ///
  /// @throws WorkbenchException if a file is damaged or cannot be written
  public void gather(List<ImageLog> others, Set<String> wanted)
      throws IOException, WorkbenchException {
    remove();
    for (ImageLog other : others) {
      if (other.exists()) {
        try (ImageLogFile file = ImageLogFile.open(this, other.links(), true)) {
          file.append(other, image -> image, wanted::contains);
        }
      }
    }
  }

  /// The links its columns are of.
  private List<String> links() throws WorkbenchException {
    try (Csv csv = Csv.open(images)) {
      return columns(images, csv, ImageCost.columns(List.of())).links();
    } catch (DatasetException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Cuts off a last line that a killed party left without its end.
  void mend(List<String> links) throws WorkbenchException {
    ImageLogFile.open(this, links, true).close();
  }

  /// Reads what stands of the images.
  ///
  /// @throws WorkbenchException naming file and row that are damaged
  public void images(Consumer<ImageCost> take) throws WorkbenchException {
    rows(images, ImageCost.columns(List.of()), ImageCost::of, take::accept);
  }

  /// Reads it all, images first.
  ///
  /// @throws WorkbenchException naming file and row that are damaged
  public <E extends Exception> void read(Reader<E> reader) throws WorkbenchException, E {
    rows(images, ImageCost.columns(List.of()), ImageCost::of, reader::image);
    rows(layers, LayerCost.columns(List.of()), LayerCost::of, reader::layer);
  }

  /// Takes a row.
  private interface Sink<T, E extends Exception> {
    void take(T row) throws E;
  }

  private static <T, E extends Exception> void rows(
      Path file,
      LinkColumns leading,
      BiFunction<LinkColumns, List<String>, T> parse,
      Sink<T, E> sink)
      throws WorkbenchException, E {
    try (Csv csv = Csv.open(file)) {
      LinkColumns columns = columns(file, csv, leading);
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        if (row.get().size() != columns.size()) {
          throw new WorkbenchException(
              "%s, row %d: %d cells, but the header has %d columns"
                  .formatted(file, csv.row(), row.get().size(), columns.size()));
        }
        T parsed;
        try {
          parsed = parse.apply(columns, row.get());
        } catch (NumberFormatException e) {
          throw new WorkbenchException(
              "%s, row %d: %s".formatted(file, csv.row(), e.getMessage()), e);
        }
        sink.take(parsed);
      }
    } catch (DatasetException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private static LinkColumns columns(Path file, Csv csv, LinkColumns leading)
      throws DatasetException, WorkbenchException {
    return csv.next()
        .flatMap(leading::of)
        .orElseThrow(
            () ->
                new WorkbenchException(
                    "%s is no log of a run: its header must begin with %s"
                        .formatted(file, leading.header())));
  }

  /// Removes it.
  void remove() throws IOException {
    Files.deleteIfExists(images);
    Files.deleteIfExists(layers);
  }
}
