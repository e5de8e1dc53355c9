package org.blindread.workbench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.agreement.Deviations;
import org.blindread.stats.agreement.ScoreAgreement;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.AurocDifference;

/// A comparison as a terminal shows it: one block a finding, one line a site.
final class ComparisonText {
  private static final String FORM = "  %-14s %6s %5s  %-23s  %-23s  %-32s %-14s %s";

  private ComparisonText() {}

  static String of(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    Optional<Margin> margin = comparison.settings().margin();
    for (FindingResult finding : comparison.findings()) {
      lines.add(head(finding));
      lines.add(
          FORM.formatted(
                  "site",
                  "images",
                  "pos.",
                  "AUROC " + comparison.names().plain(),
                  "AUROC " + comparison.names().secure(),
                  "difference (90 % CI)",
                  margin.map(m -> "at ±" + m.value()).orElse(""),
                  "certificate")
              .stripTrailing());
      finding.sites().forEach(site -> lines.add(line(site)));
      lines.addAll(agreement(finding.agreement()));
      lines.add("");
    }
    lines.addAll(footnotes(comparison));
    return String.join("\n", lines);
  }

  private static List<String> agreement(ScoreAgreement agreement) {
    List<String> lines = new ArrayList<>();
    Deviations d = agreement.deviations();
    lines.add("  scores: " + d);
    lines.add("  scores: " + d.exceedance(Settings.THRESHOLD, Settings.CONFIDENCE));
    agreement.blandAltman().ifPresent(limits -> lines.add("  scores: " + limits));
    return lines;
  }

  private static String head(FindingResult finding) {
    String left =
        finding.reference().unlabelled() == 0
            ? ""
            : "; %d without label left out".formatted(finding.reference().unlabelled());
    String uncertain =
        finding.reference().uncertain() == 0
            ? ""
            : "; %d uncertain: %s"
                .formatted(finding.reference().uncertain(), finding.reference().policy());
    return "%s: %s%s%s".formatted(finding.finding(), finding.all().cases(), left, uncertain);
  }

  private static String line(SiteResult line) {
    return FORM.formatted(
            line.site().isEmpty() ? "(no site)" : line.site(),
            line.cases().size(),
            line.cases().positives(),
            area(line.areas().plain().estimate()),
            area(line.areas().secure().estimate()),
            difference(line.areas().difference()),
            line.equivalence().map(ComparisonText::verdict).orElse(""),
            certificate(line))
        .stripTrailing();
  }

  private static String area(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Estimated e ->
          "%s (%s)".formatted(number("%.4f", e.value()), ends("%.3f", e.interval()));
      case Estimate.NotEstimable n ->
          n.point().isPresent() ? number("%.4f", n.point().getAsDouble()) : "-";
    };
  }

  private static String difference(AurocDifference difference) {
    return difference
        .ordinary()
        .map(
            ordinary ->
                "%s (%s)"
                    .formatted(
                        number("%.1e", ordinary.value()), ends("%.1e", ordinary.interval(0.90))))
        .orElse(
            difference.point().isPresent() && difference.point().getAsDouble() == 0
                ? "0 (" + difference.outcome() + ")"
                : difference.point().isPresent()
                    ? number("%.1e", difference.point().getAsDouble())
                        + " ("
                        + difference.outcome()
                        + ")"
                    : difference.outcome());
  }

  private static String verdict(Equivalence equivalence) {
    return equivalence.decision() == Decision.EQUIVALENT ? "equivalent" : "not shown";
  }

  private static String certificate(SiteResult line) {
    OptionalDouble bound = line.certificate().bound();
    if (bound.isEmpty()) {
      return "-";
    }
    return bound.getAsDouble() == 0 ? "0" : number("≤ %.1e", bound.getAsDouble());
  }

  private static String ends(String form, Interval interval) {
    return number(form, interval.lower()) + " … " + number(form, interval.upper());
  }

  private static String number(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  private static List<String> footnotes(Comparison comparison) {
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
                              ? number("%.3g", finding.holm().getAsDouble())
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
