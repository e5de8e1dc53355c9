package org.blindread.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known to be true of the images of a study, as csv: `image,site,patient,` then a column a
/// finding that holds 1, 0, -1 (uncertain) or nothing. It is the scores' file with labels.
///
/// @param findings the columns, in order
/// @param rows one an image, each with labels of these findings
public record Truth(List<Finding> findings, List<TruthRow> rows) {
  private static final List<String> LEADING = List.of("image", "site", "patient");

  /// @throws IllegalArgumentException if a row has labels of other findings or an image two rows
  public Truth {
    findings = List.copyOf(findings);
    rows = List.copyOf(rows);
    Set<String> images = new HashSet<>();
    for (TruthRow row : rows) {
      if (!row.labels().findings().equals(findings)) {
        throw new IllegalArgumentException(
            "image '%s' has labels of %s, not of %s"
                .formatted(row.image(), row.labels().findings(), findings));
      }
      if (!images.add(row.image())) {
        throw new IllegalArgumentException("image '" + row.image() + "' has two rows");
      }
    }
  }

  /// Reads a file.
  ///
  /// @throws DatasetException naming file, row and column of up to ten faults
  public static Truth read(Path file) throws DatasetException {
    try (Csv csv = Csv.open(file)) {
      List<String> header = csv.next().orElse(List.of()).stream().map(String::strip).toList();
      if (header.size() <= LEADING.size() || !header.subList(0, 3).equals(LEADING)) {
        throw new DatasetException(
            file + " holds no truth: its header must be image,site,patient and the findings");
      }
      Problems problems = new Problems(file.toString());
      List<Finding> findings = findings(header, problems);
      problems.raise();
      Truth truth = new Truth(findings, rows(csv, findings, problems));
      problems.raise();
      return truth;
    }
  }

  private static List<Finding> findings(List<String> header, Problems problems) {
    List<Finding> findings = new ArrayList<>();
    for (String name : header.subList(LEADING.size(), header.size())) {
      try {
        Finding finding = new Finding(name);
        if (findings.contains(finding)) {
          problems.add("row 1: two columns are named '" + name + "'");
        }
        findings.add(finding);
      } catch (IllegalArgumentException e) {
        problems.add("row 1: " + e.getMessage());
      }
    }
    return List.copyOf(findings);
  }

  private static List<TruthRow> rows(Csv csv, List<Finding> findings, Problems problems)
      throws DatasetException {
    List<TruthRow> rows = new ArrayList<>();
    Map<String, Integer> rowOfImage = new HashMap<>();
    for (Optional<List<String>> next = csv.next(); next.isPresent(); next = csv.next()) {
      List<String> cells = next.get().stream().map(String::strip).toList();
      String place = "row " + csv.row();
      if (cells.size() != LEADING.size() + findings.size()) {
        problems.add(
            "%s: %d cells, but the header has %d columns"
                .formatted(place, cells.size(), LEADING.size() + findings.size()));
        continue;
      }
      int faults = problems.count();
      String said = said(place, cells, findings, problems);
      Integer before = rowOfImage.putIfAbsent(cells.getFirst(), csv.row());
      if (cells.getFirst().isEmpty()) {
        problems.add(place + ", column 'image': is empty");
      } else if (before != null) {
        problems.add(
            "%s: image '%s' is already in row %d"
                .formatted(place, Csv.shown(cells.getFirst()), before));
      }
      if (problems.count() == faults) {
        rows.add(
            new TruthRow(cells.get(0), cells.get(1), cells.get(2), new Labels(findings, said)));
      }
    }
    return rows;
  }

  private static String said(
      String place, List<String> cells, List<Finding> findings, Problems problems) {
    for (int column = 0; column < LEADING.size(); column++) {
      if (!Csv.printable(cells.get(column))) {
        problems.add(place + ", column '" + LEADING.get(column) + "': holds a control character");
      }
    }
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < findings.size(); i++) {
      String cell = cells.get(LEADING.size() + i);
      Optional<Label> label = Label.parse(cell);
      if (label.isEmpty() && !cell.isEmpty()) {
        problems.add(
            "%s, column '%s': a finding is 1, 0, -1 (uncertain) or empty, not '%s'"
                .formatted(place, findings.get(i), Csv.shown(cell)));
      }
      said.append(label.map(Label::code).orElse(Labels.NOTHING));
    }
    return said.toString();
  }

  /// Writes the file that [#read] reads: utf-8, lines ended by LF.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", LEADING));
    for (Finding finding : findings) {
      text.append(',').append(Csv.cell(finding.name()));
    }
    text.append('\n');
    for (TruthRow row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.image(), row.site(), row.patient()));
      cells.addAll(row.labels().cells());
      text.append(Csv.line(cells)).append('\n');
    }
    Files.writeString(file, text);
  }

  /// Yes or no for one finding.
  ///
  /// @throws DatasetException if the table has no such finding
  public ReferenceStandard reference(Finding finding, Uncertain policy) throws DatasetException {
    if (!findings.contains(finding)) {
      throw new DatasetException(
          "nothing is known of '%s'; there are labels of: %s"
              .formatted(
                  finding,
                  findings.isEmpty()
                      ? "nothing"
                      : String.join(", ", findings.stream().map(Finding::name).toList())));
    }
    return References.of(this, finding, policy);
  }

  @Override
  public String toString() {
    return "Truth[%s, %d images]"
        .formatted(String.join(", ", findings.stream().map(Finding::name).toList()), rows.size());
  }
}
