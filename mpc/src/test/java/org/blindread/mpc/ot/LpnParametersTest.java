package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LpnParametersTest {
  /// n and k of emp-ot 1.0.
  @Test
  void theSetsAreThoseOfEmpOt() {
    check(LpnParameters.B10, 870_400, 1 << 16);
    check(LpnParameters.B11, 2_396_160, 1 << 17);
    check(LpnParameters.B12, 6_225_920, 1 << 18);
    check(LpnParameters.B13, 15_564_800, 1 << 19);
  }

  private static void check(LpnParameters set, int samples, int secrets) {
    assertEquals(samples, set.trees() << set.depth());
    assertEquals(secrets, set.secrets());
    assertEquals(samples, set.kept() + set.yielded());
    assertTrue(set.kept() >= set.taken() && set.kept() < set.taken() + (1 << set.depth()));
    assertEquals(0, set.yielded() % OtExtension.UNIT);
  }

  @Test
  void setsThatYieldNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LpnParameters(64, 16, 10));
    assertThrows(IllegalArgumentException.class, () -> new LpnParameters(850, 16, 14));
    assertThrows(IllegalArgumentException.class, () -> new LpnParameters(850, 20, 10));
  }
}
