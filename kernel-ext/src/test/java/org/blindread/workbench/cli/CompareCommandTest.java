package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CompareCommandTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
    Result result =
        study.run(
            "twin.csv",
            TinyStudy.IMAGES,
            "--protocol",
            "plain",
            "--float",
            study.file("float.csv"));
    assertEquals(0, result.code, result.err);
  }

  private static Result compare(Object... more) {
    Object[] all = new Object[5 + more.length];
    Object[] common = {
      "compare", study.file("float.csv"), study.file("twin.csv"), "--truth", study.manifest
    };
    System.arraycopy(common, 0, all, 0, common.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return Result.of(all);
  }

  @Test
  void twoCommandsGiveATableBySite() throws Exception {
    Path json = study.file("compared.json");
    Path csv = study.file("compared.csv");
    Result result = compare("--by", "site", "--margin", "0.05", "--json", json, "--csv", csv);
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.contains("site-0") && result.out.contains("site-1"), result.out);
    assertTrue(result.out.contains("AUROC float"), result.out);
    assertTrue(result.out.contains("the truth says nothing of 'effusion'"), result.out);
    JsonNode results = JsonMapper.shared().readTree(Files.readString(json)).path("results");
    assertEquals(4, results.size());
    assertEquals(TinyStudy.IMAGES, results.get(0).path("n").asInt());
    assertEquals(5, Files.readAllLines(csv).size());
  }

  @Test
  void withoutAMarginThereIsNoVerdict() {
    Result result = compare();
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.contains("no --margin was declared"), result.out);
    assertFalse(result.out.contains("equivalent\n"), result.out);
  }

  @Test
  void whatIsWrongIsOneSentence() throws Exception {
    assertSentence("--margin is a difference", compare("--margin", "7"));
    assertSentence("there is none", compare("--rationale", "why not"));
    assertSentence(
        "no cohort 'nowhere.csv'",
        Result.of(
            "compare", study.file("float.csv"), study.file("twin.csv"), "--truth", "nowhere.csv"));
    Path half = study.file("half.csv");
    Files.write(half, Files.readAllLines(study.file("twin.csv")).subList(0, 11));
    assertSentence(
        "--common", Result.of("compare", study.file("float.csv"), half, "--truth", study.manifest));
    Path other = study.file("other.csv");
    Files.writeString(other, Files.readString(half).replace("pneumonia", "edema"));
    assertSentence(
        "both must come from one model",
        Result.of("compare", study.file("float.csv"), other, "--truth", study.manifest));
  }

  private static void assertSentence(String part, Result result) {
    assertEquals(Failure.INPUT, result.code, result.out);
    assertTrue(result.err.contains(part), result.err);
    assertEquals(1, result.err.lines().count(), result.err);
  }

  @Test
  void theTruthMayBeACsvOfItsOwn() throws Exception {
    Path exported = study.file("exported");
    Result export = Result.of("cohort", "export", "--cohort", study.manifest, "--out", exported);
    assertEquals(0, export.code, export.err);
    Result result =
        Result.of(
            "compare",
            study.file("float.csv"),
            study.file("twin.csv"),
            "--truth",
            exported.resolve("truth.csv"));
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.contains("pneumonia: "), result.out);
  }
}
