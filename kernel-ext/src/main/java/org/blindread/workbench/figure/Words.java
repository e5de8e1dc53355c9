package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.blindread.stats.estimate.Estimate;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.SiteResult;

/// What several figures say in the same words.
final class Words {
  private Words() {}

  static boolean synthetic(Comparison comparison) {
    return comparison.notices().contains(Cohorts.SYNTHETIC);
  }

  static String subtitle(Comparison comparison) {
    return synthetic(comparison) ? Cohorts.SYNTHETIC : "";
  }

  /// A finding, with its positive and all images.
  static String head(FindingResult finding) {
    return "%s: %d of %d"
        .formatted(
            finding.finding(), finding.all().cases().positives(), finding.all().cases().size());
  }

  /// Site by site, then within sites, then all images.
  static List<SiteResult> lines(FindingResult finding) {
    List<SiteResult> lines = new ArrayList<>();
    List<SiteResult> last = new ArrayList<>();
    for (SiteResult line : finding.sites()) {
      boolean summary =
          line.site().equals(SiteResult.ALL) || line.site().equals(SiteResult.STRATIFIED);
      (summary ? last : lines).add(line);
    }
    lines.addAll(last.reversed());
    return lines;
  }

  /// A row's name.
  static String row(SiteResult line) {
    return "%s (%d/%d)"
        .formatted(
            line.site().isEmpty() ? "no site" : line.site(),
            line.cases().positives(),
            line.cases().size());
  }

  /// Why there is no interval, or no area at all.
  static String absent(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Estimated _ -> "";
      case Estimate.NotEstimable none ->
          switch (none.reason()) {
            case ONE_CLASS_ONLY -> "one class only";
            case TOO_FEW_POSITIVES -> "one positive patient";
            case TOO_FEW_NEGATIVES -> "one negative patient";
            case TOO_FEW_CASES -> "too few cases";
            case PERFECT_SEPARATION -> "perfect separation";
            case NO_VARIATION -> "constant scores";
          };
    };
  }

  /// The sites that 'stratified' leaves out, as one more sentence of a caption.
  static String lost(Comparison comparison) {
    List<String> lost = new ArrayList<>();
    for (FindingResult finding : comparison.findings()) {
      for (SiteResult line : finding.sites()) {
        line.cases()
            .leftOut()
            .forEach(
                site ->
                    lost.add(
                        "%s at %s (%s)".formatted(finding.finding(), site.site(), site.reason())));
      }
    }
    return lost.isEmpty() ? "" : " Left out of 'stratified': " + String.join(", ", lost) + ".";
  }

  /// What a reader must know of the images, as a caption's last sentence.
  static String source(Comparison comparison) {
    return comparison.notices().isEmpty()
        ? ""
        : String.join("; ", comparison.notices()).strip() + ".";
  }

  /// A number in a caption: as short as it can be.
  static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.2g", value).replaceFirst("e-0", "e-");
  }

  /// A power of ten as an axis shows it: 0.01, 0.1, 1, else 10⁻⁵.
  ///
  /// @param exponent whole, for others there are no words
  static String power(double exponent) {
    int whole = (int) Math.rint(exponent);
    if (Math.abs(exponent - whole) > 1e-6) {
      return "";
    }
    if (whole >= -2 && whole <= 0) {
      return whole == 0 ? "1" : whole == -1 ? "0.1" : "0.01";
    }
    StringBuilder power = new StringBuilder(whole < 0 ? "10⁻" : "10");
    for (char digit : String.valueOf(Math.abs(whole)).toCharArray()) {
      power.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
    }
    return power.toString();
  }

  static String megabytes(double value) {
    return value >= 10
        ? String.format(Locale.ROOT, "%.0f MB", value)
        : value >= 0.01
            ? String.format(Locale.ROOT, "%.2f MB", value)
            : String.format(Locale.ROOT, "%.0f B", value / 1e-6);
  }
}
