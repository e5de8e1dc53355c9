package org.blindread.stats.roc;

import static org.blindread.stats.KnownAnswers.column;
import static org.blindread.stats.KnownAnswers.doubles;
import static org.blindread.stats.KnownAnswers.expected;
import static org.blindread.stats.KnownAnswers.isOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.blindread.stats.ChestFilms;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.estimate.Estimate.Estimated;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.estimate.NonFiniteScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Against R pROC 1.18.0, exact integers, and an independent program for clusters and certificates,
/// on the data of `../shared/data`.
class DeLongKnownAnswersTest {
  private static final double CLOSED_FORM = 1e-12;

  /// pROC takes the variance of a difference as v₁ + v₂ − 2·cov, which loses digits.
  private static final double DIFFERENCE = 1e-5;

  private static final Auroc.Options WALD = new Auroc.Options(IntervalKind.WALD, 0.95);

  private static void assertRelative(double expected, double actual, double tolerance) {
    assertEquals(expected, actual, tolerance * Math.abs(expected));
  }

  /// pROC's numbers have 15 digits.
  private static void assertInterval(JsonNode expected, Interval actual) {
    assertEquals(expected.get(0).asDouble(), actual.lower(), 2e-12);
    assertEquals(expected.get(1).asDouble(), actual.upper(), 2e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wfns", "s100b", "ndka"})
  void oneAreaOfTheAneurysmData(String marker) {
    JsonNode single = expected("asah_proc").get("single").get(marker);
    Cases cases = Cases.of(isOne(column("asah", "y")));
    double[] scores = column("asah", marker);
    Auroc area = Auroc.of(scores, cases);
    assertRelative(single.get("auc").asDouble(), area.value().orElseThrow(), CLOSED_FORM);
    assertEquals(single.get("n_pos").asInt(), area.positives());
    assertEquals(single.get("n_neg").asInt(), area.negatives());
    Estimated found = area.estimate().estimated().orElseThrow();
    assertRelative(single.get("delong_var").asDouble(), found.variance(), CLOSED_FORM);
    assertInterval(single.get("logit_ci95"), found.interval());
    assertInterval(
        single.get("delong_ci95"),
        Auroc.of(scores, cases, WALD).estimate().estimated().orElseThrow().interval());
    assertInterval(
        single.get("delong_ci90"),
        Auroc.of(scores, cases, new Auroc.Options(IntervalKind.WALD, 0.90))
            .estimate()
            .estimated()
            .orElseThrow()
            .interval());
  }

  @Test
  void pairsOfTheAneurysmData() {
    JsonNode pairs = expected("asah_proc").get("paired");
    assertEquals(3, pairs.size());
    Cases cases = Cases.of(isOne(column("asah", "y")));
    for (JsonNode pair : pairs) {
      // pROC's difference is a − b, ours is second − first
      var found =
          (AurocDifference.Ordinary)
              AurocComparison.of(
                      column("asah", pair.get("b").asString()),
                      column("asah", pair.get("a").asString()),
                      cases)
                  .difference();
      assertEquals(pair.get("diff").asDouble(), found.value(), CLOSED_FORM);
      assertRelative(pair.get("var_diff").asDouble(), found.variance(), 1e-11);
      assertRelative(pair.get("z").asDouble(), found.z(), 1e-11);
      assertEquals(pair.get("p").asDouble(), found.p(), 1e-9);
      assertInterval(pair.get("ci95"), found.interval(0.95));
      JsonNode tost = pair.get("tost_delta_0.05");
      var decided =
          (Equivalence.Tested)
              found.equivalence(Margin.prespecified(0.05, "as in the fixture"), 0.05);
      assertEquals(tost.get("p_lower").asDouble(), decided.pLower(), 1e-9);
      assertEquals(tost.get("p_upper").asDouble(), decided.pUpper(), 1e-9);
      assertEquals(tost.get("p").asDouble(), decided.p(), 1e-9);
      assertInterval(tost.get("ci90"), decided.interval());
    }
  }

  @Test
  void areasAndPairsOfTheChestFilms() {
    JsonNode proc = expected("nih_proc_delong");
    int compared = 0;
    for (JsonNode finding : proc.get("findings")) {
      String name = finding.get("finding").asString();
      Cases cases = Cases.of(isOne(column("nih_labels", name)));
      assertEquals(proc.get("n").asInt(), cases.size());
      assertEquals(finding.get("n_pos").asInt(), cases.positives());
      double[] plain = column("nih_plain_prob", name);
      Estimated wald = Auroc.of(plain, cases, WALD).estimate().estimated().orElseThrow();
      assertRelative(finding.get("auc").asDouble(), wald.value(), CLOSED_FORM);
      assertRelative(finding.get("var").asDouble(), wald.variance(), CLOSED_FORM);
      assertInterval(finding.get("ci95"), wald.interval());
      for (Map.Entry<String, JsonNode> pair : finding.get("paired").properties()) {
        JsonNode of = pair.getValue();
        AurocComparison found =
            AurocComparison.of(plain, ChestFilms.scores(pair.getKey(), name), cases);
        Estimated secure = found.secure().estimate().estimated().orElseThrow();
        assertRelative(of.get("auc_secure").asDouble(), secure.value(), CLOSED_FORM);
        assertRelative(of.get("var_secure").asDouble(), secure.variance(), CLOSED_FORM);
        var difference = (AurocDifference.Ordinary) found.difference();
        assertEquals(-of.get("diff").asDouble(), difference.value(), CLOSED_FORM);
        double variance = of.get("var_diff").asDouble();
        // pROC's v₁ + v₂ − 2·cov is no better than the last digit of the variances
        double lost = Math.max(DIFFERENCE * variance, 4e-15 * wald.variance());
        assertEquals(variance, difference.variance(), lost);
        assertEquals(
            -of.get("z").asDouble(),
            difference.z(),
            Math.abs(difference.z()) * lost / variance + 1e-9);
        compared++;
      }
    }
    assertEquals(proc.get("findings").size() * 4, compared);
  }

  @Test
  void areasAndPairsOfTheLeaderboard() {
    JsonNode proc = expected("chexpert_proc");
    double[] task = column("chexpert", "task");
    int pairs = 0;
    for (JsonNode of : proc.get("tasks")) {
      double number =
          List.of("Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Pleural Effusion")
              .indexOf(of.get("task").asString());
      Cases cases = Cases.of(isOne(rowsOf(number, task, column("chexpert", "y"))));
      assertEquals(of.get("n_pos").asInt(), cases.positives());
      assertEquals(of.get("n_neg").asInt(), cases.negatives());
      for (Map.Entry<String, JsonNode> single : of.get("single").properties()) {
        double[] scores = rowsOf(number, task, column("chexpert", single.getKey()));
        Estimated wald = Auroc.of(scores, cases, WALD).estimate().estimated().orElseThrow();
        assertRelative(single.getValue().get("auc").asDouble(), wald.value(), CLOSED_FORM);
        assertRelative(single.getValue().get("var").asDouble(), wald.variance(), CLOSED_FORM);
        assertInterval(single.getValue().get("ci95"), wald.interval());
      }
      for (JsonNode pair : of.get("paired")) {
        AurocDifference found =
            AurocComparison.of(
                    rowsOf(number, task, column("chexpert", pair.get("b").asString())),
                    rowsOf(number, task, column("chexpert", pair.get("a").asString())),
                    cases)
                .difference();
        assertEquals(pair.get("diff").asDouble(), found.point().orElseThrow(), CLOSED_FORM);
        if (pair.get("identical").asBoolean()) {
          assertEquals(new AurocDifference.IdenticalRanking(), found);
        } else {
          var ordinary = (AurocDifference.Ordinary) found;
          assertRelative(pair.get("z").asDouble(), ordinary.z(), 1e-9);
          assertEquals(pair.get("p").asDouble(), ordinary.p(), 1e-9);
        }
        pairs++;
      }
    }
    assertEquals(45 * proc.get("tasks").size(), pairs);
  }

  private static double[] rowsOf(double number, double[] task, double[] column) {
    double[] rows = new double[column.length];
    int n = 0;
    for (int i = 0; i < column.length; i++) {
      if (task[i] == number) {
        rows[n++] = column[i];
      }
    }
    return Arrays.copyOf(rows, n);
  }

  @Test
  void adversarialCasesHaveTheOutcomesOfTheSpecification() {
    Map<String, String> outcomes =
        Map.ofEntries(
            Map.entry("hanley_ties", "ordinary"),
            Map.entry("all_tied", "ZeroVarianceDifferent"),
            Map.entry("auc1_both", "PerfectSeparationBoth"),
            Map.entry("auc1_vs_less", "ordinary"),
            Map.entry("auc0", "IdenticalRanking"),
            Map.entry("same_rank_diff_scale", "IdenticalRanking"),
            Map.entry("same_auc_diff_rank", "ordinary"),
            Map.entry("n2", "VarianceUndefined"),
            Map.entry("one_pos", "VarianceUndefined"),
            Map.entry("all_pos", "OneClassOnly"),
            Map.entry("signed_zero", "IdenticalRanking"),
            Map.entry("inf_score", "ordinary"),
            Map.entry("tiny_gap", "IdenticalRanking"));
    for (JsonNode of : expected("adversarial_proc").get("cases")) {
      String name = of.get("case").asString();
      double[] a = doubles(of.get("a"));
      double[] b = doubles(of.get("b"));
      Cases cases = Cases.of(isOne(doubles(of.get("y"))));
      if (name.equals("tiny_gap")) {
        // pROC was given gaps of one unit in the last place, which the file has lost
        a[1] = Math.nextUp(a[1]);
        a[3] = Math.nextUp(a[3]);
      }
      if (name.equals("nan_score")) {
        assertEquals(1, assertThrows(NonFiniteScore.class, () -> Auroc.of(a, cases)).index());
        continue;
      }
      AurocComparison found = AurocComparison.of(b, a, cases);
      assertEquals(outcomes.get(name), found.difference().outcome(), name);
      assertMatches(of.get("proc_a"), found.secure(), name);
      assertMatches(of.get("proc_b"), found.plain(), name);
      JsonNode z = of.get("proc_paired").path("value").path("z");
      if (found.difference() instanceof AurocDifference.Ordinary ordinary && z.isNumber()) {
        assertEquals(z.asDouble(), ordinary.z(), CLOSED_FORM, name);
        assertEquals(
            of.get("proc_paired").get("value").get("p").asDouble(), ordinary.p(), 1e-9, name);
      }
    }
  }

  private static void assertMatches(JsonNode proc, Auroc found, String name) {
    JsonNode value = proc.path("value");
    if (value.path("auc").isNumber()) {
      assertEquals(value.get("auc").asDouble(), found.value().orElseThrow(), CLOSED_FORM, name);
      if (value.get("var").asDouble(0) > 0) {
        assertRelative(
            value.get("var").asDouble(),
            found.estimate().estimated().orElseThrow().variance(),
            CLOSED_FORM);
      } else {
        assertTrue(found.estimate().estimated().isEmpty(), name);
      }
    }
  }

  @Test
  void integerMomentsAreExact() {
    JsonNode cases = expected("secure_integer_moments").get("cases");
    assertEquals(12, cases.size());
    for (JsonNode of : cases) {
      String name = of.get("finding").asString();
      int n = of.get("n").asInt();
      boolean[] truth = Arrays.copyOf(isOne(column("nih_labels", name)), n);
      double[] a = Arrays.copyOf(ChestFilms.scores(variant(of.get("a")), name), n);
      double[] b = Arrays.copyOf(ChestFilms.scores(variant(of.get("b")), name), n);
      assertMoments(of.get("m1"), RankMoments.of(a, truth));
      assertMoments(of.get("m2"), RankMoments.of(b, truth));
      assertMoments(of.get("diff"), RankMoments.ofDifference(b, a, truth));
      AurocDifference found = AurocComparison.of(b, a, Cases.of(truth)).difference();
      assertRelative(
          of.get("z").asDouble(),
          assertInstanceOf(AurocDifference.Ordinary.class, found).z(),
          CLOSED_FORM);
    }
  }

  /// "trunc12 lsb" → "trunc12".
  private static String variant(JsonNode words) {
    return words.asString().replace(" lsb", "");
  }

  private static void assertMoments(JsonNode expected, RankMoments found) {
    assertEquals(expected.get("S").asLong(), found.sum());
    assertEquals(expected.get("QA").asLong(), found.positiveSquares());
    assertEquals(expected.get("QB").asLong(), found.negativeSquares());
    assertRelative(expected.get("theta").asDouble(), found.value().orElseThrow(), CLOSED_FORM);
    assertRelative(expected.get("var").asDouble(), found.variance().orElseThrow(), CLOSED_FORM);
  }

  @Test
  void clusteringByPatientEqualsAnIndependentProgram() {
    JsonNode nih = expected("bootstrap_clustered_own").get("nih_clustered");
    double[] patient = column("nih_labels", "patient");
    int[] patients = Arrays.stream(patient).mapToInt(p -> (int) p).toArray();
    assertEquals(14, nih.get("findings").size());
    for (Map.Entry<String, JsonNode> finding : nih.get("findings").properties()) {
      JsonNode of = finding.getValue();
      Cases cases = Cases.ofPatients(isOne(column("nih_labels", finding.getKey())), patients);
      assertEquals(nih.get("n_clusters").asInt(), cases.patients());
      double[] plain = ChestFilms.scores("plain", finding.getKey());
      String[] order = {"plain", "coarse", "noise12"};
      for (int k = 1; k < order.length; k++) {
        AurocComparison found =
            AurocComparison.of(plain, ChestFilms.scores(order[k], finding.getKey()), cases);
        assertRelative(
            of.get("auc").get(k).asDouble(), found.secure().value().orElseThrow(), 1e-12);
        assertVariances(of, 0, found.plain());
        assertVariances(of, k, found.secure());
        assertRelative(
            of.get("design_effect_plain").asDouble(),
            found.plain().designEffect().orElseThrow(),
            1e-10);
        // made of rounded covariances there
        assertEquals(
            of.get("z_" + order[k] + "_delong").asDouble(),
            -((AurocDifference.Ordinary) found.unclustered()).z(),
            1e-5);
        assertEquals(
            of.get("z_" + order[k] + "_clustered").asDouble(),
            -((AurocDifference.Ordinary) found.difference()).z(),
            1e-5);
      }
    }
  }

  private static void assertVariances(JsonNode of, int k, Auroc found) {
    assertRelative(
        of.get("cov_obuchowski").get(k).get(k).asDouble(),
        found.estimate().estimated().orElseThrow().variance(),
        1e-10);
    assertRelative(
        of.get("cov_delong").get(k).get(k).asDouble(),
        found.unclustered().estimated().orElseThrow().variance(),
        1e-10);
  }

  @Test
  void clusteredErrorsAreThoseOfAClusterBootstrap() {
    JsonNode findings = expected("cluster_bootstrap_check").get("findings");
    int[] patients =
        Arrays.stream(column("nih_labels", "patient")).mapToInt(p -> (int) p).toArray();
    for (Map.Entry<String, JsonNode> finding : findings.properties()) {
      Cases cases = Cases.ofPatients(isOne(column("nih_labels", finding.getKey())), patients);
      Auroc found = Auroc.of(ChestFilms.scores("plain", finding.getKey()), cases);
      double error = found.estimate().estimated().orElseThrow().standardError();
      JsonNode of = finding.getValue();
      assertRelative(of.get("se_obuchowski").asDouble(), error, 1e-10);
      assertRelative(
          of.get("se_delong").asDouble(),
          found.unclustered().estimated().orElseThrow().standardError(),
          1e-10);
      // 600 replicates: a standard error of the standard error of 1/√1200; four of them
      assertRelative(of.get("se_cluster_bootstrap_600").asDouble(), error, 4 / Math.sqrt(1200));
    }
  }

  @Test
  void certificatesEqualAnIndependentProgram() {
    for (Map.Entry<String, JsonNode> finding :
        expected("rank_certificate_own").get("findings").properties()) {
      Cases cases = Cases.of(isOne(column("nih_labels", finding.getKey())));
      double[] plain = ChestFilms.scores("plain_logit", finding.getKey());
      for (Map.Entry<String, JsonNode> pair : finding.getValue().properties()) {
        double[] secure =
            Arrays.stream(ChestFilms.scores(pair.getKey(), finding.getKey()))
                .map(lsb -> lsb / 4096)
                .toArray();
        RankCertificate found = RankCertificate.of(plain, secure, cases);
        JsonNode of = pair.getValue();
        assertRelative(2 * of.get("half_range").asDouble(), found.rangeOfDeviation(), CLOSED_FORM);
        assertRelative(of.get("bound").asDouble(), found.bound().orElseThrow(), CLOSED_FORM);
        assertEquals(of.get("actual_diff").asDouble(), found.actual().orElseThrow(), 1e-12);
        assertTrue(Math.abs(found.actual().orElseThrow()) <= found.bound().orElseThrow());
      }
    }
  }

  @Test
  void allFindingsAreEquivalentThoughOneDiffersSignificantly() {
    Margin tenThousandth = Margin.prespecified(1e-4, "a hundredth of what could be seen");
    for (Map.Entry<String, JsonNode> finding :
        expected("rank_certificate_own").get("findings").properties()) {
      Cases cases = Cases.of(isOne(column("nih_labels", finding.getKey())));
      AurocDifference found =
          AurocComparison.of(
                  ChestFilms.scores("plain", finding.getKey()),
                  ChestFilms.scores("noise12", finding.getKey()),
                  cases)
              .difference();
      assertEquals(
          Decision.EQUIVALENT, found.equivalence(tenThousandth, 0.05).decision(), finding.getKey());
      if (finding.getKey().equals("Nodule")) {
        assertTrue(found.ordinary().orElseThrow().p() < 0.005);
      }
    }
  }
}
