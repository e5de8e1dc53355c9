package org.blindread.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What reading a manifest gave: the cohort, and what was received but left out, and why.
///
/// @param cohort the images kept
/// @param exclusions the images left out, by row
/// @param notices what a reader of the results should know, as sentences: a finding asked for that
///   the manifest lacks, columns taken as subgroups, patients at several sites
public record Intake(Cohort cohort, List<Exclusion> exclusions, List<String> notices) {
  public Intake {
    exclusions = List.copyOf(exclusions);
    notices = List.copyOf(notices);
  }

  /// Reads a manifest.
  ///
  /// @throws DatasetException naming file, row and column of up to ten faults
  public static Intake read(Path csv, ManifestOptions options) throws DatasetException {
    return ManifestReader.read(csv, options);
  }

  /// Images listed.
  public int received() {
    return cohort.size() + exclusions.size();
  }

  /// How many were left out, by reason; reasons that do not occur are absent.
  public Map<Exclusion.Reason, Integer> excluded() {
    return counted(exclusions);
  }

  private static Map<Exclusion.Reason, Integer> counted(List<Exclusion> exclusions) {
    Map<Exclusion.Reason, Integer> counts = new EnumMap<>(Exclusion.Reason.class);
    exclusions.forEach(exclusion -> counts.merge(exclusion.reason(), 1, Integer::sum));
    return counts;
  }

  /// The flow of images site by site, in order of appearance.
  public List<SiteFlow> flow() {
    Map<String, List<Exclusion>> excluded = new LinkedHashMap<>();
    Map<String, Integer> included = new LinkedHashMap<>();
    for (Study study : cohort.studies()) {
      included.merge(study.site().orElse(""), 1, Integer::sum);
    }
    for (Exclusion exclusion : exclusions) {
      included.putIfAbsent(exclusion.site(), 0);
      excluded.computeIfAbsent(exclusion.site(), _ -> new ArrayList<>()).add(exclusion);
    }
    List<SiteFlow> flow = new ArrayList<>();
    included.forEach(
        (site, kept) -> {
          List<Exclusion> out = excluded.getOrDefault(site, List.of());
          flow.add(new SiteFlow(site, kept + out.size(), counted(out)));
        });
    return flow;
  }

  /// The flow, one line a site, and the whole.
  @Override
  public String toString() {
    String lines = flow().stream().map(SiteFlow::toString).collect(Collectors.joining("\n"));
    var whole = new SiteFlow("all", received(), excluded());
    return cohort + "\n" + lines + (lines.isEmpty() ? "" : "\n") + whole;
  }
}
