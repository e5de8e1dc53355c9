package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.blindread.data.Cohort;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.comparison.SiteResult;
import org.blindread.workbench.ledger.Ledger;
import org.blindread.workbench.validation.Declaration;
import org.blindread.workbench.validation.Exhibits;
import org.blindread.workbench.validation.Validation;
import org.blindread.workbench.validation.Verification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study from its cells to its verification, in small.
final class StudyInCellsTest {
  private static final String WHY = "a test";

  @TempDir private Path folder;
  private Path run = Path.of("");
  private final NotebookInMemory notebook = new NotebookInMemory();
  private Declaration declared;
  private Validation study;

  @BeforeEach
  void readEverything() throws Exception {
    TinyStudy tiny = TinyStudy.in(Files.createDirectory(folder.resolve("study")));
    run = folder.resolve("run");
    declared = Declaration.make(run, 0.02, WHY);
    Cohort cohort = Cohort.read(tiny.manifest);
    notebook.variables.put("model", tiny.model);
    notebook.variables.put("all", cohort);
    notebook.variables.put("sample", cohort.samplePerSite(3, 1));
    notebook.variables.put("run", run);
    notebook.run(
        "%%plaintext --model $model --cohort all --engine onnxruntime --keep $run/float --out f");
    notebook.run(
        "%%plaintext --model $model --cohort all --protocol plain --keep $run/twin --out t");
    study = readBlind("sample");
  }

  private Validation readBlind(String images) throws Exception {
    notebook.run(
        "%%secure --model $model --cohort "
            + images
            + " --protocol 3pc --reveal hospital --keep $run/secure --out s");
    Validation read =
        Validation.of(
            (Cohort) notebook.variables.get("all"),
            (Outcome) notebook.variables.get("f"),
            (Outcome) notebook.variables.get("t"),
            (Outcome) notebook.variables.get("s"),
            declared);
    read.write(run);
    return read;
  }

  private List<String> wrong() throws Exception {
    return Verification.of(run).checks().stream()
        .filter(check -> !check.well())
        .map(Verification.Check::toString)
        .toList();
  }

  private void assertOnlyWrong(String what, String found) throws Exception {
    List<String> wrong = wrong();
    assertEquals(1, wrong.size(), wrong.toString());
    assertTrue(wrong.getFirst().contains(what), wrong.toString());
    assertTrue(wrong.getFirst().contains(found), wrong.toString());
  }

  @Test
  void whatWasWrittenIsVerified() throws Exception {
    assertTrue(study.equal());
    assertEquals(List.of(), wrong());
    Verification verification = Verification.of(run);
    Exhibits exhibits = study.exhibits();
    assertTrue(
        verification.checks().size() >= exhibits.tables().size() + 3 * exhibits.figures().size());
    assertTrue(exhibits.tables().keySet().containsAll(List.of("flow", "auroc", "paper")));
    assertEquals(study.toString(), Validation.read(run).toString());
  }

  @Test
  void aWholeSecureRunIsComparedSiteBySite() throws Exception {
    assertEquals(2, study.sample().lines().size(), "pooled and stratified");
    study = readBlind("all");
    assertEquals(study.all().lines().size(), study.sample().lines().size());
    assertEquals(
        List.of("all", "stratified", "site-0", "site-1"),
        study.sample().lines().stream().map(SiteResult::site).toList());
    assertEquals(List.of(), wrong());
  }

  @Test
  void aStudyThatWasMovedIsVerified() throws Exception {
    run = Files.move(run, folder.resolve("elsewhere"));
    assertEquals(List.of(), wrong());
  }

  @Test
  void aTouchedTableIsNamedWithItsLine() throws Exception {
    Path table = run.resolve("tables/agreement.csv");
    List<String> lines = Files.readAllLines(table);
    Files.write(table, List.of(lines.getFirst(), lines.get(1).replaceFirst(",40,", ",41,")));
    assertOnlyWrong("tables/agreement.csv", "line 2");
  }

  @Test
  void aTouchedOrMissingFigureIsNamed() throws Exception {
    Files.delete(run.resolve("figures/roc.svg"));
    assertOnlyWrong("figures/roc.svg", "is missing");
    Files.copy(run.resolve("figures/forest.png"), run.resolve("figures/roc.svg"));
    assertOnlyWrong("figures/roc.svg", "was changed");
  }

  @Test
  void aTouchedScoreIsNamedInFileAndDatabase() throws Exception {
    Path scores = run.resolve("twin/scores.csv");
    List<String> lines = Files.readAllLines(scores);
    String digit = lines.get(5).replaceFirst("([0-8])$", "9");
    Files.write(
        scores,
        lines.stream().map(line -> line.equals(lines.get(5)) ? digit + "1" : line).toList());
    assertOnlyWrong("scores of 'twin'", "row 6");
    Files.write(scores, lines);
    sql("UPDATE score SET value = value + 0.001 WHERE row = 3 AND column = 0 AND run = 3");
    List<String> wrong = wrong();
    assertTrue(wrong.toString().contains("scores of 'secure'"), wrong.toString());
    assertTrue(wrong.toString().contains("secure against twin"), wrong.toString());
    assertTrue(
        wrong.toString().contains("tables/auroc-secure.csv")
            || wrong.toString().contains("tables/agreement-secure.csv"),
        wrong.toString());
  }

  @Test
  void touchedLabelsAreNamed() throws Exception {
    sql("UPDATE truth SET label = 1 - label WHERE row = 2");
    assertTrue(wrong().toString().contains("reference standard"), wrong().toString());
  }

  private void sql(String command) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + run.resolve(Ledger.FILE));
        Statement statement = connection.createStatement()) {
      assertTrue(statement.executeUpdate(command) > 0);
    }
  }

  @Test
  void aMarginChangedAfterwardsIsCalledSo() throws Exception {
    assertTrue(study.declaration().margin().prespecified());
    Declaration same = Declaration.make(run, 0.02, WHY);
    assertTrue(same.margin().prespecified());
    Declaration later = Declaration.make(run, 0.5, WHY);
    assertFalse(later.margin().prespecified());
    assertTrue(Validation.read(run).toString().contains("chosen after the data were seen"));
    assertThrows(WorkbenchException.class, () -> Declaration.make(run, 0, WHY));
  }

  @Test
  void whatIsNotThereYetIsNamed() throws Exception {
    Path begun = folder.resolve("begun");
    Declaration.make(begun, 0.02, WHY);
    String said =
        String.valueOf(
            assertThrows(WorkbenchException.class, () -> Verification.of(begun)).getMessage());
    assertTrue(said.contains("lacks the run 'float'"), said);
  }

  @Test
  void theCommandNamesWhatDiffers() throws Exception {
    TinyStudy.Result good = TinyStudy.Result.of("verify", run);
    assertEquals(0, good.code, good.out + good.err);
    assertTrue(good.out.contains("nothing differs"), good.out);
    Files.delete(run.resolve("tables/flow.csv"));
    TinyStudy.Result bad = TinyStudy.Result.of("verify", run, "--quiet");
    assertEquals(1, bad.code);
    assertTrue(bad.out.contains("NOT  tables/flow.csv"), bad.out);
    assertTrue(bad.out.contains("1 of"), bad.out);
  }
}
