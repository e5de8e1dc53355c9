package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.blindread.workbench.Scores;
import org.blindread.workbench.ShareTable;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `2pc` at the command line: between processes over both transports, with its knobs, resumed.
final class TwoPartyRunTest {
  @TempDir private static Path folder;

  private static TinyStudy study;

  @BeforeAll
  static void begin() throws Exception {
    study = TinyStudy.in(folder);
    assertOk(study.run("plain.csv", 4, "--protocol", "plain"));
  }

  private static void assertOk(Result result) {
    assertEquals(0, result.code, result.out + result.err);
  }

  private static Result run(String out, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--protocol", "2pc"));
    arguments.addAll(List.of(more));
    return study.run(out, 4, arguments.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "samehost"})
  void twoProcessesGiveTheScoresOfTheTwin(String transport) throws Exception {
    String out = transport + ".csv";
    Path json = study.file(transport + ".json");
    Result result =
        run(
            out,
            "--reveal",
            "hospital",
            "--parties",
            "processes",
            "--transport",
            transport,
            "--party-heap",
            "300m",
            "--json",
            json);
    assertOk(result);
    assertEquals(Files.readString(study.file("plain.csv")), Files.readString(study.file(out)));
    JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
    assertTrue(report.path("twin").path("equal").asBoolean());
    assertTrue(report.path("statements").get(0).asString().contains("a divergence of 2^-"));
    Result plan = Result.of("plan", study.model, "--protocol", "2pc");
    assertOk(plan);
    assertTrue(
        plan.out.contains("one image: %d rounds".formatted(report.path("rounds").asInt())),
        plan.out);
    assertTrue(plan.out.contains("linear layers under RLWE"), plan.out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ot=ferret", "linear=ot", "flooding=strict", "range=full", "prepare=on"})
  void everyKnobGivesTheScoresOfTheTwin(String knob) throws Exception {
    String out = knob.replace('=', '-') + ".csv";
    assertOk(run(out, "--reveal", "hospital", "--with", knob));
    assertEquals(Files.readString(study.file("plain.csv")), Files.readString(study.file(out)));
  }

  @Test
  void whatIsPreparedStandsInTheLogAndInThePlan() throws Exception {
    assertOk(run("ahead.csv", "--reveal", "hospital", "--with", "prepare=on"));
    List<String> layers = Files.readAllLines(study.file("ahead.layers.csv"));
    assertEquals(
        8, layers.stream().filter(line -> line.contains("before the image,prepare")).count());
    Result plan = Result.of("plan", study.model, "--protocol", "2pc", "--with", "prepare=on");
    assertTrue(plan.out.contains("before the image"), plan.out);
  }

  @Test
  void sharesOfARunThatRevealsNothingAddUpToTheTwin() throws Exception {
    assertOk(run("none.csv", "--reveal", "none"));
    assertFalse(Files.exists(study.file("none.csv")));
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
  }

  @Test
  void aResumedRunReadsOnlyTheRestAndKeepsItsKnobs() throws Exception {
    assertOk(run("resumed.csv", "--reveal", "hospital"));
    List<String> rows = Files.readAllLines(study.file("resumed.csv"));
    Files.write(study.file("resumed.csv"), rows.subList(0, 3));
    Result other = run("resumed.csv", "--reveal", "hospital", "--resume", "--with", "ot=iknp");
    assertEquals(2, other.code);
    assertOk(run("resumed.csv", "--reveal", "hospital", "--resume"));
    assertEquals(rows, Files.readAllLines(study.file("resumed.csv")));
  }

  @Test
  void anUnknownKnobOrValueIsNamedWithWhatThereIs() {
    Result knob = run("x.csv", "--reveal", "both", "--with", "speed=high");
    assertEquals(2, knob.code);
    assertTrue(knob.err.contains("speed") && knob.err.contains("linear"), knob.err);
    Result value = run("x.csv", "--reveal", "both", "--with", "ot=silver");
    assertEquals(2, value.code);
    assertTrue(value.err.contains("softspoken, ferret, iknp"), value.err);
  }
}
