package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void theStreamIsSplitMix64() {
    // The first outputs of the reference splitmix64.c (Vigna, 2015) for seed 1234567.
    long golden = 0x9E3779B97F4A7C15L;
    assertEquals(6457827717110365317L, Draws.mix(1234567 + golden));
    assertEquals(3203168211198807973L, Draws.mix(1234567 + 2 * golden));
    assertEquals((6457827717110365317L >>> 11) * 0x1p-53, new Draws(1234567).uniform());
  }

  @Test
  void branchesDoNotDependOnWhatWasDrawn() {
    Draws draws = new Draws(5);
    double before = draws.branch(1).uniform();
    draws.uniform();
    assertEquals(before, draws.branch(1).uniform());
    assertNotEquals(before, draws.branch(2).uniform());
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    Draws draws = new Draws(8);
    double sum = 0;
    double squares = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double x = draws.normal();
      sum += x;
      squares += x * x;
    }
    assertEquals(0, sum / n, 0.03);
    assertEquals(1, squares / n, 0.05);
  }

  @Test
  void quantilesAreThoseOfTheNormalDistribution() {
    // R 4.3: qnorm(c(0.001, 0.1, 0.5, 0.7, 0.975, 0.999))
    assertEquals(-3.090232306, Visit.quantile(0.001), 1e-7);
    assertEquals(-1.281551566, Visit.quantile(0.1), 1e-7);
    assertEquals(0, Visit.quantile(0.5), 1e-12);
    assertEquals(0.524400513, Visit.quantile(0.7), 1e-7);
    assertEquals(1.959963985, Visit.quantile(0.975), 1e-7);
    assertEquals(3.090232306, Visit.quantile(0.999), 1e-7);
  }

  @Test
  void aCurvePassesThroughItsPointsWithoutOvershoot() {
    Curve curve = Curve.through(0, 1, 1, 3, 2, 3, 4, -1);
    assertEquals(1, curve.at(-5));
    assertEquals(1, curve.at(0));
    assertEquals(3, curve.at(1), 1e-3);
    assertEquals(3, curve.at(1.5), 1e-3);
    assertEquals(-1, curve.at(4), 1e-9);
    assertEquals(-1, curve.at(9));
    for (double x = 0; x <= 4; x += 0.01) {
      double y = curve.at(x);
      assertEquals(y, Math.clamp(y, -1.0, 3.0), 1e-9);
    }
  }
}
