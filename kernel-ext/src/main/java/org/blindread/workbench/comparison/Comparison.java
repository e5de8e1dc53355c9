package org.blindread.workbench.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.blindread.data.DatasetException;
import org.blindread.data.Finding;
import org.blindread.data.Label;
import org.blindread.data.Labels;
import org.blindread.data.ReferenceStandard;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;
import org.blindread.data.Uncertain;
import org.blindread.stats.agreement.ScoreAgreement;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.multiplicity.Adjusted;
import org.blindread.stats.multiplicity.Adjustment;
import org.blindread.stats.roc.AurocComparison;
import org.blindread.stats.roc.AurocDifference;
import org.blindread.stats.roc.Cases;
import org.blindread.stats.roc.RankCertificate;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.WorkbenchException;

/// Whether secure scores perform as plain ones do: AUROC by finding and site, their paired
/// difference, equivalence at a declared margin, rank certificate, agreement of the scores.
///
/// Patients are the unit: variances are clustered where a truth names patients.
///
/// @param names what the two columns of scores are called
/// @param settings how it was made
/// @param findings one each, in the order of the scores
/// @param notices what a reader should know: findings without truth, images left out
public record Comparison(
    PairedScores.Names names,
    Settings settings,
    List<FindingResult> findings,
    List<String> notices) {
  public Comparison {
    findings = List.copyOf(findings);
    notices = List.copyOf(notices);
  }

  /// Compares.
  ///
  /// @throws WorkbenchException if an image has no row of truth, no finding has any, sites or
  ///   patients differ between truth and scores, or uncertain labels are there and nobody said what
  ///   they count as
  public static Comparison of(PairedScores scores, Truth truth, Settings settings)
      throws WorkbenchException {
    List<String> notices = new ArrayList<>();
    notice(notices, scores.onlyPlain(), "images have plain scores only and are left out");
    notice(notices, scores.onlySecure(), "images have secure scores only and are left out");
    Truth known = scored(scores, truth);
    notice(
        notices, truth.rows().size() - known.rows().size(), "images of the truth have no scores");
    List<FindingResult> results = new ArrayList<>();
    for (int i = 0; i < scores.findings().size(); i++) {
      Finding finding = new Finding(scores.findings().get(i));
      if (known.findings().contains(finding)) {
        results.add(finding(scores, i, reference(known, finding, settings), settings));
      } else {
        notices.add("the truth says nothing of '" + finding + "'");
      }
    }
    if (results.isEmpty()) {
      throw new WorkbenchException(
          "the scores are of %s, the truth is of %s: nothing to compare"
              .formatted(String.join(", ", scores.findings()), known.findings()));
    }
    return new Comparison(scores.names(), settings, adjusted(results), notices);
  }

  private static void notice(List<String> notices, int count, String what) {
    if (count > 0) {
      notices.add(count + " " + what);
    }
  }

  /// The truth of the scored images, in their order; site and patient from the scores where the
  /// truth does not name them.
  private static Truth scored(PairedScores scores, Truth truth) throws WorkbenchException {
    Map<String, TruthRow> rows = new HashMap<>();
    truth.rows().forEach(row -> rows.put(row.image(), row));
    List<TruthRow> known = new ArrayList<>();
    for (ScoreRow score : scores.plain()) {
      TruthRow row =
          Optional.ofNullable(rows.get(score.image()))
              .orElseThrow(
                  () ->
                      new WorkbenchException(
                          "image '%s' has scores, but no row in the truth"
                              .formatted(score.image())));
      String site = agreed("site", score.image(), row.site(), score.site());
      String patient = agreed("patient", score.image(), row.patient(), score.patient());
      known.add(new TruthRow(row.image(), site, patient, row.labels()));
    }
    return new Truth(truth.findings(), known);
  }

  private static String agreed(String what, String image, String truth, String score)
      throws WorkbenchException {
    if (!truth.isEmpty() && !score.isEmpty() && !truth.equals(score)) {
      throw new WorkbenchException(
          "image '%s' has %s '%s' in the truth and '%s' in the scores"
              .formatted(image, what, truth, score));
    }
    return truth.isEmpty() ? score : truth;
  }

  private static ReferenceStandard reference(Truth truth, Finding finding, Settings settings)
      throws WorkbenchException {
    boolean any =
        truth.rows().stream()
            .map(TruthRow::labels)
            .map((Labels labels) -> labels.label(finding))
            .anyMatch(label -> label.equals(Optional.of(Label.UNCERTAIN)));
    if (any && settings.uncertain().isEmpty()) {
      throw new WorkbenchException(
          "some labels of '"
              + finding
              + "' are uncertain (-1); say what they count as: --uncertain exclude, present or"
              + " absent");
    }
    try {
      return truth.reference(finding, settings.uncertain().orElse(Uncertain.EXCLUDE));
    } catch (DatasetException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private static FindingResult finding(
      PairedScores scores, int column, ReferenceStandard reference, Settings settings) {
    String finding = scores.findings().get(column);
    List<SiteResult> sites = new ArrayList<>();
    int[] everything = new int[reference.size()];
    Arrays.setAll(everything, i -> i);
    Cases all = cases(reference, everything);
    sites.add(site(SiteResult.ALL, scores, column, reference, everything, all, settings));
    var names = new TreeSet<>(reference.sites());
    if (names.size() > 1) {
      Cases within = all.withinSites(reference.sites().toArray(String[]::new));
      sites.add(
          site(SiteResult.STRATIFIED, scores, column, reference, everything, within, settings));
    }
    if (settings.bySite()) {
      for (String name : names) {
        int[] some =
            Arrays.stream(everything).filter(i -> reference.sites().get(i).equals(name)).toArray();
        sites.add(site(name, scores, column, reference, some, cases(reference, some), settings));
      }
    }
    double[] plain = new double[scores.images().size()];
    double[] secure = new double[plain.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = scores.plain().get(i).values()[column];
      secure[i] = scores.secure().get(i).values()[column];
    }
    return new FindingResult(
        finding, reference, sites, OptionalDouble.empty(), ScoreAgreement.of(plain, secure));
  }

  /// @param rows of the reference
  private static Cases cases(ReferenceStandard reference, int[] rows) {
    boolean[] positive = new boolean[rows.length];
    int[] patients = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      positive[i] = reference.positive()[rows[i]];
      patients[i] = reference.patients()[rows[i]];
    }
    return Cases.ofPatients(positive, patients);
  }

  private static SiteResult site(
      String name,
      PairedScores scores,
      int column,
      ReferenceStandard reference,
      int[] rows,
      Cases cases,
      Settings settings) {
    int[] images = Arrays.stream(rows).map(row -> reference.indices()[row]).toArray();
    double[] plain = PairedScores.column(scores.plain(), images, column);
    double[] secure = PairedScores.column(scores.secure(), images, column);
    AurocComparison areas = AurocComparison.of(plain, secure, cases);
    Optional<Equivalence> verdict =
        settings.margin().map(margin -> areas.difference().equivalence(margin, Settings.ALPHA));
    return new SiteResult(
        scores.findings().get(column),
        name,
        cases,
        areas,
        verdict,
        RankCertificate.of(plain, secure, cases, areas));
  }

  /// Holm over the findings whose pooled difference is ordinary.
  private static List<FindingResult> adjusted(List<FindingResult> results) {
    OptionalDouble[] p = new OptionalDouble[results.size()];
    for (int i = 0; i < p.length; i++) {
      Optional<AurocDifference.Ordinary> ordinary =
          results.get(i).all().areas().difference().ordinary();
      p[i] = ordinary.isPresent() ? OptionalDouble.of(ordinary.get().p()) : OptionalDouble.empty();
    }
    List<OptionalDouble> holm = Adjusted.of(List.of(p), Adjustment.HOLM).p();
    List<FindingResult> adjusted = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      FindingResult result = results.get(i);
      adjusted.add(
          new FindingResult(
              result.finding(),
              result.reference(),
              result.sites(),
              holm.get(i),
              result.agreement()));
    }
    return adjusted;
  }

  /// The same with one more notice, before the others.
  public Comparison noting(String notice) {
    List<String> more = new ArrayList<>(List.of(notice));
    more.addAll(notices);
    return new Comparison(names, settings, findings, more);
  }

  /// Every line, finding by finding.
  public List<SiteResult> lines() {
    return findings.stream().flatMap(finding -> finding.sites().stream()).toList();
  }

  /// What [SiteResult#cells] holds, in words.
  public List<String> header() {
    return LineCells.header(this);
  }

  /// What stands below the tables: tests, methods, what was left out, notices.
  public List<String> footnotes() {
    return ComparisonText.footnotes(this);
  }

  /// Every number at full precision, as `compare --json` writes it.
  public String toJson() {
    return ComparisonJson.of(this);
  }

  @Override
  public String toString() {
    return ComparisonText.of(this);
  }
}
