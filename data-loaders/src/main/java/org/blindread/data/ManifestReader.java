package org.blindread.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.data.Exclusion.Reason;

/// Turns the cells of a csv into a [Cohort], collecting everything that is wrong with it.
final class ManifestReader {
  private static final int CELL_CHARACTERS = 256;
  private static final int PATH_CHARACTERS = 4096;
  private static final int POOLED = 100_000;

  private final Path file;
  private final Path folder;
  private final List<String> header;
  private final ManifestOptions options;
  private final Problems problems;
  private final List<List<String>> records = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final Map<String, String> shared = new HashMap<>();
  private final Map<String, Integer> rowOfImage = new HashMap<>();
  private final Map<String, Integer> rowOfFile = new HashMap<>();
  private final List<Exclusion> exclusions = new ArrayList<>();

  private ManifestReader(Path file, List<String> header, ManifestOptions options) {
    this.file = file;
    this.folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    this.header = header;
    this.options = options;
    this.problems = new Problems(file.toString());
  }

  static Intake read(Path file, ManifestOptions options) throws DatasetException {
    MessageDigest digest = Sha256.digest();
    try (Csv csv = Csv.of(file.toString(), new DigestInputStream(Csv.stream(file), digest))) {
      Optional<List<String>> header = csv.next();
      if (header.isEmpty()) {
        throw new DatasetException(
            file + " is empty; a manifest begins with a header such as path,image,patient,site");
      }
      List<String> names = header.get().stream().map(String::strip).toList();
      ManifestReader reader = new ManifestReader(file, names, options);
      ManifestColumns.check(names, options, reader.problems);
      reader.problems.raise();
      reader.take(csv);
      return reader.intake(Sha256.hex(digest));
    }
  }

