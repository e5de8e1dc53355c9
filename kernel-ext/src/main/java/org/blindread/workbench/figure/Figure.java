package org.blindread.workbench.figure;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blindread.workbench.WorkbenchException;
import tech.tablesaw.api.Table;

/// A figure of a report: panels in rows, a title and a key above them, a caption to be set below
/// it, and every number that was drawn.
///
/// @param name a file's stem, such as `forest`
/// @param title one line
/// @param subtitle one line under it; says so if the images are synthetic; may be empty
/// @param key what marks and lines mean
/// @param caption what is drawn, of how many cases, and what is absent; not part of the picture
/// @param panels in reading order
/// @param columns how many panels stand side by side
/// @param data what was drawn, at full precision
public record Figure(
    String name,
    String title,
    String subtitle,
    List<Key> key,
    String caption,
    List<Panel> panels,
    int columns,
    Table data) {
  /// Width of every figure, in the pixels in which letters are measured; 16 cm in print.
  public static final int WIDTH = 720;

  /// @throws IllegalArgumentException if there is no panel or no column
  public Figure {
    key = List.copyOf(key);
    panels = List.copyOf(panels);
    if (panels.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "a figure has a panel and a column at least, not %d and %d"
              .formatted(panels.size(), columns));
    }
  }

  /// The picture on white, 1440 pixels wide: each of the figure's own is 2 × 2 of these.
  ///
  /// @return the bytes of a PNG file
  public byte[] png() {
    return Sheet.png(this);
  }

  /// The picture as one `<svg>` element, without the prolog of a file, so that it can stand in a
  /// page.
  public String svg() {
    return Sheet.svg(this);
  }

  /// The numbers as csv.
  public String csv() {
    StringWriter text = new StringWriter();
    data.write().csv(text);
    return text.toString();
  }

  /// Writes `NAME.png`, `NAME.svg` and `NAME.csv`.
  ///
  /// @param folder made if it is not there
  /// @return the three files
  /// @throws WorkbenchException if one cannot be written
  public List<Path> write(Path folder) throws WorkbenchException {
    Path png = folder.resolve(name + ".png");
    Path svg = folder.resolve(name + ".svg");
    Path csv = folder.resolve(name + ".csv");
    try {
      Files.createDirectories(folder);
      Files.write(png, png());
      Files.writeString(svg, svg(), StandardCharsets.UTF_8);
      Files.writeString(csv, csv(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new WorkbenchException(
          "cannot write figure '%s' into %s: is the folder yours?".formatted(name, folder), e);
    }
    return List.of(png, svg, csv);
  }

  @Override
  public String toString() {
    return "Figure[%s, %d panels: %s]".formatted(name, panels.size(), title);
  }
}
