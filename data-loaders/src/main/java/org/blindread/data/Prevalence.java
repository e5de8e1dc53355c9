package org.blindread.data;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How often a finding was seen in a cohort, in images.
///
/// @param finding which
/// @param present images on which it is present
/// @param absent images on which it is absent
/// @param uncertain images whose reader could not tell
/// @param unlabelled images of which nobody said anything
public record Prevalence(Finding finding, int present, int absent, int uncertain, int unlabelled) {
  static Prevalence of(Finding finding, Iterable<Study> studies) {
    Map<Label, Integer> counts = new EnumMap<>(Label.class);
    int unlabelled = 0;
    for (Study study : studies) {
      Optional<Label> label = study.label(finding);
      label.ifPresent(said -> counts.merge(said, 1, Integer::sum));
      unlabelled += label.isEmpty() ? 1 : 0;
    }
    return new Prevalence(
        finding,
        counts.getOrDefault(Label.PRESENT, 0),
        counts.getOrDefault(Label.ABSENT, 0),
        counts.getOrDefault(Label.UNCERTAIN, 0),
        unlabelled);
  }

  /// All images.
  public int images() {
    return present + absent + uncertain + unlabelled;
  }

  @Override
  public String toString() {
    return "%s: %d present, %d absent, %d uncertain, %d without label"
        .formatted(finding, present, absent, uncertain, unlabelled);
  }
}
