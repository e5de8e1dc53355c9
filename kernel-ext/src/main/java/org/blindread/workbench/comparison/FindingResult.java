package org.blindread.workbench.comparison;

import java.util.List;
import java.util.OptionalDouble;
import org.blindread.data.ReferenceStandard;
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
}
