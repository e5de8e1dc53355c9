package org.blindread.stats.roc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.blindread.stats.KnownAnswers;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.NonFiniteScore;
import org.blindread.stats.estimate.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AurocComparisonTest {
  private static final Margin MARGIN = Margin.prespecified(0.01, "declared");

  private static double[] scores(String words) {
    return List.of(words.split(" ", -1)).stream().mapToDouble(Double::valueOf).toArray();
  }

  /// The table of degenerate outcomes in docs/statistics.md.
  @ParameterizedTest
  @CsvSource({
    "identical scores,  0 0 1 1, 1 3 2 4,   1 3 2 4,     IdenticalRanking,      EQUIVALENT",
    "a monotone copy,   0 0 1 1, 1 3 2 4,   -9 0 -1 1e9, IdenticalRanking,      EQUIVALENT",
    "every pair lost,   0 0 1 1, 3 4 1 2,   3 4 1 2,     IdenticalRanking,      EQUIVALENT",
    "signed zeroes,     0 0 1 1, 0 0 -1 1,  -0.0 0.0 -1 1, IdenticalRanking,    EQUIVALENT",
    "both perfect,      0 0 1 1, 1 2 3 4,   2 1 9 8,     PerfectSeparationBoth, EQUIVALENT",
    "constant to perfect, 0 0 1 1, 5 5 5 5,   1 2 3 4,     ZeroVarianceDifferent, NOT_SHOWN",
    "one positive,      0 0 0 1, 1 2 5 4,   1 2 3 4,     VarianceUndefined,     NOT_SHOWN",
    "one negative,      1 1 0 1, 1 2 5 4,   1 2 3 4,     VarianceUndefined,     NOT_SHOWN",
    "no negative,       1 1 1 1, 1 2 5 4,   1 2 3 4,     OneClassOnly,          NOT_SHOWN",
    "no case,           '',      '',        '',          OneClassOnly,          NOT_SHOWN",
    "infinite scores,   0 0 1 1, -Infinity 1 0 Infinity, 0 1 2 3, ordinary,     NOT_SHOWN"
  })
  void degenerateSamplesAreOutcomes(
      String name, String truth, String plain, String secure, String outcome, Decision decision) {
    double[] first = plain.isEmpty() ? new double[0] : scores(plain);
    double[] second = secure.isEmpty() ? new double[0] : scores(secure);
    boolean[] ill = truth.isEmpty() ? new boolean[0] : KnownAnswers.isOne(scores(truth));
    AurocComparison found = AurocComparison.of(first, second, Cases.of(ill));
    assertEquals(outcome, found.difference().outcome(), name);
    assertEquals(outcome, found.unclustered().outcome(), name);
    assertEquals(decision, found.difference().equivalence(MARGIN, 0.05).decision(), name);
  }

  @Test
  void nothingDegenerateHasAZOrAP() {
    boolean[] truth = {false, false, true, true};
    double[] perfect = {1, 2, 3, 4};
    AurocDifference both = AurocComparison.of(perfect, perfect, Cases.of(truth)).difference();
    assertTrue(both.ordinary().isEmpty());
    assertEquals(OptionalDouble.of(0), both.point());
    assertEquals("difference 0: both areas are 1", both.toString());
    assertInstanceOf(Equivalence.Exact.class, both.equivalence(MARGIN, 0.05));
    AurocDifference single =
        AurocComparison.of(
                new double[] {1, 2, 3, 4},
                new double[] {4, 3, 2, 1},
                Cases.of(new boolean[] {true, false, false, false}))
            .difference();
    assertEquals(new AurocDifference.VarianceUndefined(1, Reason.TOO_FEW_POSITIVES), single);
    assertInstanceOf(Equivalence.Undecided.class, single.equivalence(MARGIN, 0.05));
  }

  @Test
  void casesOfOnePatientAreOneWitnessOnly() {
    boolean[] truth = {true, true, false, false};
    Cases cases = Cases.ofPatients(truth, new String[] {"a", "a", "b", "c"});
    assertEquals(3, cases.patients());
    assertEquals(
        new AurocDifference.VarianceUndefined(-0.5, Reason.TOO_FEW_POSITIVES),
        AurocComparison.of(scores("3 1 2 0"), scores("1 0 2 0.5"), cases).difference());
  }

  @Test
  void oneLineIsFitForAPaper() {
    boolean[] truth = KnownAnswers.isOne(scores("0 0 0 0 1 1 1 1"));
    AurocComparison found =
        AurocComparison.of(scores("1 2 3 3 2 2 3 4"), scores("1 2 2 3 2 3 3 4"), Cases.of(truth));
    assertEquals(
        "plain 0.6250 (95 % CI 0.2142 … 0.9106); secure 0.8125 (95 % CI 0.3768 … 0.9688);"
            + " difference 0.188 (90 % CI -0.0643 … 0.439), z = 1.22, p = 0.221",
        found.toString());
  }

  @Test
  void sitesWithoutVarianceAreLeftOutAndNamed() {
    String[] sites = {"A", "A", "A", "A", "B", "B", "B", "C", "C"};
    boolean[] truth = KnownAnswers.isOne(scores("1 1 0 0 1 0 0 0 0"));
    double[] plain = scores("4 2 3 1 9 1 2 3 4");
    Cases within = Cases.of(truth).withinSites(sites);
    assertEquals(List.of("A"), within.sites());
    assertEquals(
        List.of(
            new Cases.SiteLeftOut("B", 1, 2, "one patient with a positive case"),
            new Cases.SiteLeftOut("C", 0, 2, "one class only")),
        within.leftOut());
    assertEquals(4, within.size());
    assertEquals(2, within.positives());
    assertEquals(0.75, Auroc.of(plain, within).value().orElseThrow());
    // among all cases the pairs across sites count too
    assertEquals(14 / 18.0, Auroc.of(plain, Cases.of(truth)).value().orElseThrow());
  }

  @Test
  void ifNoSiteHasVarianceTheAreaIsKeptWithoutOne() {
    String[] sites = {"A", "A", "B", "B", "C"};
    boolean[] truth = KnownAnswers.isOne(scores("1 0 1 0 1"));
    Cases within = Cases.of(truth).withinSites(sites);
    assertEquals(List.of("A", "B"), within.sites());
    AurocComparison found = AurocComparison.of(scores("2 1 1 2 0"), scores("2 1 2 1 0"), within);
    assertEquals(
        new AurocDifference.VarianceUndefined(0.5, Reason.TOO_FEW_POSITIVES), found.difference());
    Cases none = Cases.of(new boolean[3]).withinSites(new String[] {"A", "A", "B"});
    assertEquals(
        new AurocDifference.OneClassOnly(),
        AurocComparison.of(new double[3], new double[3], none).difference());
    assertEquals(
        OptionalDouble.empty(), RankCertificate.of(new double[3], new double[3], none).bound());
  }

  @Test
  void theCertificateOfUnmovedScoresIsZeroAndOfInfiniteOnesSafe() {
    boolean[] truth = KnownAnswers.isOne(scores("1 0 1 0"));
    double[] tied = scores("1 1 2 2");
    RankCertificate same = RankCertificate.of(tied, tied.clone(), Cases.of(truth));
    assertEquals(0, same.bound().orElseThrow());
    assertEquals(0, same.rangeOfDeviation());
    double[] far = scores("Infinity 0 1 -Infinity");
    RankCertificate kept =
        RankCertificate.of(far, scores("Infinity 0 1 -Infinity"), Cases.of(truth));
    assertEquals(0, kept.bound().orElseThrow());
    RankCertificate moved = RankCertificate.of(far, scores("0 0 1 -Infinity"), Cases.of(truth));
    assertEquals(1, moved.bound().orElseThrow());
    assertEquals(
        "|ΔAUROC| ≤ 1.00 for certain (scores moved within a range of Infinity); it is -0.125",
        moved.toString());
  }

  @Test
  void wrongInputIsNamed() {
    Cases cases = Cases.of(new boolean[] {true, false});
    var nan =
        assertThrows(
            NonFiniteScore.class,
            () -> AurocComparison.of(new double[2], new double[] {0, Double.NaN}, cases));
    assertEquals(1, nan.index());
    assertThrows(
        IllegalArgumentException.class,
        () -> AurocComparison.of(new double[2], new double[3], cases));
    var sites =
        assertThrows(IllegalArgumentException.class, () -> cases.withinSites(new String[] {"A"}));
    assertEquals("1 sites, but truth for 2 cases", sites.getMessage());
  }
}
