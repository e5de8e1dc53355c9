package org.blindread.stats.proportion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {

  /// scipy 1.17.1: beta.ppf.
  @ParameterizedTest
  @CsvSource({
    "26, 41, 0.46936254803330757, 0.7787721379389346",
    "0, 10, 0, 0.30849710781876083",
    "10, 10, 0.6915028921812392, 1",
    "1, 2, 0.012579117093425384, 0.9874208829065746"
  })
  void equalsScipy(int successes, int trials, double lower, double upper) {
    ClopperPearson found = ClopperPearson.of(successes, trials, 0.95);
    assertEquals(lower, found.interval().lower(), 1e-9);
    assertEquals(upper, found.interval().upper(), 1e-9);
  }

  @Test
  void noneOfManyIsBoundedByTheRuleOfThree() {
    assertEquals(0.002603855832258972, ClopperPearson.upper(0, 1149, 0.95), 1e-15);
    assertEquals(
        "26 of 41, 0.6341 (95 % CI 0.4694 … 0.7788)", ClopperPearson.of(26, 41, 0.95).toString());
  }

  @Test
  void whatIsNoShareIsNamed() {
    var error = assertThrows(IllegalArgumentException.class, () -> ClopperPearson.of(3, 2, 0.95));
    assertEquals("3 of 2 is no share", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ClopperPearson.of(0, 0, 0.95));
    assertThrows(IllegalArgumentException.class, () -> ClopperPearson.upper(0, 1, 1));
  }
}
