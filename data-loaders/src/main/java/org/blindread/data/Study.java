package org.blindread.data;

import java.util.Optional;
import java.util.OptionalDouble;

/// One image of a cohort and what is known of it. It holds no pixels: [#read] fetches them.
///
/// @param row where it stands in its source; a manifest's header is row 1
/// @param image its name, unique in its cohort
/// @param attributes `patient`, `site`, `view`, `sex`, `age`, `split` and what makes subgroups
/// @param labels what a reader said of each finding
/// @param pixels where the image comes from
public record Study(int row, String image, Attributes attributes, Labels labels, Pixels pixels) {
  private static final double OLDEST = 150;

  /// @throws IllegalArgumentException if the image has no name
  public Study {
    if (image.isBlank()) {
      throw new IllegalArgumentException("the image of row " + row + " has no name");
    }
  }

  /// The image, read or computed anew.
  ///
  /// @throws DatasetException naming row, image and file
  public GreyImage read() throws DatasetException {
    try {
      return pixels.read();
    } catch (DatasetException e) {
      throw new DatasetException("row %d, image '%s': %s".formatted(row, image, e.getMessage()), e);
    }
  }

  /// Whose image it is. The name means the same person throughout a cohort, at every site.
  public Optional<String> patient() {
    return attribute("patient");
  }

  /// Where it was taken.
  public Optional<String> site() {
    return attribute("site");
  }

  /// The projection, as its source writes it, such as `PA`.
  public Optional<String> view() {
    return attribute("view");
  }

  /// As its source writes it, such as `F`.
  public Optional<String> sex() {
    return attribute("sex");
  }

  /// In years, 0 … 150; empty where the source has no such number.
  public OptionalDouble age() {
    Optional<String> age = attribute("age").filter(Study::isAge);
    return age.isPresent()
        ? OptionalDouble.of(Double.parseDouble(age.get()))
        : OptionalDouble.empty();
  }

  static boolean isAge(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,20})?") && Double.parseDouble(text) <= OLDEST;
  }

  /// The text in a column, if there is any.
  public Optional<String> attribute(String column) {
    return attributes.value(column);
  }

  /// What was said of a finding, if anything.
  public Optional<Label> label(Finding finding) {
    return labels.label(finding);
  }

  /// What tells one patient from another: the patient's name, or, where none is known, the image
  /// alone. The first character keeps the two apart.
  String patientKey() {
    return patient().map(name -> "p" + name).orElse("i" + image);
  }
}
