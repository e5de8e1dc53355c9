package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.PlanTable;
import org.blindread.workbench.Scores;
import org.blindread.workbench.cli.Blindread;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// Cells, without a kernel.
final class CellsTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  private final NotebookInMemory notebook = new NotebookInMemory();

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
    System.setProperty("blindread.root", folder.toString());
  }

  @AfterAll
  static void forgetRoot() {
    System.clearProperty("blindread.root");
  }

  @BeforeEach
  void declareVariables() {
    notebook.variables.put("model", study.model);
    notebook.variables.put(
        "images",
        List.of(TinyStudy.phantom(1, TinyStudy.SIDE), TinyStudy.phantom(2, TinyStudy.SIDE)));
  }

  private Outcome outcome(String name) {
    return (Outcome) notebook.variables.get(name);
  }

  private void assertFails(String wayOut, String cell) {
    String said =
        String.valueOf(assertThrows(CellFailure.class, () -> notebook.run(cell)).getMessage());
    assertTrue(said.contains(wayOut), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void aSecureCellBindsScoresEqualToTheTwins() throws Exception {
    notebook.run("%%plaintext --model $model --manifest images --protocol plain --out twin");
    notebook.run(
        "%%secure --model $model --manifest images --protocol 3pc --reveal hospital --out blind");
    Outcome twin = outcome("twin");
    Outcome blind = outcome("blind");
    assertEquals(List.of("pneumonia", "effusion"), blind.scores().findings());
    assertEquals(2, blind.scores().rows().size());
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(
          twin.scores().rows().get(i).values(), blind.scores().rows().get(i).values());
    }
    assertEquals(blind.scores().rows().get(1).values()[0], blind.score("image-2", "pneumonia"));
    assertTrue(blind.secure());
    assertFalse(twin.secure());
    assertTrue(blind.report().twin().orElseThrow().equal());
    assertEquals(
        Set.of("vendor>hospital", "hospital>vendor", "helper>hospital"), blind.bytes().keySet());
    assertEquals(
        Scores.read(blind.folder().resolve("scores.csv")).rows().size(),
        blind.scores().rows().size());
    assertTrue(Files.readString(blind.folder().resolve("run.json")).contains("sha256"));
    assertTrue(Files.readString(blind.folder().resolve("threat-card.txt")).contains("semi-honest"));
    assertTrue(blind.folder().startsWith(folder.resolve("runs").resolve("notebook")));
  }

  @Test
  void imagesInMemoryAreReadAsFromDisk() throws Exception {
    notebook.variables.put("named", Map.of("image-0", TinyStudy.phantom(0, TinyStudy.SIDE)));
    notebook.run("%%plaintext --model $model --manifest named --protocol plain --out memory");
    notebook.variables.put("listed", study.manifest);
    notebook.run(
        "%%plaintext --model $model --manifest listed --images 1 --protocol plain --out disk");
    assertArrayEquals(
        outcome("disk").scores().rows().getFirst().values(),
        outcome("memory").scores().rows().getFirst().values());
  }

  @Test
  void theLastValueOfTheBodyIsReadIfNothingElseIsNamed() {
    notebook.run("%%plaintext --model $model --out plain\nimages");
    assertEquals(2, outcome("plain").scores().rows().size());
  }

  @Test
  void nobodyLearnsScoresThatAreNotRevealed() {
    notebook.run("%%secure --model $model --manifest images --protocol 3pc --reveal none --out o");
    assertTrue(outcome("o").scores().rows().isEmpty());
    assertTrue(outcome("o").report().twin().orElseThrow().equal());
    assertTrue(notebook.text().contains("nobody learnt a score"), notebook.text());
  }

  @Test
  void oneBarIsReplacedAndOneLineStays() {
    notebook.run("%%secure --model $model --manifest images --protocol 3pc --reveal both");
    assertEquals(1, notebook.replaceable.size());
    Bundle last = notebook.replaceable.values().iterator().next();
    assertEquals(Set.of(Bundle.TEXT), last.data().keySet());
    assertTrue(
        String.valueOf(last.data().get(Bundle.TEXT))
            .matches("images 2/2 in .* s; images of the cleartext twin 2/2 in .* s"),
        last.toString());
  }

  @Test
  void aPlanIsATable() {
    notebook.run("%%plan --model $model --out plan");
    PlanTable plan = (PlanTable) notebook.variables.get("plan");
    assertEquals(64, plan.numbers().bits());
    assertTrue(plan.total().totalBytes() > 0);
    assertEquals(
        plan.total().totalBytes(),
        plan.rows().stream().mapToLong(row -> row.cost().totalBytes()).sum());
    assertTrue(notebook.text().contains(plan.text()), notebook.text());
  }

  @Test
  void knobsMayStandInAVariable() {
    String cell =
        "%%secure --model $model --manifest images --images 1 --protocol turnable --reveal both"
            + " --with $knobs --out blind";
    notebook.variables.put("knobs", "ot=ferret,prepare=on");
    notebook.run(cell);
    assertEquals("ot=ferret prepare=on", outcome("blind").report().json().path("knobs").asString());
    assertTrue(outcome("blind").threatCard().orElseThrow().contains("knobs: ot=ferret prepare=on"));
    notebook.variables.put("knobs", "");
    notebook.run(cell);
    assertEquals(
        "ot=softspoken prepare=off", outcome("blind").report().json().path("knobs").asString());
    notebook.variables.put("knobs", "ot=none");
    assertFails("ot must be one of", cell);
    notebook.run("%protocols");
    assertTrue(notebook.text().contains("ot=softspoken|ferret|iknp, prepare=off|on"));
  }

  @Test
  void protocolsAndModelsAreListed() {
    notebook.run("%protocols");
    notebook.run("%models " + folder);
    assertTrue(notebook.text().contains("3pc | helper, vendor, hospital"), notebook.text());
    assertTrue(notebook.text().contains("tiny.onnx | tiny"), notebook.text());
    assertTrue(notebook.text().contains("builtin:densenet121@SIZE"), notebook.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plaintext", "secure", "plan"})
  void everyCellExplainsItselfByExample(String name) {
    notebook.run("%%" + name + " --help");
    assertTrue(notebook.text().contains("Examples:\n  %%" + name), notebook.text());
  }

  /// Whoever adds an option to the command adds it to the cells.
  @Test
  void theCellsTogetherHaveTheOptionsOfTheCommand() {
    notebook.run("%%secure --help");
    notebook.run("%%plaintext --help");
    CommandLine run = Blindread.commandLine().getSubcommands().get("run");
    Set<String> missing = new TreeSet<>(run.getCommandSpec().optionsMap().keySet());
    missing.removeIf(name -> notebook.text().matches("(?s).*" + name + "[=, \\]\n].*"));
    // A cell keeps its scores and its report in a folder (--keep) and always records them; what
    // --float adds is a cell of its own, %%plaintext.
    assertEquals(Set.of("--card-template", "--float", "--json", "--ledger", "--resume"), missing);
  }

  @Test
  void whatGoesWrongIsOneSentenceWithTheWayOut() {
    String cell = "%%secure --model $model --manifest images --protocol 3pc ";
    assertFails("--reveal hospital, vendor, both or none", cell);
    assertFails("hospital, vendor, both or none", cell + "--reveal me");
    assertFails("name of a variable", cell + "--reveal both --out 1st");
    assertFails("(%%secure --help)", cell + "--reveal both --wrong");
    assertFails("'pictures'", cell.replace("images", "pictures") + "--reveal both");
    assertFails("there are: 2pc, 3pc", cell.replace("3pc", "4pc") + "--reveal both");
    assertFails("--protocol 3pc", "%%secure --model x.onnx --reveal both");
    assertFails("'none'", "%%secure --model $none --protocol 3pc");
    notebook.variables.put("images", 3);
    assertFails("not a Integer", cell + "--reveal both");
  }

  @Test
  void aFailureHasNoStack() {
    CellFailure failure =
        assertThrows(CellFailure.class, () -> notebook.run("%%plan --model nothing.onnx"));
    assertEquals(0, failure.getStackTrace().length);
    assertEquals(1, String.valueOf(failure.getMessage()).lines().count());
  }

  @Test
  void whatIsShownHasTextAndNothingFromOutside() {
    notebook.run("%%plan --model $model --out plan");
    notebook.run("%%secure --model $model --manifest images --protocol 3pc --reveal both");
    notebook.run("%protocols");
    notebook.shown.add(Displays.bundle(TinyStudy.phantom(3, 64)));
    for (Bundle bundle : notebook.shown) {
      String html = bundle.data().getOrDefault(Bundle.HTML, "");
      assertTrue(!html.isEmpty() || bundle.data().containsKey(Bundle.PNG), bundle.toString());
      assertFalse(html.matches("(?s).*(<script|https?:|src=|color:|background).*"), html);
      assertTrue(html.length() < 20_000, html.length() + " characters");
    }
  }
}
