package org.blindread.stats.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate.NotEstimable;
import org.blindread.stats.estimate.NonFiniteScore;
import org.blindread.stats.estimate.Reason;
import org.junit.jupiter.api.Test;

class ScoreAgreementTest {
  private static final Margin MARGIN = Margin.prespecified(0.01, "declared");

  @Test
  void exceedancesAreCountedStrictlyAboveTheThreshold() {
    Deviations d = Deviations.of(new double[] {0, 0, 0, 0}, new double[] {0.25, -0.5, 0.5, -1});
    assertEquals(4, d.exceedance(0, 0.95).exceeding());
    assertEquals(1, d.exceedance(0.5, 0.95).exceeding());
    Exceedance none = d.exceedance(1, 0.95);
    assertEquals(0, none.exceeding());
    // 1 − 0.05^(1/4)
    assertEquals(0.5271291954984121, none.upper(), 1e-15);
    assertEquals(
        "0 of 4 cases moved by more than 1.00 (at most 52.7 % of all, 95 % confidence)",
        none.toString());
  }

  @Test
  void equalScoresAreEquivalentWithoutAPValue() {
    double[] scores = {0.1, 0.7, 0.3};
    ScoreAgreement found = ScoreAgreement.of(scores, scores.clone());
    assertEquals(0, found.deviations().maxAbsolute());
    assertEquals(new Equivalence.Exact(MARGIN, 0), found.deviations().equivalence(MARGIN, 0.05));
    assertEquals(Optional.empty(), found.blandAltman());
    assertEquals(OptionalDouble.of(0), found.concordance().shortfall());
    assertEquals(
        new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(1)),
        found.concordance().estimate());
    assertEquals(0, found.distance().wasserstein());
    assertEquals(
        "max |d| 0.00 over 3 cases (so for 36.84 % of all with 95 % confidence), mean d 0.00;"
            + " W₁ 0.00, Kolmogorov-Smirnov D 0.00 (at most 1.71 with 95 % confidence);"
            + " 1 − CCC = 0.00",
        found.toString());
  }

  @Test
  void aConstantShiftHasABiasButNoLimits() {
    Deviations d = Deviations.of(new double[] {1, 2, 4}, new double[] {1.1, 2.1, 4.1});
    assertEquals(0.1, d.mean(), 1e-15);
    ScoreAgreement exact = ScoreAgreement.of(new double[] {1, 2, 4}, new double[] {1.5, 2.5, 4.5});
    assertEquals(Optional.empty(), exact.blandAltman());
    assertEquals(
        new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(0.5)),
        exact.deviations().bias(0.95));
    assertEquals(Decision.NOT_SHOWN, exact.deviations().equivalence(MARGIN, 0.05).decision());
  }

  @Test
  void oneCaseSaysNothingOfOthers() {
    ScoreAgreement found = ScoreAgreement.of(new double[] {1}, new double[] {2});
    assertEquals(Optional.empty(), found.blandAltman());
    assertEquals(OptionalDouble.empty(), found.deviations().meanAbsoluteUpper(0.95));
    assertEquals(
        new Equivalence.Undecided(MARGIN, Reason.TOO_FEW_CASES),
        found.deviations().equivalence(MARGIN, 0.05));
    assertEquals(0.05, found.deviations().toleranceShare(0.95), 1e-15);
  }

  @Test
  void constantColumnsHaveNoConcordance() {
    Concordance none = Concordance.of(new double[] {1, 1, 1}, new double[] {1, 1, 1}, 0.95);
    assertEquals(new NotEstimable(Reason.NO_VARIATION, OptionalDouble.empty()), none.estimate());
    Concordance zero = Concordance.of(new double[] {1, 1, 1}, new double[] {0, 1, 2}, 0.95);
    assertEquals(new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(0)), zero.estimate());
  }

  @Test
  void proportionalBiasShowsInTheSlope() {
    double[] plain = {1, 2, 3, 4};
    double[] secure = {1.1, 2.2, 3.3, 4.4};
    // d = 0.1·x on middle 1.05·x
    assertEquals(0.1 / 1.05, BlandAltman.of(plain, secure, 0.95).orElseThrow().slope(), 1e-14);
  }

  @Test
  void theUpperLimitOfTheMeanBoundsTheWassersteinDistance() {
    double[] plain = new double[500];
    double[] secure = new double[500];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = Math.sin(i) * 3;
      secure[i] = plain[i] + Math.cos(7 * i) / 100;
    }
    ScoreAgreement found = ScoreAgreement.of(plain, secure);
    double mean = found.deviations().meanAbsolute();
    assertTrue(found.distance().wasserstein() < mean);
    assertTrue(mean < found.deviations().meanAbsoluteUpper(0.95).orElseThrow());
  }

  @Test
  void wrongInputIsNamed() {
    var infinite =
        assertThrows(
            NonFiniteScore.class,
            () -> Deviations.of(new double[2], new double[] {0, Double.POSITIVE_INFINITY}));
    assertEquals("the score of case 1 is Infinity", infinite.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Deviations.of(new double[0], new double[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> DistributionDistance.of(new double[1], new double[2]));
    assertThrows(
        NonFiniteScore.class,
        () -> DistributionDistance.of(new double[1], new double[] {Double.NaN}));
  }
}
