package org.blindread.workbench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.blindread.data.ReferenceStandard;
import org.blindread.stats.agreement.Deviations;
import org.blindread.stats.agreement.ScoreAgreement;

/// What was found of one finding.
///
/// @param finding its name
/// @param reference the truth it was held against
/// @param sites all images first, then within sites, then site by site
/// @param holm p-value of the pooled difference, adjusted after Holm over all findings; empty where
///   the difference is degenerate
/// @param agreement of the scores themselves, image by image, truth aside
public record FindingResult(
    String finding,
    ReferenceStandard reference,
    List<SiteResult> sites,
    OptionalDouble holm,
    ScoreAgreement agreement) {
  public FindingResult {
    sites = List.copyOf(sites);
  }

  /// All images together.
  public SiteResult all() {
    return sites.getFirst();
  }

  /// One line: the finding, its cases, and what became of uncertain and absent labels.
  public String head() {
    String left =
        reference.unlabelled() == 0
            ? ""
            : "; %d without label left out".formatted(reference.unlabelled());
    String uncertain =
        reference.uncertain() == 0
            ? ""
            : "; %d uncertain: %s".formatted(reference.uncertain(), reference.policy());
    return "%s: %s%s%s".formatted(finding, all().cases(), left, uncertain);
  }

  /// How far the scores themselves agree, a line each.
  public List<String> remarks() {
    Deviations d = agreement.deviations();
    List<String> remarks = new ArrayList<>();
    remarks.add(d.toString());
    remarks.add(d.exceedance(Settings.THRESHOLD, Settings.CONFIDENCE).toString());
    agreement.blandAltman().ifPresent(limits -> remarks.add(limits.toString()));
    return remarks;
  }
}