  private void take(Csv csv) throws DatasetException {
    Optional<List<String>> next = csv.next();
    while (next.isPresent()) {
      List<String> cells = next.get();
      if (tooLong(csv.row(), cells)) {
        // told already, and not kept: rows are held until all are read
      } else if (cells.size() == header.size()) {
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

  private boolean tooLong(int number, List<String> cells) {
    int faults = problems.count();
    for (int column = 0; column < Math.min(cells.size(), header.size()); column++) {
      String name = header.get(column);
      int most = name.equals("path") ? PATH_CHARACTERS : CELL_CHARACTERS;
      if (cells.get(column).length() > most) {
        report(number, name, "a cell has at most " + most + " characters");
      }
    }
    return problems.count() > faults;
  }

  /// Sites, countries and labels repeat in every row; one string serves all.
  private String share(String cell) {
    String text = cell.strip();
    return text.length() > 32 || shared.size() > POOLED
        ? shared.getOrDefault(text, text)
        : shared.computeIfAbsent(text, t -> t);
  }

  private Intake intake(String sha256) throws DatasetException {
    ManifestColumns columns = ManifestColumns.of(header, options, this::holdsLabels);
    List<Study> studies = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      row(numbers.get(i), records.get(i), columns).ifPresent(studies::add);
    }
    if (records.isEmpty() && problems.count() == 0) {
      problems.add("no image is listed under the header");
    }
    boolean synthetic = synthetic();
    ManifestChecks.onePartAPatient(studies, problems);
    problems.raise();
    List<Study> kept = options.decoding() ? decoded(studies) : studies;
    problems.raise();
    exclusions.sort((a, b) -> Integer.compare(a.row(), b.row()));
    Cohort cohort =
        new Cohort(
            name(),
            columns.findings(),
            columns.subgroups(),
            kept,
            Origin.of(file.toString(), sha256),
            synthetic);
    if (!exclusions.isEmpty()) {
      cohort = cohort.then("left out " + exclusions.size() + " of " + records.size() + " images");
    }
    return new Intake(cohort, exclusions, ManifestChecks.notices(cohort, options));
  }

  /// The file's name without its ending; of a `manifest.csv`, its folder's.
  private String name() {
    String stem = withoutEnding(file.toAbsolutePath());
    Path parent = folder.getFileName();
    return stem.equals("manifest") && parent != null ? parent.toString() : stem;
  }

  /// At least half of the filled cells: a column of labels with some mistakes is none of texts.
  private boolean holdsLabels(int column) {
    int filled = 0;
    int labels = 0;
    for (List<String> cells : records) {
      String cell = cells.get(column);
      filled += cell.isEmpty() ? 0 : 1;
      labels += Label.parse(cell).isPresent() ? 1 : 0;
    }
    return labels > 0 && 2 * labels >= filled;
  }

  private Optional<Study> row(int number, List<String> cells, ManifestColumns columns) {
    int faults = problems.count();
    for (int column = 0; column < cells.size(); column++) {
      checkText(number, header.get(column), cells.get(column));
    }
    Labels labels = labels(number, cells, columns);
    List<String> texts = columns.attributes().stream().map(name -> cell(cells, name)).toList();
    Attributes attributes = new Attributes(columns.attributes(), texts);
    Optional<FilePixels> pixels = pixels(number, cell(cells, "path"));
    String image = cell(cells, "image");
    if (image.isEmpty() && pixels.isPresent()) {
      image = withoutEnding(pixels.get().path());
    }
    if (pixels.isEmpty() || image.isEmpty()) {
      return Optional.empty();
    }
    Study study = new Study(number, image, attributes, labels, pixels.get());
    boolean sound = fault(study, pixels.get().path()).isEmpty();
    return sound && problems.count() == faults ? Optional.of(study) : Optional.empty();
  }

  private String cell(List<String> cells, String name) {
    int column = header.indexOf(name);
    return column < 0 ? "" : cells.get(column);
  }

  private void checkText(int number, String column, String cell) {
    if (!Csv.printable(cell)) {
      report(number, column, "holds a control character");
    } else if (column.equals("age") && !cell.isEmpty() && !Study.isAge(cell)) {
      report(
          number,
          "age",
          "an age is a number of years from 0 to 150, not '" + Csv.shown(cell) + "'");
    } else if (column.equals("synthetic") && !List.of("", "yes", "no").contains(cell)) {
      report(number, "synthetic", "is yes, no or empty, not '" + Csv.shown(cell) + "'");
    }
  }

  private Labels labels(int number, List<String> cells, ManifestColumns columns) {
    StringBuilder said = new StringBuilder();
    for (Finding finding : columns.findings()) {
      String cell = cell(cells, finding.name());
      Optional<Label> label = Label.parse(cell);
      if (label.isEmpty() && !cell.isEmpty()) {
        report(
            number,
            finding.name(),
            "a finding is 1, 0, -1 (uncertain) or empty, not '" + Csv.shown(cell) + "'");
      }
      said.append(label.map(Label::code).orElse(Labels.NOTHING));
    }
    return new Labels(columns.findings(), share(said.toString()));
  }

  private Optional<FilePixels> pixels(int number, String cell) {
    if (cell.isEmpty()) {
      report(number, "path", "is empty; it names the image's file, relative to the manifest");
      return Optional.empty();
    }
    try {
      FilePixels pixels = new FilePixels(folder, cell);
      pixels.path();
      return Optional.of(pixels);
    } catch (InvalidPathException e) {
      report(number, "path", "'" + Csv.shown(cell) + "' is not a file name: " + e.getReason());
      return Optional.empty();
    }
  }

  /// What is wrong with the image itself, if anything; it is told or counted already.
  private Optional<Reason> fault(Study study, Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return at(study, Reason.MISSING_FILE, "path", "no readable file; looked at " + path);
    }
    if (options.labelled() && !labelled(study)) {
      return at(study, Reason.NO_LABEL, "image", "'" + study.image() + "' has no label");
    }
    Integer image = rowOfImage.putIfAbsent(study.image(), study.row());
    if (image != null) {
      return at(
          study,
          Reason.DUPLICATE,
          "image",
          "'%s' is already in row %d; give each image its own name"
              .formatted(study.image(), image));
    }
    Integer before = rowOfFile.putIfAbsent(path.toString(), study.row());
    if (before != null) {
      return at(
          study,
          Reason.DUPLICATE,
          "path",
          "the file is already in row " + before + "; list each image once: " + path);
    }
    return Optional.empty();
  }

  private boolean labelled(Study study) {
    return options.findings().isEmpty()
        ? !study.labels().silent()
        : options.findings().stream().anyMatch(finding -> study.label(finding).isPresent());
  }

  private List<Study> decoded(List<Study> studies) {
    List<Study> kept = new ArrayList<>();
    for (Study study : studies) {
      try {
        study.pixels().read();
        kept.add(study);
      } catch (DatasetException e) {
        var _ = at(study, Reason.UNREADABLE, "path", String.valueOf(e.getMessage()));
      }
    }
    return kept;
  }

  private Optional<Reason> at(Study study, Reason reason, String column, String what) {
    switch (options.faults()) {
      case ERROR -> report(study.row(), column, what);
      case EXCLUDE ->
          exclusions.add(
              new Exclusion(reason, study.row(), study.image(), study.site().orElse(""), what));
    }
    return Optional.of(reason);
  }

  /// Whether all images are made up; a mixture would let made-up images pass for real ones.
  private boolean synthetic() {
    int madeUp = 0;
    for (List<String> cells : records) {
      madeUp += cell(cells, "synthetic").equals("yes") ? 1 : 0;
    }
    if (madeUp > 0 && madeUp < records.size()) {
      problems.add(
          "column 'synthetic': %d of %d images are synthetic; keep them in a manifest of their own"
              .formatted(madeUp, records.size()));
    }
    return madeUp > 0;
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
