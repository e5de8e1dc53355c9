package org.blindread.jupyter.render;

import java.util.List;
import java.util.Optional;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.SiteResult;

/// A comparison: a table a finding, the verdict on all its images in words, how far the scores
/// agree; verdicts site by site and notes behind lines that open them.
public final class ComparisonDisplay implements Display<Comparison> {
  /// For `ServiceLoader`.
  public ComparisonDisplay() {}

  @Override
  public Class<Comparison> type() {
    return Comparison.class;
  }

  @Override
  public Bundle bundle(Comparison comparison) {
    StringBuilder html = new StringBuilder("<div>");
    if (comparison.notices().contains(Cohorts.SYNTHETIC)) {
      html.append(Html.strong(Cohorts.SYNTHETIC));
    }
    comparison.findings().forEach(finding -> html.append(html(comparison, finding)));
    html.append(
        Html.details(
            "methods, tests and notices",
            String.join("", comparison.footnotes().stream().map(Html::line).toList())));
    return Bundle.html(comparison.toString(), html.append("</div>").toString());
  }

  private static String html(Comparison comparison, FindingResult finding) {
    StringBuilder html = new StringBuilder();
    html.append(Html.strong(finding.head()));
    html.append(
        Html.table(
            comparison.header(), finding.sites().stream().map(SiteResult::cells).toList(), 1));
    verdict(finding.all()).ifPresent(line -> html.append(Html.line(line)));
    finding.remarks().forEach(remark -> html.append(Html.line("scores: " + remark)));
    List<String> others =
        finding.sites().stream().skip(1).flatMap(site -> verdict(site).stream()).toList();
    if (!others.isEmpty()) {
      html.append(
          Html.details(
              "verdicts by site", String.join("", others.stream().map(Html::line).toList())));
    }
    return html.toString();
  }

  private static Optional<String> verdict(SiteResult line) {
    return line.equivalence()
        .map((Equivalence verdict) -> "%s: %s".formatted(line.cells().getFirst(), verdict));
  }
}
