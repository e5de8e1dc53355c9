package org.blindread.stats;

import static org.blindread.stats.KnownAnswers.own;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.blindread.stats.agreement.BlandAltman;
import org.blindread.stats.agreement.Deviations;
import org.blindread.stats.agreement.ScoreAgreement;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate.Estimated;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.Auroc;
import org.blindread.stats.roc.AurocComparison;
import org.blindread.stats.roc.AurocDifference;
import org.blindread.stats.roc.Cases;
import org.blindread.stats.roc.RankCertificate;
import org.blindread.stats.roc.RankMoments;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Against definitions written down a second time in Python with fractions and scipy 1.17.1, on
/// generated scores; needs no data from outside.
class GeneratedKnownAnswersTest {
  private final JsonNode expected = own("generated");
  private final GeneratedScores scores = GeneratedScores.of(expected.get("n").asInt());

  private static void assertClose(JsonNode expected, double actual) {
    assertEquals(expected.asDouble(), actual, 1e-12 * Math.max(1e-2, Math.abs(actual)));
  }

  private static void assertInterval(JsonNode expected, Interval actual) {
    assertClose(expected.get(0), actual.lower());
    assertClose(expected.get(1), actual.upper());
  }

  @Test
  void momentsAreTheSameIntegers() {
    JsonNode moments = expected.get("moments");
    assertMoments(moments.get("plain"), RankMoments.of(scores.plain(), scores.truth()));
    assertMoments(moments.get("secure"), RankMoments.of(scores.secure(), scores.truth()));
    assertMoments(
        moments.get("difference"),
        RankMoments.ofDifference(scores.plain(), scores.secure(), scores.truth()));
  }

  private static void assertMoments(JsonNode expected, RankMoments found) {
    assertEquals(expected.get("S").asLong(), found.sum());
    assertEquals(expected.get("QA").asLong(), found.positiveSquares());
    assertEquals(expected.get("QB").asLong(), found.negativeSquares());
  }

  @Test
  void pooledAreasClusteredAndNot() {
    Cases cases = Cases.ofPatients(scores.truth(), scores.patients());
    assertEquals(expected.get("positives").asInt(), cases.positives());
    assertEquals(expected.get("patients").asInt(), cases.patients());
    assertComparison(expected.get("pooled"), cases);
  }

  @Test
  void areasWithinSitesClusteredAndNot() {
    assertComparison(
        expected.get("stratified"),
        Cases.ofPatients(scores.truth(), scores.patients()).withinSites(scores.sites()));
  }

  private void assertComparison(JsonNode of, Cases cases) {
    AurocComparison found = AurocComparison.of(scores.plain(), scores.secure(), cases);
    JsonNode clustered = of.get("clustered");
    JsonNode unclustered = of.get("unclustered");
    assertArea(clustered.get("plain"), found.plain().estimate().estimated().orElseThrow());
    assertArea(clustered.get("secure"), found.secure().estimate().estimated().orElseThrow());
    assertArea(unclustered.get("plain"), found.plain().unclustered().estimated().orElseThrow());
    assertArea(unclustered.get("secure"), found.secure().unclustered().estimated().orElseThrow());
    assertDifference(clustered.get("difference"), found.difference());
    assertDifference(unclustered.get("difference"), found.unclustered());
    assertEquals(
        clustered.get("plain").get("variance").asDouble()
            / unclustered.get("plain").get("variance").asDouble(),
        found.plain().designEffect().orElseThrow(),
        1e-12);
    Auroc alone = Auroc.of(scores.secure(), cases);
    assertEquals(found.secure(), alone);
  }

  private static void assertArea(JsonNode expected, Estimated found) {
    assertClose(expected.get("value"), found.value());
    assertClose(expected.get("variance"), found.variance());
    assertInterval(expected.get("logit95"), found.interval());
  }

  private static void assertDifference(JsonNode expected, AurocDifference found) {
    AurocDifference.Ordinary ordinary = found.ordinary().orElseThrow();
    assertClose(expected.get("value"), ordinary.value());
    assertEquals(
        expected.get("variance").asDouble(), ordinary.variance(), 1e-12 * ordinary.variance());
    assertClose(expected.get("z"), ordinary.z());
    assertClose(expected.get("p"), ordinary.p());
    assertInterval(expected.get("interval90"), ordinary.interval(0.90));
    Margin margin = Margin.prespecified(expected.get("margin").asDouble(), "of the fixture");
    var decided = (Equivalence.Tested) found.equivalence(margin, 0.05);
    assertClose(expected.get("pLower"), decided.pLower());
    assertClose(expected.get("pUpper"), decided.pUpper());
    assertClose(expected.get("smallestMarginPassing"), decided.smallestMarginPassing());
  }

  @Test
  void theCertificate() {
    RankCertificate found =
        RankCertificate.of(scores.plain(), scores.secure(), Cases.of(scores.truth()));
    assertClose(expected.get("certificate").get("range"), found.rangeOfDeviation());
    assertClose(expected.get("certificate").get("bound"), found.bound().orElseThrow());
    assertClose(
        expected.get("pooled").get("unclustered").get("difference").get("value"),
        found.actual().orElseThrow());
  }

  @Test
  void agreementOfScores() {
    JsonNode of = expected.get("agreement");
    ScoreAgreement found = ScoreAgreement.of(scores.plain(), scores.secure());
    Deviations d = found.deviations();
    assertClose(of.get("mean"), d.mean());
    assertClose(of.get("sd"), d.standardDeviation());
    assertClose(of.get("maxAbsolute"), d.maxAbsolute());
    assertClose(of.get("meanAbsolute"), d.meanAbsolute());
    assertClose(of.get("meanAbsoluteUpper95"), d.meanAbsoluteUpper(0.95).orElseThrow());
    assertInterval(of.get("mean95"), d.bias(0.95).estimated().orElseThrow().interval());
    assertClose(of.get("toleranceShare95"), d.toleranceShare(0.95));
    assertEquals(of.get("exceeding").asInt(), d.exceedance(1 / 128.0, 0.95).exceeding());
    assertEquals(
        of.get("exceedanceUpper95").asDouble(), d.exceedance(1 / 128.0, 0.95).upper(), 1e-9);
    Margin margin = Margin.prespecified(of.get("margin").asDouble(), "of the fixture");
    var decided = (Equivalence.Tested) d.equivalence(margin, 0.05);
    assertClose(of.get("pLower"), decided.pLower());
    assertClose(of.get("pUpper"), decided.pUpper());
    BlandAltman limits = found.blandAltman().orElseThrow();
    assertInterval(of.get("limits"), limits.limits());
    assertEquals(
        of.get("exactOuterReach").asDouble(), limits.exactUpper().upper() - d.mean(), 1e-10);
    assertEquals(
        of.get("exactInnerReach").asDouble(), limits.exactUpper().lower() - d.mean(), 1e-10);
    assertClose(of.get("slope"), limits.slope());
    assertClose(of.get("shortfall"), found.concordance().shortfall().orElseThrow());
    assertClose(of.get("wasserstein"), found.distance().wasserstein());
    assertClose(of.get("kolmogorov"), found.distance().kolmogorov());
  }
}
