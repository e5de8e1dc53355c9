package org.blindread.workbench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.blindread.data.Finding;
import org.blindread.data.Label;
import org.blindread.data.Labels;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;
import org.blindread.data.Uncertain;
import org.blindread.stats.equivalence.Decision;
import org.blindread.stats.equivalence.Margin;
import org.blindread.stats.roc.AurocComparison;
import org.blindread.stats.roc.Cases;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ComparisonTest {
  private static final List<String> FINDINGS = List.of("edema", "effusion");
  private static final PairedScores.Names NAMES = new PairedScores.Names("float", "3pc");
  private static final int IMAGES = 120;

  private final List<ScoreRow> plain = new ArrayList<>();
  private final List<ScoreRow> secure = new ArrayList<>();
  private final List<TruthRow> truth = new ArrayList<>();
  private final List<Finding> known = FINDINGS.stream().map(Finding::new).toList();

  /// Two sites, patients with two images each, scores that rise with the truth, and secure ones
  /// that differ by at most 2^-10.
  ComparisonTest() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < IMAGES; i++) {
      String site = i < 70 ? "north" : "south";
      boolean[] ill = {random.nextInt(3) == 0, random.nextInt(4) == 0};
      double[] scores = new double[2];
      double[] moved = new double[2];
      for (int f = 0; f < 2; f++) {
        scores[f] = random.nextGaussian() + (ill[f] ? 1.2 : 0);
        moved[f] = scores[f] + (random.nextDouble() - 0.5) * 0x1p-9;
      }
      plain.add(new ScoreRow("i" + i, site, "p" + i / 2, scores));
      secure.add(new ScoreRow("i" + i, site, "p" + i / 2, moved));
      truth.add(
          new TruthRow(
              "i" + i,
              site,
              "p" + i / 2,
              Labels.of(known, Map.of(known.get(0), label(ill[0]), known.get(1), label(ill[1])))));
    }
  }

  private static Label label(boolean ill) {
    return ill ? Label.PRESENT : Label.ABSENT;
  }

  private static Settings settings(double margin) {
    return new Settings(true, Optional.of(Margin.prespecified(margin, "a test")), Optional.empty());
  }

  private PairedScores paired() throws WorkbenchException {
    return PairedScores.of(NAMES, new Scores(FINDINGS, plain), new Scores(FINDINGS, secure), false);
  }

  private Comparison compared(Settings settings) throws WorkbenchException {
    return Comparison.of(paired(), new Truth(known, truth), settings);
  }

  @Test
  void theLinesAreThoseOfTheStatisticsOnTheSameCases() throws Exception {
    Comparison comparison = compared(settings(0.01));
    assertEquals(
        List.of("all", "stratified", "north", "south"),
        comparison.findings().getFirst().sites().stream().map(SiteResult::site).toList());
    boolean[] ill = new boolean[70];
    int[] patients = new int[70];
    double[] a = new double[70];
    double[] b = new double[70];
    for (int i = 0; i < 70; i++) {
      ill[i] = truth.get(i).labels().label(known.get(1)).equals(Optional.of(Label.PRESENT));
      patients[i] = i / 2;
      a[i] = plain.get(i).values()[1];
      b[i] = secure.get(i).values()[1];
    }
    AurocComparison expected = AurocComparison.of(a, b, Cases.ofPatients(ill, patients));
    SiteResult north = comparison.findings().get(1).sites().get(2);
    assertEquals(expected.plain().estimate(), north.areas().plain().estimate());
    assertEquals(expected.difference(), north.areas().difference());
    assertEquals(35, north.cases().patients());
  }

  @Test
  void aSmallChangeIsEquivalentAndAMarginBelowItIsNotShown() throws Exception {
    SiteResult all = compared(settings(0.05)).findings().getFirst().all();
    assertEquals(Decision.EQUIVALENT, all.equivalence().orElseThrow().decision());
    double bound = all.certificate().bound().orElseThrow();
    assertTrue(Math.abs(all.certificate().actual().orElseThrow()) <= bound);
  }

  @Test
  void withoutAMarginThereIsNoVerdict() throws Exception {
    Comparison comparison = compared(new Settings(false, Optional.empty(), Optional.empty()));
    assertTrue(comparison.lines().stream().allMatch(line -> line.equivalence().isEmpty()));
    assertTrue(comparison.toString().contains("no --margin was declared"), comparison.toString());
    assertEquals(2, comparison.findings().getFirst().sites().size());
    assertFalse(comparison.toJson().contains("\"equivalence\""));
  }

  @Test
  void theJsonHasTheDocumentedNames() throws Exception {
    JsonNode json = JsonMapper.shared().readTree(compared(settings(0.01)).toJson());
    JsonNode first = json.path("results").get(0);
    assertEquals("edema", first.path("finding").asString());
    assertEquals("all", first.path("site").asString());
    assertEquals(IMAGES, first.path("n").asInt());
    assertEquals(IMAGES / 2, first.path("patients").asInt());
    assertEquals(2, first.path("plain").path("interval").size());
    assertEquals(2, first.path("difference").path("interval90").size());
    for (String name : List.of("auc", "variance")) {
      assertTrue(first.path("secure").path(name).isNumber(), name);
      assertTrue(first.path("unclustered").path("plain").path(name).isNumber(), name);
    }
    for (String name : List.of("value", "variance", "z", "p")) {
      assertTrue(first.path("difference").path(name).isNumber(), name);
    }
    for (String name : List.of("margin", "pLower", "pUpper")) {
      assertTrue(first.path("equivalence").path(name).isNumber(), name);
    }
    assertTrue(first.path("certificate").path("bound").isNumber());
    assertEquals("ordinary", first.path("outcome").asString());
    assertEquals(8, json.path("results").size());
    assertEquals(2, json.path("agreement").size());
    assertTrue(json.path("agreement").get(0).path("maxAbsolute").asDouble() <= 0x1p-10 + 1e-12);
  }

  @Test
  void theTableHasARowALine() throws Exception {
    Comparison comparison = compared(settings(0.01));
    Table table = Tables.of(comparison);
    assertEquals(comparison.lines().size(), table.rowCount());
    assertEquals(
        comparison.lines().getFirst().areas().plain().value().orElseThrow(),
        table.doubleColumn("AUROC float").getDouble(0));
    assertEquals("south", table.stringColumn("site").get(3));
  }

  @Test
  void identicalScoresAreAnOutcomeOfTheirOwn() throws Exception {
    secure.clear();
    secure.addAll(plain);
    SiteResult all = compared(settings(0.01)).findings().getFirst().all();
    assertEquals("IdenticalRanking", all.outcome());
    assertEquals(Decision.EQUIVALENT, all.equivalence().orElseThrow().decision());
    JsonNode json = JsonMapper.shared().readTree(compared(settings(0.01)).toJson());
    assertFalse(json.path("results").get(0).path("difference").has("p"));
    assertEquals(0, json.path("results").get(0).path("difference").path("value").asDouble());
  }

  @Test
  void uncertainLabelsNeedAPolicy() throws Exception {
    truth.set(
        0,
        new TruthRow(
            "i0",
            "north",
            "p0",
            Labels.of(known, Map.of(known.get(0), Label.UNCERTAIN, known.get(1), Label.ABSENT))));
    String sentence =
        assertThrows(WorkbenchException.class, () -> compared(settings(0.01))).getMessage();
    assertTrue(sentence.contains("--uncertain"), sentence);
    Comparison excluded =
        compared(new Settings(false, Optional.empty(), Optional.of(Uncertain.EXCLUDE)));
    assertEquals(IMAGES - 1, excluded.findings().get(0).all().cases().size());
    assertEquals(IMAGES, excluded.findings().get(1).all().cases().size());
    assertTrue(excluded.toString().contains("1 uncertain"), excluded.toString());
  }

  @Test
  void filesThatDoNotFitTogetherAreRefused() {
    secure.removeLast();
    assertSentence("--common", this::paired);
    secure.addLast(new ScoreRow("i119", "west", "p59", new double[2]));
    assertSentence("has site 'south' in the plain scores and 'west'", this::paired);
    secure.set(119, plain.get(119));
    truth.removeFirst();
    assertSentence(
        "image 'i0' has scores, but no row in the truth", () -> compared(settings(1e-2)));
    truth.addFirst(new TruthRow("i0", "east", "p0", truth.getFirst().labels()));
    assertSentence("'east' in the truth", () -> compared(settings(0.01)));
  }

  @Test
  void whatOnlyOneFileHasIsCountedIfTheUserSaysSo() throws Exception {
    secure.removeLast();
    PairedScores paired =
        PairedScores.of(NAMES, new Scores(FINDINGS, plain), new Scores(FINDINGS, secure), true);
    assertEquals(IMAGES - 1, paired.images().size());
    Comparison comparison = Comparison.of(paired, new Truth(known, truth), settings(0.01));
    assertTrue(
        comparison.notices().contains("1 images have plain scores only and are left out"),
        comparison.notices().toString());
  }

  private static void assertSentence(String part, Executable work) {
    String sentence = assertThrows(WorkbenchException.class, work).getMessage();
    assertTrue(sentence.contains(part), sentence);
  }
}
