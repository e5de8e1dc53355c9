package org.blindread.workbench;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.data.Csv;
import org.blindread.data.DatasetException;

/// The scores of a run, as csv: `image,site,patient,` then a column a finding; numbers as
/// `Double.toString` writes them, so that reading gives the same bits.
///
/// @param findings the columns, in order
/// @param rows one an image, in the order they were finished
public record Scores(List<String> findings, List<ScoreRow> rows) {
  private static final List<String> LEADING = List.of("image", "site", "patient");

  public Scores {
    findings = List.copyOf(findings);
    rows = List.copyOf(rows);
  }

  /// Reads a file that [ScoresFile] wrote.
  ///
  /// @throws WorkbenchException naming the file, row and column
  public static Scores read(Path file) throws WorkbenchException {
    try (Csv csv = Csv.open(file)) {
      return parse(file.toString(), csv);
    } catch (DatasetException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /// @param place stands in messages
  static Scores parse(String place, String text) throws WorkbenchException {
    try (Csv csv = Csv.of(place, new StringReader(text))) {
      return parse(place, csv);
    } catch (DatasetException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Scores parse(String place, Csv csv) throws DatasetException, WorkbenchException {
    List<String> header = csv.next().orElse(List.of());
    if (header.size() <= LEADING.size() || !header.subList(0, 3).equals(LEADING)) {
      throw new WorkbenchException(
          place + " holds no scores: its header must be image,site,patient and the findings");
    }
    Scores scores = new Scores(header.subList(3, header.size()), List.of());
    return new Scores(scores.findings, scores.rows(place, csv));
  }

  private List<ScoreRow> rows(String file, Csv csv) throws DatasetException, WorkbenchException {
    List<ScoreRow> read = new ArrayList<>();
    Map<String, Integer> rowOfImage = new HashMap<>();
    Optional<List<String>> next = csv.next();
    while (next.isPresent()) {
      String place = file + ", row " + csv.row();
      ScoreRow row = row(place, next.get());
      Integer before = rowOfImage.putIfAbsent(row.image(), csv.row());
      if (before != null) {
        throw new WorkbenchException(
            place + ": image '" + row.image() + "' has scores in row " + before + " already");
      }
      read.add(row);
      next = csv.next();
    }
    return read;
  }

  private ScoreRow row(String place, List<String> cells) throws WorkbenchException {
    int columns = LEADING.size() + findings.size();
    if (cells.size() != columns) {
      throw new WorkbenchException(
          "%s: %d cells, but the header has %d columns".formatted(place, cells.size(), columns));
    }
    double[] values = new double[findings.size()];
    for (int i = 0; i < values.length; i++) {
      String cell = cells.get(LEADING.size() + i);
      try {
        values[i] = Double.parseDouble(cell);
      } catch (NumberFormatException e) {
        throw new WorkbenchException(
            "%s, column '%s': '%s' is not a number".formatted(place, findings.get(i), cell), e);
      }
    }
    try {
      return new ScoreRow(cells.get(0), cells.get(1), cells.get(2), values);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(place + ": " + e.getMessage(), e);
    }
  }

  /// Writes the file that [#read] reads, its owner's alone, in place of what is there.
  ///
  /// @throws WorkbenchException if it cannot be written
  public void write(Path file) throws WorkbenchException {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(whole);
      try (ScoresFile writer = ScoresFile.create(whole, findings)) {
        for (ScoreRow row : rows) {
          writer.append(row);
        }
      }
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder there and yours?", e);
    }
  }

  /// The rows of some images, in the order given; images without scores are left out.
  public Scores of(Collection<String> images) {
    Map<String, ScoreRow> byImage = new HashMap<>();
    rows.forEach(row -> byImage.put(row.image(), row));
    return new Scores(
        findings, images.stream().filter(byImage::containsKey).map(byImage::get).toList());
  }

  /// The line that heads a file of scores.
  static String header(List<String> findings) {
    List<String> columns = new ArrayList<>(LEADING);
    columns.addAll(findings);
    return Csv.line(columns);
  }

  static String line(ScoreRow row) {
    List<String> cells = new ArrayList<>(List.of(row.image(), row.site(), row.patient()));
    for (double value : row.values()) {
      cells.add(Double.toString(value));
    }
    return Csv.line(cells);
  }

  @Override
  public String toString() {
    return "Scores[%s, %d images]".formatted(String.join(", ", findings), rows.size());
  }
}
