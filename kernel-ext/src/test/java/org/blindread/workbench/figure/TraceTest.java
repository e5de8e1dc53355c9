package org.blindread.workbench.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TraceTest {
  @Test
  void dashesGoRoundCorners() {
    Trace corner = new Trace(new double[] {0, 0, 1}, new double[] {0, 1, 1});
    Trace dashed = corner.dashed(0.75, 0.5);
    // 0 … 0.75 drawn, to 1.25 not, to 2 drawn
    assertArrayEquals(new double[] {0, 0, 0, 0.25, 1}, dashed.x());
    assertArrayEquals(new double[] {0, 0.75, Double.NaN, 1, 1}, dashed.y());
  }

  @Test
  void whatCannotBeSeenIsLeftOutAndTheEndsStay() {
    int n = 100_001;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Math.floorDiv(i, 2) / 50_000.0;
      y[i] = Math.ceilDiv(i, 2) / 50_000.0;
    }
    Trace thin = new Trace(x, y).thinned();
    assertTrue(thin.x().length < 2500, thin.x().length + " corners");
    assertEquals(0, thin.x()[0]);
    assertEquals(1, thin.x()[thin.x().length - 1]);
    assertEquals(1, thin.y()[thin.y().length - 1]);
    Trace straight = new Trace(new double[] {0, 0, 0, 1}, new double[] {0, 0.3, 0.6, 0.6});
    assertArrayEquals(new double[] {0, 0, 1}, straight.thinned().x());
  }
}
