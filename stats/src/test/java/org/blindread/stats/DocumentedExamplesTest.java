package org.blindread.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.blindread.stats.agreement.BlandAltman;
import org.blindread.stats.agreement.Deviations;
import org.blindread.stats.agreement.ScoreAgreement;
import org.blindread.stats.estimate.Estimate.Estimated;
import org.blindread.stats.multiplicity.Adjusted;
import org.blindread.stats.multiplicity.Adjustment;
import org.blindread.stats.roc.Auroc;
import org.blindread.stats.roc.AurocComparison;
import org.blindread.stats.roc.Cases;
import org.blindread.stats.roc.RankCertificate;
import org.blindread.stats.roc.RankMoments;
import org.junit.jupiter.api.Test;

/// The worked examples of docs/statistics.md. Those of equivalence and of sites are in
/// `EquivalenceTest` and `AurocComparisonTest`.
class DocumentedExamplesTest {
  private static final boolean[] TRUTH = {false, false, false, false, true, true, true, true};
  private static final double[] SCORES = {1, 2, 2, 3, 2, 3, 3, 4};

  @Test
  void anArea() {
    assertEquals(new RankMoments(26, 178, 178, 4, 4), RankMoments.of(SCORES, TRUTH));
    Estimated found = Auroc.of(SCORES, TRUTH).estimate().estimated().orElseThrow();
    assertEquals(0.8125, found.value());
    assertEquals(0.0234375, found.variance());
    assertEquals("0.8125 (95 % CI 0.3768 … 0.9688)", found.toString());
  }

  @Test
  void repeatedCasesOfTheSamePatients() {
    double[] twice = new double[16];
    boolean[] truth = new boolean[16];
    int[] patients = new int[16];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = SCORES[i / 2];
      truth[i] = TRUTH[i / 2];
      patients[i] = i / 2;
    }
    Auroc found = Auroc.of(twice, Cases.ofPatients(truth, patients));
    assertEquals(0.0234375, found.estimate().estimated().orElseThrow().variance(), 1e-16);
    assertEquals(7.0 / 3, found.designEffect().orElseThrow(), 1e-14);
  }

  @Test
  void aDifference() {
    var found =
        AurocComparison.of(new double[] {1, 2, 3, 3, 2, 2, 3, 4}, SCORES, Cases.of(TRUTH))
            .difference()
            .ordinary()
            .orElseThrow();
    assertEquals(0.1875, found.value());
    assertEquals(Math.sqrt(1.5), found.z(), 1e-14);
    assertEquals(0.220671361919847, found.p(), 1e-14);
  }

  @Test
  void aCertificate() {
    RankCertificate found =
        RankCertificate.of(
            new double[] {1, 3, 2, 4},
            new double[] {1, 3, 2.5, 3.75},
            Cases.of(new boolean[] {false, false, true, true}));
    assertEquals(0.75, found.rangeOfDeviation(), 1e-15);
    assertEquals(0, found.bound().orElseThrow());
    assertEquals(0, found.actual().orElseThrow());
  }

  @Test
  void tenPairs() {
    ScoreAgreement found =
        ScoreAgreement.of(
            new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
            new double[] {1.1, 1.95, 3.2, 4, 5.15, 5.9, 7.05, 8.12, 8.98, 10.08});
    BlandAltman limits = found.blandAltman().orElseThrow();
    assertEquals(
        "bias 0.0530, limits of agreement -0.132 … 0.238 (95 %; n = 10)", limits.toString());
    assertEquals(0.0946, limits.standardDeviation(), 5e-5);
    assertEquals("95 % CI 0.118636 … 0.358345", limits.upper().toString());
    assertEquals("95 % CI 0.163083 … 0.412716", limits.exactUpper().toString());
    assertEquals(0.741, found.deviations().toleranceShare(0.95), 5e-4);
    assertEquals(0.2, found.deviations().maxAbsolute(), 1e-15);
    assertEquals(0.00066, found.concordance().shortfall().orElseThrow(), 5e-6);
    assertEquals(59, Deviations.casesForTolerance(0.95, 0.95));
    assertEquals(299, Deviations.casesForTolerance(0.99, 0.95));
  }

  @Test
  void twoTestsOfThree() {
    Adjusted found =
        Adjusted.of(
            List.of(OptionalDouble.of(0.01), OptionalDouble.of(0.02), OptionalDouble.empty()),
            Adjustment.HOLM);
    assertEquals(
        List.of(OptionalDouble.of(0.02), OptionalDouble.of(0.02), OptionalDouble.empty()),
        found.p());
    assertEquals(2, found.tests());
  }
}
