package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.mpc.protocol.Mode;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.Scores;
import org.blindread.workbench.ShareTable;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.blindread.workbench.ledger.Ledger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RunCommandTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
    assertOk(study.run("plain.csv", 6, "--protocol", "plain"));
  }

  private static void assertOk(Result result) {
    assertEquals(0, result.code, result.out + result.err);
  }

  private static JsonNode json(Path file) throws Exception {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  private static void assertClose(Scores a, Scores b) {
    assertEquals(a.rows().size(), b.rows().size());
    for (int i = 0; i < a.rows().size(); i++) {
      assertEquals(a.rows().get(i).image(), b.rows().get(i).image());
      assertArrayEquals(a.rows().get(i).values(), b.rows().get(i).values(), 0x1p-6);
    }
  }

  @Test
  void engineAndTwinAgreeWithinFixedPoint() throws Exception {
    assertOk(study.run("ort.csv", 6, "--engine", "onnxruntime"));
    assertOk(study.run("nd4j.csv", 6, "--engine", "nd4j"));
    assertOk(study.run("reference.csv", 6, "--engine", "reference"));
    Scores plain = Scores.read(study.file("plain.csv"));
    assertEquals(List.of("pneumonia", "effusion"), plain.findings());
    assertClose(plain, Scores.read(study.file("ort.csv")));
    assertClose(plain, Scores.read(study.file("nd4j.csv")));
    assertClose(plain, Scores.read(study.file("reference.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hospital", "vendor", "both"})
  void localPartiesGiveTheScoresOfTheTwin(String reveal) throws Exception {
    String out = "local-" + reveal + ".csv";
    Result result = study.run(out, 6, "--protocol", "3pc", "--reveal", reveal);
    assertOk(result);
    assertTrue(result.out.contains("simulation: this machine holds every share"), result.out);
    assertTrue(result.out.contains("equal to the cleartext twin bit for bit on 6 of 6 images"));
    assertEquals(Files.readString(study.file("plain.csv")), Files.readString(study.file(out)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void lanesGiveTheSameScores(int lanes) throws Exception {
    String out = "lanes-" + lanes + ".csv";
    assertOk(study.run(out, 6, "--protocol", "3pc", "--reveal", "hospital", "--lanes", lanes));
    assertEquals(
        new TreeSet<>(Files.readAllLines(study.file("plain.csv"))),
        new TreeSet<>(Files.readAllLines(study.file(out))));
  }

  @Test
  void thirtyTwoBitsAndFastModeRun() throws Exception {
    assertOk(
        study.run(
            "b32.csv", 2, "--protocol", "3pc", "--reveal", "both", "--bits", 32, "--scale", 9));
    assertOk(
        study.run("fast.csv", 6, "--protocol", "3pc", "--reveal", "both", "--mode", Mode.FAST));
    Scores plain = Scores.read(study.file("plain.csv"));
    Scores fast = Scores.read(study.file("fast.csv"));
    assertEquals(plain.rows().size(), fast.rows().size());
    for (int i = 0; i < plain.rows().size(); i++) {
      // One unit of 2^-20 an instruction, which a layer's weights (fewer than 2^6 in sum) enlarge.
      assertArrayEquals(plain.rows().get(i).values(), fast.rows().get(i).values(), 0x1p-12);
    }
  }

  @Test
  void sharesOfARunThatRevealsNothingAddUpToTheTwin() throws Exception {
    Path json = study.file("none.json");
    Result result =
        study.run("none.csv", 4, "--protocol", "3pc", "--reveal", "none", "--json", json);
    assertOk(result);
    assertFalse(Files.exists(study.file("none.csv")));
    assertTrue(result.out.contains("nobody learnt a score"), result.out);
    assertTrue(json(json).path("twin").path("equal").asBoolean());
    Path parties = study.file("none.csv.parties");
    Map<String, long[]> vendor = ShareTable.read(parties.resolve("vendor/shares")).shares();
    Map<String, long[]> hospital = ShareTable.read(parties.resolve("hospital/shares")).shares();
    Scores plain = Scores.read(study.file("plain.csv"));
    for (int image = 0; image < 4; image++) {
      for (int finding = 0; finding < 2; finding++) {
        long sum =
            vendor.get(String.valueOf(image))[finding]
                + hospital.get(String.valueOf(image))[finding];
        assertEquals(plain.rows().get(image).values()[finding], sum * 0x1p-20);
      }
    }
    assertEquals(2, study.run("none.csv", 4, "--protocol", "3pc", "--reveal", "none").code);
    assertOk(study.run("none.csv", 4, "--protocol", "3pc", "--reveal", "none", "--resume"));
  }

  @Test
  void aResumedRunKeepsRowsAndReadsOnlyTheRest() throws Exception {
    Path out = study.file("resumed.csv");
    assertOk(study.run("resumed.csv", 6, "--protocol", "3pc", "--reveal", "hospital"));
    List<String> rows = new ArrayList<>(Files.readAllLines(out));
    Files.write(out, rows.subList(0, 5));
    Files.writeString(out, "image-4,site-0,pat", java.nio.file.StandardOpenOption.APPEND);
    assertEquals(2, study.run("resumed.csv", 6, "--protocol", "3pc", "--reveal", "hospital").code);
    Path json = study.file("resumed.json");
    assertOk(
        study.run(
            "resumed.csv",
            6,
            "--protocol",
            "3pc",
            "--reveal",
            "hospital",
            "--resume",
            "--json",
            json));
    assertEquals(rows, Files.readAllLines(out));
    assertEquals(2, json(json).path("seconds").path("images").size());
    assertEquals(6, json(json).path("twin").path("images").asInt());
    assertEquals(6, json(json).path("twin").path("compared").asInt());
  }

  @Test
  void aRunIsNotResumedIntoScoresOfAnother() {
    assertOk(study.run("mine.csv", 2, "--protocol", "plain"));
    Result other = study.run("mine.csv", 2, "--protocol", "plain", "--scale", 18, "--resume");
    assertEquals(2, other.code);
    assertTrue(other.err.contains("was begun with another"), other.err);
  }

  @Test
  void theNamesOfTheReportAreStable() throws Exception {
    Path file = study.file("names.json");
    assertOk(
        study.run("names.csv", 3, "--protocol", "3pc", "--reveal", "hospital", "--json", file));
    JsonNode report = json(file);
    for (String name :
        Set.of(
            "protocol",
            "mode",
            "error",
            "bits",
            "scale",
            "images",
            "seconds",
            "bytes",
            "rounds",
            "twin",
            "overflows",
            "provenance")) {
      assertTrue(report.has(name), name);
    }
    assertFalse(report.has("peakMemoryBytes"));
    assertEquals(0, report.path("error").path("ulps").asInt(-1));
    assertEquals(0, report.path("error").path("failureProbability").asInt(-1));
    assertTrue(report.path("seconds").path("cold").isNumber());
    assertTrue(report.path("seconds").path("median").isNumber());
    JsonNode layer = report.path("seconds").path("perLayer").get(0);
    assertTrue(layer.has("layer") && layer.has("kind") && layer.has("seconds"));
    assertTrue(report.path("bytes").path("vendor>hospital").asLong() > 0);
    assertEquals(0, report.path("twin").path("maxUlp").asLong());
    assertEquals(
        Set.of("card", "manifest", "model", "plan"),
        Set.copyOf(report.path("provenance").path("sha256").propertyNames()));
  }

  @Test
  void bytesAndRoundsOfTheReportAreThoseThePlanDeclares() throws Exception {
    Path file = study.file("costs.json");
    assertOk(
        study.run("costs.csv", 1, "--protocol", "3pc", "--reveal", "hospital", "--json", file));
    JsonNode report = json(file);
    Result plan = Result.of("plan", study.model);
    assertOk(plan);
    assertTrue(
        plan.out.contains("one image: %d rounds".formatted(report.path("rounds").asInt())),
        plan.out);
    assertTrue(plan.out.contains("mode faithful: error of a step at most 0 units"), plan.out);
    assertTrue(plan.out.contains("ring of 64 bits, 20 of them fraction"), plan.out);
    Result fast = Result.of("plan", study.model, "--mode", "fast");
    assertTrue(fast.out.contains("mode fast: error of a step at most 1 units"), fast.out);
  }

  @Test
  void aSecureRunStatesWhoLearnsTheScores() {
    Result result = study.run("x.csv", 1, "--protocol", "3pc");
    assertEquals(2, result.code);
    assertTrue(result.err.contains("--reveal hospital, vendor, both or none"), result.err);
    assertEquals(1, result.err.lines().count());
  }

  @Test
  void aRunIsRecordedWhereOneAsks() throws Exception {
    TinyStudy.Result run =
        study.run(
            "recorded.csv",
            2,
            "--protocol",
            "3pc",
            "--reveal",
            "hospital",
            "--ledger",
            study.file("book"));
    assertEquals(0, run.code, run.err);
    try (Ledger ledger = Ledger.existing(study.file("book"))) {
      Outcome recorded = ledger.outcome("../recorded.csv").orElseThrow();
      assertEquals(
          Scores.read(study.file("recorded.csv")).rows().size(), recorded.scores().rows().size());
      assertTrue(recorded.secure());
      assertTrue(recorded.report().twin().orElseThrow().equal());
    }
  }
}
