package org.blindread.stats.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.blindread.stats.estimate.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquivalenceTest {
  private static final Margin HUNDREDTH = Margin.prespecified(0.01, "declared");

  /// By scipy 1.17.1: norm.sf(1.5), norm.cdf(-2.5), norm.ppf(.95).
  @Test
  void closedForm() {
    Equivalence.Tested found = Equivalence.of(-0.0025, 0.005, HUNDREDTH, 0.05);
    assertEquals(0.06680720126885807, found.pLower(), 1e-15);
    assertEquals(0.006209665325776132, found.pUpper(), 1e-16);
    assertEquals(found.pLower(), found.p());
    assertEquals(0.0025 + 1.6448536269514722 * 0.005, found.smallestMarginPassing(), 1e-15);
    assertEquals(Decision.NOT_SHOWN, found.decision());
    assertEquals(0.90, found.interval().level(), 1e-15);
    assertEquals(
        "equivalence not shown at ±0.01: difference -0.00250 (90 % CI -0.0107 … 0.00572),"
            + " p = 0.0668, smallest margin 0.0107",
        found.toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.02, -0.003, 0, 0.001, 0.0099})
  void theThreeWaysToDecideAgree(double difference) {
    for (double error : new double[] {1e-6, 0.001, 0.004, 0.02}) {
      for (double alpha : new double[] {0.01, 0.05, 0.1}) {
        Equivalence.Tested found = Equivalence.of(difference, error, HUNDREDTH, alpha);
        boolean shown = found.decision() == Decision.EQUIVALENT;
        assertEquals(found.p() < alpha, shown);
        assertEquals(found.interval().isWithin(0.01), shown);
        double smallest = found.smallestMarginPassing();
        assertEquals(
            Decision.EQUIVALENT,
            Equivalence.of(difference, error, Margin.prespecified(smallest * 1.000001, ""), alpha)
                .decision());
        assertEquals(
            Decision.NOT_SHOWN,
            Equivalence.of(difference, error, Margin.prespecified(smallest, ""), alpha).decision());
      }
    }
  }

  @Test
  void withoutVarianceTheDifferenceDecides() {
    assertEquals(Decision.EQUIVALENT, new Equivalence.Exact(HUNDREDTH, 0).decision());
    assertEquals(Decision.NOT_SHOWN, new Equivalence.Exact(HUNDREDTH, -0.01).decision());
    assertEquals(
        Decision.NOT_SHOWN,
        new Equivalence.Undecided(HUNDREDTH, Reason.TOO_FEW_POSITIVES).decision());
  }

  @Test
  void nonInferiorityLooksAtOneSide() {
    NonInferiority better = NonInferiority.of(0.2, 0.005, HUNDREDTH, 0.025);
    assertEquals(Decision.NON_INFERIOR, better.decision());
    assertEquals(0.2 - 1.959963984540054 * 0.005, better.lowerBound(), 1e-15);
    NonInferiority worse = NonInferiority.of(-0.0025, 0.005, HUNDREDTH, 0.025);
    assertEquals(0.06680720126885807, worse.p(), 1e-15);
    assertEquals(
        "non-inferiority not shown at −0.01: difference -0.00250, one-sided 97.5 % bound -0.0123,"
            + " p = 0.0668",
        worse.toString());
  }

  @Test
  void misuseIsNamed() {
    var margin = assertThrows(IllegalArgumentException.class, () -> new Margin(0, "", true));
    assertEquals("a margin is a positive finite difference, not 0.0", margin.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Equivalence.of(0, 0, HUNDREDTH, 0.05));
    assertThrows(IllegalArgumentException.class, () -> Equivalence.of(0, 1, HUNDREDTH, 0.5));
    assertThrows(
        IllegalArgumentException.class, () -> Equivalence.of(Double.NaN, 1, HUNDREDTH, 0.05));
    assertTrue(HUNDREDTH.toString().equals("±0.01 (declared)"));
    assertFalse(new Margin(0.1, "seen", false).toString().equals("±0.1 (seen)"));
  }
}
