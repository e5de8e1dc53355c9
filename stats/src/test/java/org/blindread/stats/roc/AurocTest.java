package org.blindread.stats.roc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Estimate.NotEstimable;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.NonFiniteScore;
import org.blindread.stats.estimate.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AurocTest {

  /// Closed forms: all pairs won, all lost, all tied; scikit-learn's documented example; a case
  /// with ties counted by hand (6 pairs: 1 won, 1 tied, 4 lost).
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4,        0 0 1 1, 1.0",
    "4 3 2 1,        0 0 1 1, 0.0",
    "5 5 5 5,        0 1 0 1, 0.5",
    "0.1 0.4 0.35 0.8, 0 0 1 1, 0.75",
    "1 2 2 3 0,      0 0 1 0 1, 0.25",
    "-0.0 0.0,       0 1, 0.5",
    "-Infinity 0 Infinity, 0 1 1, 1.0"
  })
  void closedForms(String scores, String truth, double expected) {
    double[] values =
        List.of(scores.split(" ", -1)).stream().mapToDouble(Double::valueOf).toArray();
    boolean[] ill = new boolean[values.length];
    for (int i = 0; i < ill.length; i++) {
      ill[i] = truth.charAt(2 * i) == '1';
    }
    assertEquals(expected, Auroc.of(values, ill).value().orElseThrow());
  }

  @Test
  void theCallersArraysStayAsTheyAre() {
    double[] scores = {3, 1, 2};
    boolean[] truth = {true, false, true};
    Cases cases = Cases.of(truth);
    truth[0] = false;
    assertEquals(1.0, Auroc.of(scores, cases).value().orElseThrow());
    assertEquals(3, scores[0]);
  }

  @Test
  void oneLineIsFitForAPaper() {
    double[] scores = {1, 2, 2, 3, 2, 3, 3, 4};
    boolean[] truth = {false, false, false, false, true, true, true, true};
    assertEquals(
        "AUROC 0.8125 (95 % CI 0.3768 … 0.9688), 4 positive, 4 negative, 8 patients",
        Auroc.of(scores, truth).toString());
    assertEquals(
        "AUROC 1.0000, no interval: TOO_FEW_NEGATIVES"
            + " (fewer than two patients have a negative case),"
            + " 2 positive, 1 negative, 3 patients",
        Auroc.of(new double[] {3, 1, 2}, new boolean[] {true, false, true}).toString());
  }

  @Test
  void thereIsNoAreaWithoutBothClasses() {
    for (Auroc none :
        List.of(
            Auroc.of(new double[0], new boolean[0]),
            Auroc.of(new double[] {1, 2}, new boolean[] {true, true}),
            Auroc.of(new double[] {1, 2}, new boolean[] {false, false}))) {
      assertEquals(
          new NotEstimable(Reason.ONE_CLASS_ONLY, OptionalDouble.empty()), none.estimate());
      assertEquals(OptionalDouble.empty(), none.designEffect());
    }
  }

  @Test
  void constantScoresHaveAnAreaButNoVariance() {
    Auroc constant = Auroc.of(new double[5], new boolean[] {true, false, true, false, false});
    assertEquals(
        new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(0.5)), constant.estimate());
    assertEquals(6, constant.tiedPairs());
  }

  @Test
  void perfectSeparationHasNoIntervalButAHeuristicBound() {
    double[] scores = {1, 2, 3, 4, 5};
    boolean[] truth = {false, false, false, true, true};
    Auroc perfect = Auroc.of(scores, truth);
    assertEquals(
        new NotEstimable(Reason.PERFECT_SEPARATION, OptionalDouble.of(1)), perfect.estimate());
    Interval bound = perfect.heuristicInterval(0.95).orElseThrow();
    assertEquals(Math.sqrt(0.05), bound.lower(), 1e-15);
    assertEquals(1, bound.upper());
    Auroc reversed = Auroc.of(new double[] {5, 4, 3, 2, 1}, truth);
    assertEquals(
        1 - Math.sqrt(0.05), reversed.heuristicInterval(0.95).orElseThrow().upper(), 1e-15);
    assertEquals(Optional.empty(), Auroc.of(new double[5], truth).heuristicInterval(0.95));
  }

  @Test
  void infiniteScoresAreRankedAndFlagged() {
    double[] scores = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.2, 0.9};
    boolean[] truth = {false, true, false, true};
    Auroc area = Auroc.of(scores, truth);
    assertEquals(1, area.value().orElseThrow());
    assertTrue(area.infiniteScores());
  }

  @Test
  void patientsWhoCancelOutLeaveNoVariance() {
    // of each patient a positive and a negative case with one score: what one wins the other loses
    double[] scores = {1, 2, 1, 2};
    boolean[] truth = {true, true, false, false};
    Auroc area = Auroc.of(scores, Cases.ofPatients(truth, new String[] {"a", "b", "a", "b"}));
    assertEquals(new NotEstimable(Reason.NO_VARIATION, OptionalDouble.of(0.5)), area.estimate());
    assertInstanceOf(Estimate.Estimated.class, area.unclustered());
    assertEquals(OptionalDouble.empty(), area.designEffect());
  }

  @Test
  void wrongInputIsNamed() {
    var nan =
        assertThrows(
            NonFiniteScore.class,
            () -> Auroc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}));
    assertEquals("the score of case 1 is NaN", nan.getMessage());
    assertEquals(1, nan.index());
    var lengths =
        assertThrows(
            IllegalArgumentException.class,
            () -> Auroc.of(new double[] {1}, new boolean[] {true, false}));
    assertEquals("1 scores, but truth for 2 cases", lengths.getMessage());
    var many =
        assertThrows(IllegalArgumentException.class, () -> Cases.of(new boolean[Cases.MAX + 1]));
    assertEquals("2000001 cases; exact counts reach to 2000000: draw a sample", many.getMessage());
    var patients =
        assertThrows(
            IllegalArgumentException.class,
            () -> Cases.ofPatients(new boolean[3], new String[] {"a"}));
    assertEquals("1 patients, but truth for 3 cases", patients.getMessage());
    var level =
        assertThrows(
            IllegalArgumentException.class, () -> new Auroc.Options(IntervalKind.WALD, 95));
    assertEquals("a level is strictly between 0 and 1, such as 0.95, not 95.0", level.getMessage());
  }
}
