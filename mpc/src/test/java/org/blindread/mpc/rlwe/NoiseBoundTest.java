package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoiseBoundTest {
  /// Convolution outputs of DenseNet-121 at 224×224 over the 1,149 images of the study, about 2^33.
  private static final long COHORT = 1149L * 6_899_200;

  /// The table of the design, computed there with errors of variance 10.24 where ours have 10.58.
  @ParameterizedTest
  @CsvSource({
    "N4096_Q98, 32, 12, -59, -30",
    "N4096_Q98, 37, 12, -49, -25",
    "N4096_Q108, 32, 12, -79, -40.1",
    "N4096_Q108, 44, 12, -55, -28",
    "N8192_Q147, 37, 12, -147, -74",
    "N8192_Q147, 64, 20, -77, -39"
  })
  void theTableOfTheDesign(
      ParameterSet set, int bits, int fraction, double divergence, double distance) {
    NoiseBound bound = NoiseBound.of(new Parameters(set, bits), fraction);
    assertEquals(divergence, bound.divergenceLog2(COHORT), 0.5);
    assertEquals(distance, bound.distanceLog2(COHORT), distance == -40.1 ? 0.1 : 0.6);
    assertTrue(bound.decrypts(1 << 24), bound + " fails with 2^" + bound.failureLog2(1 << 24));
  }

  /// Half the Fisher information ∫ f'²/f of the cubic B-spline f, by the midpoint rule.
  @Test
  void theDivergenceFactorIsHalfTheFisherInformation() {
    int steps = 4_000_000;
    double information = 0;
    for (int i = 0; i < steps; i++) {
      double x = 2 * (i + 0.5) / steps;
      double far = (2 - x) * (2 - x) * (2 - x) / 6;
      double near = x < 1 ? 4 * (1 - x) * (1 - x) * (1 - x) / 6 : 0;
      double farSlope = -(2 - x) * (2 - x) / 2;
      double nearSlope = x < 1 ? 2 * (1 - x) * (1 - x) : 0;
      double slope = farSlope + nearSlope;
      information += 2 * slope * slope / (far - near) * 2 / steps;
    }
    assertEquals(NoiseBound.DIVERGENCE_FACTOR, information / 2, 0.005);
  }

  /// The bound against the divergence itself, of flooding from flooding moved by t = W/100.
  @Test
  void theDivergenceOfAMoveIsWithinTheBound() {
    double t = 0.01;
    int steps = 4_000_000;
    double divergence = 0;
    for (int i = 0; i < steps; i++) {
      double x = -2 + t + (4 - t) * (i + 0.5) / steps;
      divergence += density(x) * Math.log(density(x) / density(x - t)) * (4 - t) / steps;
    }
    // Without the strip of probability t⁴/24 that the moved noise does not reach.
    assertEquals(NoiseBound.DIVERGENCE_FACTOR * t * t, divergence, 0.01 * t * t);
  }

  private static double density(double x) {
    double far = Math.max(0, 2 - Math.abs(x));
    double near = Math.max(0, 1 - Math.abs(x));
    return (far * far * far - 4 * near * near * near) / 6;
  }

  @Test
  void tooLittleRoomFails() {
    // 74 of 98 bits are the reply's: weights of 2^23 push the noise out of the margin.
    assertEquals(0, new NoiseBound(new Parameters(ParameterSet.N4096_Q98, 64), 23).failureLog2(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NoiseBound(new Parameters(ParameterSet.N4096_Q108, 32), 35));
  }

  @Test
  void theFastestSetThatHoldsIsChosen() {
    assertEquals(
        ParameterSet.N4096_Q98,
        Parameters.choose(FixedPoint.of(37, 12), COHORT, Flooding.DEFAULT).set());
    assertEquals(
        ParameterSet.N4096_Q108,
        Parameters.choose(FixedPoint.of(44, 12), COHORT, Flooding.DEFAULT).set());
    assertEquals(
        ParameterSet.N4096_Q108,
        Parameters.choose(FixedPoint.of(32, 12), COHORT, Flooding.STRICT).set());
    assertEquals(
        ParameterSet.N8192_Q147,
        Parameters.choose(FixedPoint.of(37, 12), COHORT, Flooding.STRICT).set());
    assertEquals(
        ParameterSet.N8192_Q147,
        Parameters.choose(FixedPoint.of(64, 20), COHORT, Flooding.DEFAULT).set());
    assertThrows(
        IllegalArgumentException.class,
        () -> Parameters.choose(FixedPoint.of(64, 20), COHORT, Flooding.STRICT));
    assertFalse(
        Flooding.STRICT.holds(
            NoiseBound.of(new Parameters(ParameterSet.N4096_Q98, 37), 12).divergenceLog2(COHORT)));
  }
}
