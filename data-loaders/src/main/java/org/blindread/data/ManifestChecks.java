package org.blindread.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What can only be seen across the rows of a manifest.
final class ManifestChecks {
  private ManifestChecks() {}

  /// A patient whose images are in two parts of a split would be learnt in one and tested in the
  /// other.
  static void onePartAPatient(List<Study> studies, Problems problems) {
    Map<String, Study> first = new HashMap<>();
    Map<String, String> crossed = new LinkedHashMap<>();
    for (Study study : studies) {
      if (study.patient().isEmpty() || study.attribute("split").isEmpty()) {
        continue;
      }
      String patient = study.patient().get();
      Study before = first.computeIfAbsent(patient, _ -> study);
      if (!before.attribute("split").equals(study.attribute("split"))) {
        crossed.putIfAbsent(
            patient,
            "column 'split': patient '%s' is in '%s' (row %d) and in '%s' (row %d); all images of a patient belong in one part"
                .formatted(
                    patient,
                    before.attribute("split").get(),
                    before.row(),
                    study.attribute("split").get(),
                    study.row()));
      }
    }
    crossed.values().forEach(problems::add);
  }

  /// What is no error, but should be known to whoever reads the results.
  static List<String> notices(Cohort cohort, ManifestOptions options) {
    List<String> notices = new ArrayList<>();
    for (Finding finding : options.findings().stream().sorted().toList()) {
      if (!cohort.findings().contains(finding)) {
        notices.add(
            "the manifest has no column '%s': nothing can be said of that finding"
                .formatted(finding));
      }
    }
    if (!cohort.subgroups().isEmpty()) {
      notices.add("columns taken as subgroups: " + String.join(", ", cohort.subgroups()));
    }
    long travelled = atSeveralSites(cohort);
    if (travelled > 0) {
      notices.add(
          "%d patients are at more than one site; if they are different people, put the site before their names"
              .formatted(travelled));
    }
    return notices;
  }

  private static long atSeveralSites(Cohort cohort) {
    Map<String, String> siteOf = new HashMap<>();
    Map<String, Boolean> several = new HashMap<>();
    for (Study study : cohort.studies()) {
      if (study.patient().isPresent()) {
        String site = study.site().orElse("");
        String before = siteOf.putIfAbsent(study.patient().get(), site);
        if (before != null && !before.equals(site)) {
          several.put(study.patient().get(), true);
        }
      }
    }
    return several.size();
  }
}
