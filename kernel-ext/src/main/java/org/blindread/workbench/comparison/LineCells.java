package org.blindread.workbench.comparison;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.AurocDifference;

/// A line of a comparison, as tables for the eye show it.
final class LineCells {
  private LineCells() {}

  static List<String> header(Comparison comparison) {
    return List.of(
        "site",
        "images",
        "pos.",
        "AUROC " + comparison.names().plain(),
        "AUROC " + comparison.names().secure(),
        "difference (90 % CI)",
        comparison.settings().margin().map(m -> "at ±" + m.value()).orElse(""),
        "certificate");
  }

  static List<String> of(SiteResult line) {
    return List.of(
        line.site().isEmpty() ? "(no site)" : line.site(),
        String.valueOf(line.cases().size()),
        String.valueOf(line.cases().positives()),
        area(line.areas().plain().estimate()),
        area(line.areas().secure().estimate()),
        difference(line.areas().difference()),
        line.equivalence().map(LineCells::verdict).orElse(""),
        certificate(line));
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
}
