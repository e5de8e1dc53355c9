package org.blindread.workbench;

import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// What a cell of a notebook hands back: who scored what, in what time, with what traffic, and
/// under which threat model.
///
/// @param name how the run is called in tables: the model's name and how it was computed
/// @param scores what the model said; no rows where nobody learns it
/// @param report times, traffic, comparison with the twin, provenance, as `run.json` has them
/// @param threatCard who learns what; empty for a run in the clear
/// @param cohort what was read, as [Cohorts] knows it; empty for a builtin model's seeded inputs
/// @param folder where scores and report lie
public record Outcome(
    String name,
    Scores scores,
    SavedReport report,
    Optional<String> threatCard,
    Optional<String> cohort,
    Path folder) {

  /// One image's score for a finding.
  ///
  /// @throws NoSuchElementException if there is none, naming what there is
  public double score(String image, String finding) {
    int column = scores.findings().indexOf(finding);
    if (column < 0) {
      throw new NoSuchElementException(
          "no finding '" + finding + "'; there are " + scores.findings());
    }
    return scores.rows().stream()
        .filter(row -> row.image().equals(image))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no score of image '" + image + "'"))
        .values()[column];
  }

  /// Whether parties computed it on shares.
  public boolean secure() {
    return threatCard.isPresent();
  }

  /// From the first byte to the last result, set-up included.
  public double seconds() {
    return report.wallSeconds();
  }

  /// Payload bytes of one image by link, `sender>receiver`; empty for a run in the clear.
  public Map<String, Long> bytes() {
    return report.bytes();
  }

  /// One line, without scores: they are a patient's.
  @Override
  public String toString() {
    return "Outcome[%s, %d images]".formatted(name, scores.rows().size());
  }
}
