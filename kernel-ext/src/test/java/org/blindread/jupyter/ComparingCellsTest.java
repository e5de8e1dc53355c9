package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.SiteResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `%%compare` and `%%cohort`, without a kernel.
final class ComparingCellsTest {
  @TempDir private static Path folder;
  private static TinyStudy study;
  private static final NotebookInMemory READ = new NotebookInMemory();

  private final NotebookInMemory notebook = new NotebookInMemory();

  @BeforeAll
  static void readImages() throws Exception {
    study = TinyStudy.in(folder);
    System.setProperty("blindread.root", folder.toString());
    READ.variables.put("model", study.model);
    READ.variables.put("listed", study.manifest);
    READ.run("%%plaintext --model $model --cohort listed --out plain");
    READ.run("%%plaintext --model $model --cohort listed --protocol plain --out twin");
    READ.run(
        "%%secure --model $model --cohort listed --images 14 --protocol 3pc --reveal hospital --out"
            + " blind");
    READ.run(
        "%%secure --model $model --cohort listed --images 1 --protocol 3pc --reveal none --out"
            + " hidden");
  }

  @AfterAll
  static void forgetRoot() {
    System.clearProperty("blindread.root");
  }

  @BeforeEach
  void takeOver() {
    notebook.variables.putAll(READ.variables);
  }

  private Comparison comparison(String name) {
    return (Comparison) notebook.variables.get(name);
  }

