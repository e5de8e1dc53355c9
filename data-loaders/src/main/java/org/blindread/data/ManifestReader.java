package org.blindread.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns the cells of a csv into a [Manifest], collecting everything that is wrong with it.
final class ManifestReader {
  private static final Set<String> ATTRIBUTES = Set.of("patient", "site", "view", "sex", "age");
  private static final int IMAGE_CHARACTERS = 256;
  private static final double OLDEST = 150;

  private final Path file;
  private final List<String> header;
  private final List<List<String>> records = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> shared = new HashMap<>();

  private ManifestReader(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  static Manifest read(Path file, Set<String> asked) throws DatasetException {
    try (Csv csv = Csv.open(file)) {
      Optional<List<String>> header = csv.next();
      if (header.isEmpty()) {
        throw new DatasetException(
            file + " is empty; a manifest begins with a header such as path,image,patient,site");
      }
      var reader = new ManifestReader(file, header.get().stream().map(String::strip).toList());
      reader.checkHeader();
      reader.take(csv);
      return reader.manifest(asked);
    }
  }

  private void checkHeader() throws DatasetException {
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      if (name.isEmpty()) {
        problems.add("row 1: column " + (column + 1) + " has no name");
      } else if (!seen.add(name)) {
        problems.add("row 1: two columns are named '" + name + "'");
      }
    }
    if (!seen.contains("path")) {
      problems.add(
          "row 1: no column 'path'; it gives each image's file, relative to the manifest; found: "
              + String.join(", ", header));
    }
    if (!problems.isEmpty()) {
      throw DatasetException.of(file.toString(), problems);
    }
  }

  private void take(Csv csv) throws DatasetException {
    Optional<List<String>> next = csv.next();
    while (next.isPresent()) {
      List<String> cells = next.get();
      if (cells.size() == header.size()) {
        records.add(cells.stream().map(this::share).toList());
        numbers.add(csv.row());
      } else {
        problems.add(
            "row %d: %d cells, but the header has %d columns"
                .formatted(csv.row(), cells.size(), header.size()));
      }
      next = csv.next();
    }
  }

  /// Sites, countries and labels repeat in every row; one string serves all.
  private String share(String cell) {
    String text = cell.strip();
    return text.length() > 32 || shared.size() > 10_000
        ? shared.getOrDefault(text, text)
        : shared.computeIfAbsent(text, t -> t);
  }

  private Manifest manifest(Set<String> asked) throws DatasetException {
    List<String> findings = new ArrayList<>();
    List<String> subgroups = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      if (!name.equals("path") && !name.equals("image") && !ATTRIBUTES.contains(name)) {
        (asked.contains(name) || holdsLabels(column) ? findings : subgroups).add(name);
      }
    }
    List<ManifestRow> rows = new ArrayList<>();
    Map<String, Integer> rowOfImage = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      row(numbers.get(i), records.get(i), Set.copyOf(findings), rowOfImage).ifPresent(rows::add);
    }
    if (rows.isEmpty() && problems.isEmpty()) {
      problems.add("no image is listed under the header");
    }
    if (!problems.isEmpty()) {
      throw DatasetException.of(file.toString(), problems);
    }
    return new Manifest(file, findings, subgroups, rows);
  }

  private boolean holdsLabels(int column) {
    boolean any = false;
    for (List<String> cells : records) {
      String cell = cells.get(column);
      if (!cell.isEmpty() && Label.parse(cell).isEmpty()) {
        return false;
      }
      any |= !cell.isEmpty();
    }
    return any;
  }

  private Optional<ManifestRow> row(
      int number, List<String> cells, Set<String> findings, Map<String, Integer> rowOfImage) {
    int faults = problems.size();
    Map<String, String> attributes = new HashMap<>();
    Map<String, Label> labels = new HashMap<>();
    String image = "";
    Optional<Path> path = Optional.empty();
    for (int column = 0; column < cells.size(); column++) {
      String name = header.get(column);
      String cell = cells.get(column);
      if (cell.chars().anyMatch(Character::isISOControl)) {
        report(number, name, "holds a control character");
      } else if (name.equals("path")) {
        path = path(number, cell);
      } else if (name.equals("image")) {
        image = cell;
      } else if (findings.contains(name)) {
        label(number, name, cell).ifPresent(label -> labels.put(name, label));
      } else if (!cell.isEmpty()) {
        attributes.put(name, cell);
        if (name.equals("age")) {
          checkAge(number, cell);
        }
      }
    }
    if (image.isEmpty() && path.isPresent()) {
      image = withoutEnding(path.get());
    }
    checkImage(number, image, rowOfImage);
    return path.isPresent() && problems.size() == faults
        ? Optional.of(new ManifestRow(number, image, path.get(), attributes, labels))
        : Optional.empty();
  }

  private Optional<Path> path(int number, String cell) {
    if (cell.isEmpty()) {
      report(number, "path", "is empty; it names the image's file, relative to the manifest");
      return Optional.empty();
    }
    try {
      Path path = file.toAbsolutePath().resolveSibling(cell).normalize();
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return Optional.of(path);
      }
      report(number, "path", "no readable file '" + cell + "'; looked at " + path);
    } catch (InvalidPathException e) {
      report(number, "path", "'" + cell + "' is not a file name: " + e.getReason());
    }
    return Optional.empty();
  }

  private Optional<Label> label(int number, String finding, String cell) {
    Optional<Label> label = Label.parse(cell);
    if (label.isEmpty() && !cell.isEmpty()) {
      report(number, finding, "a finding is 1, 0, -1 (uncertain) or empty, not '" + cell + "'");
    }
    return label;
  }

  private void checkAge(int number, String cell) {
    try {
      double age = Double.parseDouble(cell);
      if (age >= 0 && age <= OLDEST) {
        return;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    report(number, "age", "an age is a number of years from 0 to 150, not '" + cell + "'");
  }

  private void checkImage(int number, String image, Map<String, Integer> rowOfImage) {
    if (image.length() > IMAGE_CHARACTERS) {
      report(number, "image", "a name has at most " + IMAGE_CHARACTERS + " characters");
    } else if (!image.isEmpty()) {
      Integer before = rowOfImage.putIfAbsent(image, number);
      if (before != null) {
        report(
            number,
            "image",
            "'" + image + "' is already in row " + before + "; give each image its own name");
      }
    }
  }

  private void report(int number, String column, String what) {
    problems.add("row " + number + ", column '" + column + "': " + what);
  }

  private static String withoutEnding(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
