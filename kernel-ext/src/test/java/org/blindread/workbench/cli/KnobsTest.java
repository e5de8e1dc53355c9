package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.blindread.workbench.RunIdentity;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// A protocol's knobs, from the command line to all parties and into every record of the run.
final class KnobsTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
  }

  private static Result run(String out, String reveal, Object... more) {
    Object[] all = new Object[4 + more.length];
    Object[] secure = {"--protocol", "turnable", "--reveal", reveal};
    System.arraycopy(secure, 0, all, 0, secure.length);
    System.arraycopy(more, 0, all, secure.length, more.length);
    return study.run(out, 1, all);
  }

  private static void assertOk(Result result) {
    assertEquals(0, result.code, result.err);
  }

  @Test
  void whatIsTurnedStandsInCardReportAndIdentity() throws Exception {
    Path json = study.file("turned.json");
    Result turned =
        run("turned.csv", "both", "--with", "ot=ferret", "--with", "prepare=on", "--json", json);
    assertOk(turned);
    assertTrue(turned.out.contains("  knobs: ot=ferret prepare=on\n"), turned.out);
    assertEquals(
        "ot=ferret prepare=on",
        JsonMapper.shared().readTree(Files.readString(json)).path("knobs").asString());
    String identity = Files.readString(RunIdentity.pathFor(study.file("turned.csv")));
    assertTrue(identity.contains("ot=ferret prepare=on"), identity);
  }

  @Test
  void processesAreToldByTheirStudyFiles() throws Exception {
    assertOk(run("shared.csv", "none", "--parties", "processes", "--with", "ot=iknp,prepare=on"));
    for (String party : List.of("helper", "vendor", "hospital")) {
      String text =
          Files.readString(study.file("shared.csv.parties").resolve(party).resolve("STUDY.yml"));
      assertTrue(text.matches("(?s).*\nknobs:\n  ot: \"iknp\"\n  prepare: \"on\"\n.*"), text);
    }
  }

  @Test
  void aRunIsResumedWithTheSameKnobsAlone() {
    assertOk(run("again.csv", "both", "--with", "ot=ferret"));
    Result other = run("again.csv", "both", "--resume");
    assertEquals(2, other.code);
    assertTrue(
        other.err.contains(
            "was begun with another knobs (ot=ferret prepare=off, now ot=softspoken prepare=off)"),
        other.err);
    assertOk(run("again.csv", "both", "--resume", "--with", "prepare=off", "--with", "ot=ferret"));
  }

  @Test
  void aPlanIsOfItsKnobsAndImages() {
    Result plan =
        Result.of(
            "plan", study.model, "--protocol", "turnable", "--with", "ot=iknp", "--images", 70);
    assertOk(plan);
    assertTrue(plan.out.contains("mode faithful, ot=iknp prepare=off: error"), plan.out);
    Result without = Result.of("plan", study.model);
    assertTrue(without.out.contains("mode faithful: error"), without.out);
    assertEquals(2, Result.of("plan", study.model, "--images", 0).code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ot=kkrt|ot must be one of softspoken, ferret, iknp, not 'kkrt'",
        "speed=high|protocol turnable has no knob 'speed'; it has ot, prepare",
        "ot|--with takes NAME=VALUE, such as ot=ferret, not 'ot'",
        "ot=|--with takes NAME=VALUE, such as ot=ferret, not 'ot='",
        "ot=iknp,ot=ferret|--with turns 'ot' twice; give it once",
      })
  void whatIsNotOfferedIsRefused(String with, String sentence) {
    Result run = run("never.csv", "both", "--with", with);
    assertEquals(2, run.code, run.out);
    assertEquals("blindread: " + sentence, run.err.strip());
    Result plan = Result.of("plan", study.model, "--protocol", "turnable", "--with", with);
    assertEquals(2, plan.code, plan.out);
    assertEquals("blindread: " + sentence, plan.err.strip());
    assertFalse(Files.exists(study.file("never.csv")));
  }

  @Test
  void aRunInTheClearHasNoKnobs() {
    Result plain = study.run("never.csv", 1, "--protocol", "plain", "--with", "ot=ferret");
    assertEquals(2, plain.code);
    assertTrue(plain.err.contains("--with needs a protocol with parties"), plain.err);
    Result three =
        study.run("never.csv", 1, "--protocol", "3pc", "--reveal", "both", "--with", "ot=ferret");
    assertTrue(three.err.contains("protocol 3pc has no knob 'ot'; it has none"), three.err);
  }
}