  private void assertFails(String wayOut, String cell) {
    String said =
        String.valueOf(assertThrows(CellFailure.class, () -> notebook.run(cell)).getMessage());
    assertTrue(said.contains(wayOut), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void twoOutcomesAreComparedAgainstTheTruthOfTheirCohort() {
    notebook.run("%%compare plain twin --by site --margin 0.05 --rationale why --out compared");
    Comparison compared = comparison("compared");
    assertEquals("plain", compared.names().plain());
    assertEquals("twin", compared.names().secure());
    assertEquals(
        List.of(SiteResult.ALL, SiteResult.STRATIFIED, "site-0", "site-1"),
        compared.lines().stream().map(SiteResult::site).toList());
    assertEquals(TinyStudy.IMAGES, compared.findings().getFirst().all().cases().size());
    assertEquals("why", compared.settings().margin().orElseThrow().rationale());
    String html = notebook.shown.getFirst().data().getOrDefault(Bundle.HTML, "");
    assertTrue(html.contains("AUROC twin") && html.contains("at ±0.05"), html);
    assertTrue(html.contains("all: ") && html.contains("verdicts by site"), html);
    assertTrue(notebook.text().contains(compared.toString()), notebook.text());
  }

  @Test
  void fourFiguresFollowEachWithItsCaption() {
    notebook.run("%%compare plain twin");
    List<Bundle> figures = notebook.shown.subList(1, notebook.shown.size());
    assertEquals(8, figures.size());
    for (int i = 0; i < figures.size(); i += 2) {
      String caption = figures.get(i + 1).data().getOrDefault(Bundle.TEXT, "");
      assertTrue(figures.get(i).data().getOrDefault(Bundle.TEXT, "").endsWith(caption), caption);
      byte[] png = Base64.getDecoder().decode(figures.get(i).data().getOrDefault(Bundle.PNG, ""));
      assertTrue(png.length > 10_000 && png.length < 300_000, png.length + " bytes");
    }
  }

  @Test
  void aSecureSampleIsComparedByCommon() {
    assertFails(
        "'blind' read 14 of the 40 images of 'plain'; compare these by --common",
        "%%compare plain blind");
    notebook.run("%%compare plain blind --common --out compared");
    assertEquals(14, comparison("compared").findings().getFirst().all().cases().size());
    assertTrue(
        comparison("compared").notices().getFirst().startsWith("26 images have plain scores only"));
  }

  @Test
  void filesAndScoresAreComparedAgainstATruthThatIsNamed() throws Exception {
    Outcome twin = (Outcome) notebook.variables.get("twin");
    notebook.variables.put("scores", twin.scores());
    assertFails("give --truth", "%%compare scores scores");
    Path file = Files.copy(twin.folder().resolve("scores.csv"), folder.resolve("copied.csv"));
    notebook.variables.put("cohort", Cohort.read(study.manifest));
    notebook.run("%%compare scores " + file + " --truth cohort --out one");
    notebook.run("%%compare plain twin --truth $listed --out two");
    assertEquals("copied", comparison("one").names().secure());
    assertEquals(
        comparison("two").findings().getFirst().all().areas().secure(),
        comparison("one").findings().getFirst().all().areas().secure());
  }

  @Test
  void tableNumbersAndFiguresAreWrittenWhereOneSays() throws Exception {
    Path json = folder.resolve("c.json");
    Path figures = folder.resolve("figures");
    notebook.run("%%compare plain twin --json " + json + " --figures " + figures);
    assertTrue(Files.readString(json).contains("\"certificate\""));
    assertTrue(Files.exists(figures.resolve("roc.svg")));
  }

  @Test
  void whatGoesWrongIsOneSentenceWithTheWayOut() {
    assertFails("--reveal hospital", "%%compare plain hidden");
    assertFails("'nothing'", "%%compare plain nothing");
    notebook.variables.put("images", 3);
    assertFails("'images' is a Integer", "%%compare plain images");
    assertFails("--margin is a difference", "%%compare plain twin --margin 7");
    assertFails("name of a variable", "%%compare plain twin --out 1st");
    assertFails("(%%compare --help)", "%%compare plain");
    assertFails("no cohort 'nowhere.csv'", "%%compare plain twin --truth nowhere.csv");
    assertFails("say which cohort", "%%cohort");
    assertFails("--images is 0 to 12", "%%cohort --cohort embedded --images 99");
    assertFails("not a Outcome", "%%cohort --cohort twin");
    assertFails("--exclude is for a manifest's file", "%%cohort --cohort embedded --exclude");
  }

  @Test
  void aCohortIsCountedBySiteAndShown() {
    notebook.run("%%cohort --cohort embedded --images 1 --out cohort");
    Cohort cohort = (Cohort) notebook.variables.get("cohort");
    assertTrue(cohort.synthetic());
    assertEquals(2, notebook.shown.size());
    String html = notebook.shown.getFirst().data().getOrDefault(Bundle.HTML, "");
    for (String site : cohort.sites()) {
      assertTrue(html.contains(site), site);
    }
    assertTrue(html.contains(Cohorts.SYNTHETIC), html);
    byte[] sheet =
        Base64.getDecoder().decode(notebook.shown.get(1).data().getOrDefault(Bundle.PNG, ""));
    assertTrue(sheet.length > 20_000 && sheet.length <= 300_000, sheet.length + " bytes");
    notebook.variables.put("part", cohort.where(study -> study.sex().equals(Optional.of("F"))));
    notebook.run("%%cohort --cohort part --site mesa --images 0 --out women");
    assertEquals(List.of("mesa"), ((Cohort) notebook.variables.get("women")).sites());
    notebook.run("%%cohort --images 0 --out made\npart");
    assertEquals(notebook.variables.get("part"), notebook.variables.get("made"));
  }

  @Test
  void imagesLeftOutAreCountedBySite() throws Exception {
    Path some = folder.resolve("some.csv");
    List<String> lines = Files.readAllLines(study.manifest);
    Files.write(
        some,
        List.of(
            lines.get(0),
            lines.get(1),
            lines.get(2),
            lines.get(2),
            lines.get(3).replace("p2.png", "gone.png")));
    notebook.run("%%cohort --cohort " + some + " --exclude --images 0 --out kept");
    assertEquals(2, ((Cohort) notebook.variables.get("kept")).size());
    String html = notebook.shown.get(1).data().getOrDefault(Bundle.HTML, "");
    assertTrue(html.contains("file missing") && html.contains("listed twice"), html);
    CellFailure refused =
        assertThrows(CellFailure.class, () -> notebook.run("%%cohort --cohort " + some));
    assertTrue(String.valueOf(refused.getMessage()).contains("gone.png"), refused.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare", "cohort"})
  void everyCellExplainsItselfByExample(String name) {
    notebook.run("%%" + name + " --help");
    assertTrue(notebook.text().contains("Examples:\n  %%" + name), notebook.text());
  }

  @Test
  void whatIsShownHasNothingFromOutside() {
    notebook.run("%%compare plain twin --by site --margin 0.05");
    notebook.run("%%cohort --cohort listed --images 1");
    for (Bundle bundle : notebook.shown) {
      String html = bundle.data().getOrDefault(Bundle.HTML, "");
      assertFalse(html.matches("(?s).*(<script|https?:|src=|color:|background).*"), html);
      assertTrue(html.length() < 20_000, html.length() + " characters");
    }
  }
}
