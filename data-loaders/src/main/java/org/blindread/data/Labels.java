package org.blindread.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was said of one image: a label, or nothing, for each finding of a list that all images of a
/// cohort share. One character a finding keeps a large cohort small.
///
/// @param findings what could be spoken of
/// @param said one character a finding: `1` present, `0` absent, `?` uncertain, `-` not spoken of
public record Labels(List<Finding> findings, String said) {
  static final char NOTHING = '-';

  /// @throws IllegalArgumentException if the characters are not one of these for each finding
  public Labels {
    findings = List.copyOf(findings);
    if (said.length() != findings.size() || said.chars().anyMatch(c -> "10?-".indexOf(c) < 0)) {
      throw new IllegalArgumentException(
          "the labels of %d findings are as many of 1, 0, ? and -, not '%s'"
              .formatted(findings.size(), said));
    }
  }

  /// Labels of the given findings; those that the map lacks have none.
  ///
  /// @throws IllegalArgumentException if the map labels a finding that is not in the list
  public static Labels of(List<Finding> findings, Map<Finding, Label> labels) {
    StringBuilder said = new StringBuilder();
    for (Finding finding : findings) {
      Label label = labels.get(finding);
      said.append(label == null ? NOTHING : label.code());
    }
    if (!findings.containsAll(labels.keySet())) {
      throw new IllegalArgumentException(
          "labels of %s, but the findings are %s".formatted(labels.keySet(), findings));
    }
    return new Labels(findings, said.toString());
  }

  /// Nothing said of nothing.
  public static Labels none() {
    return new Labels(List.of(), "");
  }

  /// What was said of a finding, if anything.
  public Optional<Label> label(Finding finding) {
    int at = findings.indexOf(finding);
    return at < 0 ? Optional.empty() : label(said.charAt(at));
  }

  /// Whether nothing was said of any finding.
  public boolean silent() {
    return said.chars().allMatch(c -> c == NOTHING);
  }

  /// The cells of a csv: 1, 0, -1 or nothing, one a finding.
  List<String> cells() {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < said.length(); i++) {
      cells.add(label(said.charAt(i)).map(Label::cell).orElse(""));
    }
    return cells;
  }

  private static Optional<Label> label(char code) {
    return switch (code) {
      case '1' -> Optional.of(Label.PRESENT);
      case '0' -> Optional.of(Label.ABSENT);
      case '?' -> Optional.of(Label.UNCERTAIN);
      default -> Optional.empty();
    };
  }

  /// Only what was said: `pneumonia 1, edema ?`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < said.length(); i++) {
      if (said.charAt(i) != NOTHING) {
        parts.add(findings.get(i) + " " + said.charAt(i));
      }
    }
    return String.join(", ", parts);
  }
}
