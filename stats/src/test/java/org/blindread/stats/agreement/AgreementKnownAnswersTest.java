package org.blindread.stats.agreement;

import static org.blindread.stats.KnownAnswers.doubles;
import static org.blindread.stats.KnownAnswers.expected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.blindread.stats.ChestFilms;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate.Estimated;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.proportion.ClopperPearson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Against scipy 1.17.1, statsmodels 0.13.5 and R's epiR 2.0.57, on `../shared/data`.
class AgreementKnownAnswersTest {

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)));
  }

  private static void assertInterval(JsonNode expected, Interval actual) {
    assertClose(expected.get(0).asDouble(), actual.lower());
    assertClose(expected.get(1).asDouble(), actual.upper());
  }

  @Test
  void tenPairs() {
    JsonNode of = expected("distribution_scipy").get("small_agreement");
    double[] plain = doubles(of.get("x"));
    double[] secure = doubles(of.get("y"));
    assertAgreement(of, plain, secure);
    // statsmodels: ttost_paired
    JsonNode tost = expected("statsmodels_sklearn").get("ttost_small_margin_0.1");
    var found = (Equivalence.Tested) Deviations.of(plain, secure).equivalence(margin(0.1), 0.05);
    assertEquals(tost.get("p").asDouble(), found.p(), 1e-9);
    assertEquals(tost.get("lower").get(1).asDouble(), found.pLower(), 1e-9);
    assertEquals(tost.get("upper").get(1).asDouble(), found.pUpper(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "Effusion, trunc12, 1149",
    "Effusion, trunc12, 22433",
    "Effusion, noise12, 1149",
    "Effusion, noise12, 22433",
    "Hernia, trunc12, 1149",
    "Hernia, trunc12, 22433",
    "Hernia, noise12, 1149",
    "Hernia, noise12, 22433",
    "Nodule, trunc12, 1149",
    "Nodule, trunc12, 22433",
    "Nodule, noise12, 1149",
    "Nodule, noise12, 22433"
  })
  void logitsOfChestFilms(String finding, String variant, int n) {
    JsonNode of =
        expected("distribution_scipy")
            .get("nih_%s_%s_first%d_logit".formatted(finding, variant, n));
    double[] plain = plain(finding, n);
    double[] secure = secure(variant, finding, n);
    assertAgreement(of.get("agreement"), plain, secure);
    DistributionDistance distance = DistributionDistance.of(plain, secure);
    assertClose(of.get("ks").get("D").asDouble(), distance.kolmogorov());
    assertClose(of.get("wasserstein1").asDouble(), distance.wasserstein());
    assertTrue(distance.wasserstein() <= Deviations.of(plain, secure).meanAbsolute() * (1 + 1e-12));
  }

  private static double[] plain(String finding, int n) {
    return Arrays.copyOf(ChestFilms.scores("plain_logit", finding), n);
  }

  private static double[] secure(String variant, String finding, int n) {
    return Arrays.stream(ChestFilms.scores(variant, finding))
        .limit(n)
        .map(lsb -> lsb / 4096)
        .toArray();
  }

  private static Margin margin(double value) {
    return Margin.prespecified(value, "as in the fixture");
  }

  private static void assertAgreement(JsonNode of, double[] plain, double[] secure) {
    ScoreAgreement all = ScoreAgreement.of(plain, secure);
    Deviations d = all.deviations();
    assertEquals(of.get("n").asInt(), d.n());
    assertClose(of.get("mean").asDouble(), d.mean());
    assertClose(of.get("sd").asDouble(), d.standardDeviation());
    assertClose(of.get("min").asDouble(), d.min());
    assertClose(of.get("max").asDouble(), d.max());
    assertClose(of.get("max_abs").asDouble(), d.maxAbsolute());
    assertClose(of.get("mean_abs").asDouble(), d.meanAbsolute());
    assertClose(of.get("median").asDouble(), d.quantile(0.5));
    assertClose(of.get("rms").asDouble(), d.rootMeanSquare());
    for (Map.Entry<String, JsonNode> quantile : of.get("q_abs_type7").properties()) {
      assertClose(
          quantile.getValue().asDouble(),
          d.quantileAbsolute(Double.parseDouble(quantile.getKey())));
    }
    assertInterval(of.get("mean_ci95"), d.bias(0.95).estimated().orElseThrow().interval());
    JsonNode tost = of.get("tost");
    var found = (Equivalence.Tested) d.equivalence(margin(tost.get("margin").asDouble()), 0.05);
    assertEquals(tost.get("p_lower").asDouble(), found.pLower(), 1e-9);
    assertEquals(tost.get("p_upper").asDouble(), found.pUpper(), 1e-9);
    assertEquals(tost.get("p").asDouble(), found.p(), 1e-9);
    assertInterval(tost.get("ci90"), found.interval());
    BlandAltman limits = all.blandAltman().orElseThrow();
    assertClose(of.get("bland_altman").get("bias").asDouble(), limits.bias());
    assertEquals(d.standardDeviation(), limits.standardDeviation());
    assertInterval(of.get("bland_altman").get("loa"), limits.limits());
    assertClose(of.get("bland_altman").get("se_loa").asDouble(), limits.standardErrorOfLimit());
    assertInterval(of.get("bland_altman").get("loa_lower_ci95"), limits.lower());
    assertInterval(of.get("bland_altman").get("loa_upper_ci95"), limits.upper());
    Interval exact = limits.exactUpper();
    assertEquals(
        of.get("bland_altman").get("exact_outer_upper_975").asDouble(), exact.upper(), 1e-9);
    assertEquals(
        of.get("bland_altman").get("exact_inner_upper_025").asDouble(), exact.lower(), 1e-9);
    assertEquals(2 * limits.bias() - exact.upper(), limits.exactLower().lower(), 1e-12);
    assertClose(of.get("tolerance").get("c_at_conf95").asDouble(), d.toleranceShare(0.95));
    assertClose(
        of.get("ccc_n_divisor").asDouble(), all.concordance().estimate().point().orElseThrow());
  }

  @Test
  void concordanceEqualsEpiR() {
    int compared = 0;
    for (Map.Entry<String, JsonNode> ccc :
        expected("agreement_calibration_r").get("ccc").properties()) {
      double[] plain;
      double[] secure;
      if (ccc.getKey().equals("small")) {
        JsonNode small = expected("distribution_scipy").get("small_agreement");
        plain = doubles(small.get("x"));
        secure = doubles(small.get("y"));
      } else {
        var words = java.util.List.of(ccc.getKey().split("_", -1));
        int n = Integer.parseInt(words.get(2));
        plain = plain(words.get(0), n);
        secure = secure(words.get(1), words.get(0), n);
      }
      JsonNode of = ccc.getValue();
      Concordance found = Concordance.of(plain, secure, 0.95);
      Estimated estimate = found.estimate().estimated().orElseThrow();
      assertClose(of.get("est").asDouble(), estimate.value());
      assertEquals(1 - of.get("est").asDouble(), found.shortfall().orElseThrow(), 1e-14);
      // epiR takes 1 − r², about 1e-7, from r
      assertEquals(of.get("ci_z").get(0).asDouble(), estimate.interval().lower(), 1e-12);
      assertEquals(of.get("ci_z").get(1).asDouble(), estimate.interval().upper(), 1e-12);
      double reach = of.get("ci_asym").get(1).asDouble() - estimate.value();
      assertEquals(reach, 1.959963984540054 * estimate.standardError(), 1e-12);
      assertClose(of.get("s_shift").asDouble(), found.scaleShift());
      assertEquals(of.get("l_shift").asDouble(), found.locationShift(), 1e-12);
      compared++;
    }
    assertEquals(13, compared);
  }

  @Test
  void boundsOfNoneSeenAndOfDistributionFunctions() {
    JsonNode forms = expected("closed_forms_power");
    for (Map.Entry<String, JsonNode> of : forms.get("zero_exceedance_upper95").properties()) {
      int n = Integer.parseInt(of.getKey());
      assertEquals(of.getValue().asDouble(), ClopperPearson.upper(0, n, 0.95), 1e-15);
    }
    for (Map.Entry<String, JsonNode> of : forms.get("dkw_two_sample_half_width").properties()) {
      int n = Integer.parseInt(of.getKey());
      var distance = new DistributionDistance(n, 0.25, 0);
      assertEquals(0.25 + 2 * of.getValue().asDouble(), distance.kolmogorovUpper(0.95), 1e-15);
    }
    JsonNode cases = forms.get("tolerance_n");
    assertEquals(cases.get("95/95").asInt(), Deviations.casesForTolerance(0.95, 0.95));
    assertEquals(cases.get("99/95").asInt(), Deviations.casesForTolerance(0.99, 0.95));
    assertEquals(cases.get("99.9/95").asInt(), Deviations.casesForTolerance(0.999, 0.95));
  }

  @Test
  void clopperPearsonEqualsScipyAndStatsmodels() {
    JsonNode scipy = expected("distribution_scipy").get("proportion");
    ClopperPearson found = ClopperPearson.of(scipy.get("k").asInt(), scipy.get("n").asInt(), 0.95);
    JsonNode ends = scipy.get("clopper_pearson95");
    assertEquals(ends.get(0).asDouble(), found.interval().lower(), 1e-9);
    assertEquals(ends.get(1).asDouble(), found.interval().upper(), 1e-9);
    JsonNode none = expected("statsmodels_sklearn").get("proportion_0_10").get("beta");
    assertEquals(none.get(1).asDouble(), ClopperPearson.of(0, 10, 0.95).interval().upper(), 1e-12);
  }
}
