package org.blindread.stats.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoncentralTTest {

  /// scipy 1.17.1: nct.ppf(p, df, delta).
  @ParameterizedTest
  @CsvSource({
    "0.025, 9, 6.1980642139300235, 3.678389020754164",
    "0.975, 9, 6.1980642139300235, 12.019705899110619",
    "0.975, 3, 0.5, 4.400223549183416",
    "0.5, 30, 2.0, 2.017095184016618",
    "0.975, 1148, 66.0, 69.45663215398766",
    "0.9, 1, 2.77, 22.02744098059181"
  })
  void equalsScipy(double p, double df, double delta, double expected) {
    NoncentralT law = new NoncentralT(df, delta);
    assertEquals(expected, law.quantile(p), 1e-9 * expected);
    assertEquals(p, law.cumulativeProbability(expected), 1e-10);
  }
}
