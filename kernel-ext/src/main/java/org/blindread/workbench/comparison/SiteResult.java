package org.blindread.workbench.comparison;

import java.util.List;
import java.util.Optional;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.roc.AurocComparison;
import org.blindread.stats.roc.Cases;
import org.blindread.stats.roc.RankCertificate;

/// One line of a comparison: a finding at a site.
///
/// @param finding what was looked for
/// @param site a site's name, [#ALL] for all images together, [#STRATIFIED] for pairs within sites
/// @param cases the images that have a truth
/// @param areas both AUROCs and their difference
/// @param equivalence the verdict, if a margin was declared
/// @param certificate how far the areas can differ, for certain
public record SiteResult(
    String finding,
    String site,
    Cases cases,
    AurocComparison areas,
    Optional<Equivalence> equivalence,
    RankCertificate certificate) {
  /// All images together, whatever their site.
  public static final String ALL = "all";

  /// All images, a positive and a negative one compared only if they are of one site.
  public static final String STRATIFIED = "stratified";

  private static final String ORDINARY = "ordinary";

  /// `ordinary`, or the name of the degenerate case: of the difference, else of one of the areas.
  public String outcome() {
    for (String outcome :
        List.of(
            areas.difference().outcome(),
            areas.plain().estimate().outcome(),
            areas.secure().estimate().outcome())) {
      if (!outcome.equals(ORDINARY)) {
        return outcome;
      }
    }
    return ORDINARY;
  }

  /// The line as tables for the eye show it, below [Comparison#header].
  public List<String> cells() {
    return LineCells.of(this);
  }
}
