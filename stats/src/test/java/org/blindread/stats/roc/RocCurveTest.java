package org.blindread.stats.roc;

import static org.blindread.stats.KnownAnswers.column;
import static org.blindread.stats.KnownAnswers.doubles;
import static org.blindread.stats.KnownAnswers.expected;
import static org.blindread.stats.KnownAnswers.isOne;
import static org.blindread.stats.KnownAnswers.own;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.blindread.stats.GeneratedScores;
import org.blindread.stats.estimate.NonFiniteScore;
import org.blindread.stats.estimate.StandardNormal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Against scikit-learn 1.9.1, pROC 1.18.0 and pairs counted one by one; and what holds for every
/// sample.
class RocCurveTest {
  private static final boolean[] TRUTH = {false, false, false, false, true, true, true, true};
  private static final double[] SCORES = {1, 2, 2, 3, 2, 3, 3, 4};

  private static RocCurve curve(double[] scores, boolean[] truth) {
    return RocCurve.of(scores, Cases.of(truth)).orElseThrow();
  }

  @Test
  void theWorkedExample() {
    RocCurve found = curve(SCORES, TRUTH);
    assertEquals(
        List.of(
            new RocPoint(OptionalDouble.empty(), 0, 0),
            new RocPoint(OptionalDouble.of(4), 1, 0),
            new RocPoint(OptionalDouble.of(3), 3, 1),
            new RocPoint(OptionalDouble.of(2), 4, 3),
            new RocPoint(OptionalDouble.of(1), 4, 4)),
        found.points());
    assertEquals(0.8125, found.area());
    assertEquals(0.25, found.sensitivityAt(1));
    assertEquals(0.5, found.sensitivityAt(0.875));
    assertEquals(0.75, found.sensitivityAt(0.75));
    assertEquals(1, found.sensitivityAt(0));
    RocCurve other = curve(new double[] {1, 2, 3, 3, 2, 2, 3, 4}, TRUTH);
    assertEquals(new RocGap(0.375, 0.75), found.largestGap(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "secure"})
  void generatedScoresGiveTheCurveOfScikitLearn(String which) {
    JsonNode of = own("roc").get(which);
    GeneratedScores scores = GeneratedScores.of(240);
    RocCurve found =
        curve(which.equals("plain") ? scores.plain() : scores.secure(), scores.truth());
    double[] thresholds = doubles(of.get("thresholds"));
    assertEquals(thresholds.length + 1, found.points().size());
    for (int i = 0; i < found.points().size(); i++) {
      RocPoint point = found.points().get(i);
      assertEquals(of.get("truePositives").get(i).asInt(), point.truePositives());
      assertEquals(of.get("falsePositives").get(i).asInt(), point.falsePositives());
      if (i > 0) {
        assertEquals(thresholds[i - 1], point.threshold().orElseThrow());
      }
    }
    assertEquals(of.get("area").asDouble(), found.area(), 1e-15);
  }

  @Test
  void gapSensitivitiesAndBandAreThoseOfFractionsAndScipy() {
    JsonNode of = own("roc");
    GeneratedScores scores = GeneratedScores.of(240);
    RocCurve plain = curve(scores.plain(), scores.truth());
    RocCurve secure = curve(scores.secure(), scores.truth());
    assertEquals(of.get("gap").asDouble(), plain.largestGap(secure).size(), 1e-15);
    double[] specificities = doubles(of.get("specificities"));
    double[] sensitivities = doubles(of.get("sensitivities"));
    for (int i = 0; i < specificities.length; i++) {
      assertEquals(sensitivities[i], secure.sensitivityAt(specificities[i]), 1e-13);
    }
    RocBand band = plain.band(0.95);
    assertCorners(of, "lower", band.lower());
    assertCorners(of, "upper", band.upper());
  }

  private static void assertCorners(JsonNode of, String edge, List<RocBand.Corner> found) {
    JsonNode expected = of.get("band").get(edge);
    for (int i = 0; i < expected.size(); i++) {
      RocBand.Corner corner = found.get(i * of.get("bandEvery").asInt());
      assertEquals(expected.get(i).get(0).asDouble(), corner.falsePositiveRate(), 1e-9);
      assertEquals(expected.get(i).get(1).asDouble(), corner.sensitivity(), 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wfns", "s100b", "ndka"})
  void theAneurysmDataGiveTheCurveOfProc(String marker) {
    JsonNode roc = expected("asah_proc").get("single").get(marker).get("roc");
    double[] sensitivities = doubles(roc.get("sens"));
    double[] specificities = doubles(roc.get("spec"));
    RocCurve found = curve(column("asah", marker), isOne(column("asah", "y")));
    int last = sensitivities.length - 1; // pROC begins where everybody is positive
    assertEquals(last, found.points().size() - 1);
    for (int i = 0; i <= last; i++) {
      RocPoint point = found.points().get(last - i);
      assertEquals(sensitivities[i], found.sensitivity(point), 1e-14);
      assertEquals(specificities[i], 1 - found.falsePositiveRate(point), 1e-14);
    }
  }

  private static DeLongPropertiesTest.Sample[] samples() {
    DeLongPropertiesTest.Sample[] samples = new DeLongPropertiesTest.Sample[12];
    for (int seed = 1; seed <= samples.length; seed++) {
      samples[seed - 1] = DeLongPropertiesTest.Sample.of(seed);
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theAreaIsThatOfThePairsToTheLastBitAndTheCurveRises(DeLongPropertiesTest.Sample s) {
    RocCurve found = curve(s.plain(), s.truth());
    assertEquals(Auroc.of(s.plain(), s.truth()).value().orElseThrow(), found.area());
    for (int i = 1; i < found.points().size(); i++) {
      RocPoint from = found.points().get(i - 1);
      RocPoint to = found.points().get(i);
      int up = to.truePositives() - from.truePositives();
      int across = to.falsePositives() - from.falsePositives();
      assertTrue(up >= 0 && across >= 0 && up + across > 0, from + " " + to);
      double specificity = 1 - found.falsePositiveRate(to);
      assertTrue(found.sensitivityAt(specificity) >= found.sensitivity(to) - 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aStrictlyMonotoneTransformMovesThresholdsOnly(DeLongPropertiesTest.Sample s) {
    double[] moved = new double[s.plain().length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = Math.atan(s.plain()[i] / 50) * 7 - 3;
    }
    RocCurve before = curve(s.plain(), s.truth());
    RocCurve after = curve(moved, s.truth());
    assertEquals(before.points().size(), after.points().size());
    assertEquals(new RocGap(0, 1), before.largestGap(after));
    assertEquals(before.area(), after.area());
    assertEquals(before.band(0.9), after.band(0.9));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theGapIsSeenFromBothSidesAndNoGridFindsALargerOne(DeLongPropertiesTest.Sample s) {
    RocCurve plain = curve(s.plain(), s.truth());
    RocCurve secure = curve(s.secure(), s.truth());
    RocGap gap = plain.largestGap(secure);
    assertEquals(gap, secure.largestGap(plain));
    double seen = 0;
    for (int i = 0; i <= 5000; i++) {
      double at = i / 5000.0;
      seen = Math.max(seen, Math.abs(plain.sensitivityAt(at) - secure.sensitivityAt(at)));
    }
    assertTrue(seen <= gap.size() + 1e-12, seen + " " + gap);
    assertTrue(Math.abs(plain.area() - secure.area()) <= gap.size());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theBandHoldsTheCurve(DeLongPropertiesTest.Sample s) {
    RocCurve curve = curve(s.plain(), s.truth());
    RocBand band = curve.band(0.95);
    for (int i = 0; i < curve.points().size(); i++) {
      RocPoint point = curve.points().get(i);
      RocBand.Corner lower = band.lower().get(i);
      RocBand.Corner upper = band.upper().get(i);
      assertTrue(lower.sensitivity() <= curve.sensitivity(point));
      assertTrue(upper.sensitivity() >= curve.sensitivity(point));
      assertTrue(lower.falsePositiveRate() >= curve.falsePositiveRate(point));
      assertTrue(upper.falsePositiveRate() <= curve.falsePositiveRate(point));
    }
  }

  /// Normal scores a distance of 1 apart: the rectangle of a threshold holds the population's point
  /// in 95 of 100 samples at least, as exact intervals err to the safe side.
  @Test
  void theBandCoversThePopulation() {
    Random random = new Random(20);
    int held = 0;
    int samples = 600;
    for (int sample = 0; sample < samples; sample++) {
      double[] scores = new double[160];
      boolean[] truth = new boolean[160];
      for (int i = 0; i < scores.length; i++) {
        truth[i] = i < 50;
        scores[i] = random.nextGaussian() + (truth[i] ? 1 : 0);
      }
      RocCurve curve = curve(scores, truth);
      RocBand band = curve.band(0.95);
      int at = 0; // the last point whose threshold is above 0.7
      while (curve.points().get(at + 1).threshold().orElseThrow() > 0.7) {
        at++;
      }
      RocBand.Corner lower = band.lower().get(at);
      RocBand.Corner upper = band.upper().get(at);
      double sensitivity = StandardNormal.above(0.7 - 1);
      double rate = StandardNormal.above(0.7);
      held +=
          lower.sensitivity() <= sensitivity
                  && sensitivity <= upper.sensitivity()
                  && upper.falsePositiveRate() <= rate
                  && rate <= lower.falsePositiveRate()
              ? 1
              : 0;
    }
    assertTrue(held >= 0.94 * samples, held + " of " + samples);
  }

  @Test
  void degenerateSamplesAreWhatTheyAre() {
    assertEquals(
        Optional.empty(), RocCurve.of(new double[] {1, 2}, Cases.of(new boolean[] {true, true})));
    assertEquals(Optional.empty(), RocCurve.of(new double[0], Cases.of(new boolean[0])));
    RocCurve constant = curve(new double[] {5, 5, 5}, new boolean[] {true, false, true});
    assertEquals(2, constant.points().size());
    assertEquals(0.5, constant.area());
    assertEquals(0.25, constant.sensitivityAt(0.75));
    RocCurve perfect = curve(new double[] {1, 2, 3}, new boolean[] {false, false, true});
    assertEquals(1, perfect.area());
    assertEquals(1, perfect.sensitivityAt(1));
    RocCurve infinite =
        curve(
            new double[] {Double.NEGATIVE_INFINITY, 0, -0.0, Double.POSITIVE_INFINITY},
            new boolean[] {false, false, true, true});
    assertEquals(4, infinite.points().size());
    assertEquals(0.875, infinite.area());
  }

  @Test
  void misuseIsNamed() {
    assertEquals(
        1,
        assertThrows(
                NonFiniteScore.class,
                () ->
                    RocCurve.of(
                        new double[] {1, Double.NaN}, Cases.of(new boolean[] {true, false})))
            .index());
    Cases sites =
        Cases.of(TRUTH).withinSites(new String[] {"a", "a", "b", "b", "a", "a", "b", "b"});
    assertThrows(IllegalArgumentException.class, () -> RocCurve.of(SCORES, sites));
    RocCurve curve = curve(SCORES, TRUTH);
    assertThrows(IllegalArgumentException.class, () -> curve.sensitivityAt(1.01));
    assertThrows(
        IllegalArgumentException.class,
        () -> curve.largestGap(curve(new double[] {1, 2, 3}, new boolean[] {false, false, true})));
    assertThrows(IllegalArgumentException.class, () -> curve.band(1));
  }
}
