package org.blindread.workbench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A comparison as a terminal shows it: one block a finding, one line a site.
final class ComparisonText {
  private ComparisonText() {}

  static String of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      lines.add(finding.head());
      lines.add(line(comparison.header()));
      finding.sites().forEach(site -> lines.add(line(site.cells())));
      finding.remarks().forEach(remark -> lines.add("  scores: " + remark));
      lines.add("");
    }
    lines.addAll(comparison.footnotes());
    return String.join("\n", lines);
  }

  private static String line(List<String> cells) {
    return "  %-14s %6s %5s  %-23s  %-23s  %-32s %-14s %s"
        .formatted(cells.toArray())
        .stripTrailing();
  }

  static List<String> footnotes(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      finding
          .all()
          .areas()
          .difference()
          .ordinary()
          .ifPresent(
              d ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "%s, pooled: z = %.2f, p = %.3g, after Holm over %d findings %s (a large"
                              + " p is no evidence of equivalence)",
                          finding.finding(),
                          d.z(),
                          d.p(),
                          comparison.findings().size(),
                          finding.holm().isPresent()
                              ? String.format(Locale.ROOT, "%.3g", finding.holm().getAsDouble())
                              : "-")));
    }
    lines.add(
        "difference: AUROC of %s − AUROC of %s; areas with 95 %% intervals"
            .formatted(comparison.names().secure(), comparison.names().plain()));
    lines.add(
        "variances are clustered by patient (Obuchowski); intervals of an area are logit; the"
            + " certificate bounds the change of the area in this sample for certain");
    comparison
        .settings()
        .margin()
        .ifPresentOrElse(
            margin ->
                lines.add(
                    "equivalence: two one-sided tests at 5 % against a margin of "
                        + margin
                        + "; all findings together need no adjustment (intersection-union)"),
            () -> lines.add("no --margin was declared, so there is no verdict of equivalence"));
    comparison.lines().stream()
        .flatMap(line -> line.cases().leftOut().stream().map(out -> line.finding() + ": " + out))
        .forEach(out -> lines.add("left out of 'stratified': " + out));
    lines.addAll(comparison.notices());
    return lines;
  }
}
