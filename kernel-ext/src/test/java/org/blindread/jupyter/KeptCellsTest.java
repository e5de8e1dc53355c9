package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blindread.data.Cohort;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.cli.TinyStudy;
import org.blindread.workbench.ledger.Ledger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cells whose folder keeps the run.
final class KeptCellsTest {
  private static final String SECURE = " --protocol 3pc --reveal hospital";

  @TempDir private Path folder;
  private final NotebookInMemory notebook = new NotebookInMemory();

  @BeforeEach
  void declareVariables() throws Exception {
    TinyStudy study = TinyStudy.in(Files.createDirectory(folder.resolve("study")));
    Cohort cohort = Cohort.read(study.manifest);
    notebook.variables.put("model", study.model);
    notebook.variables.put("cohort", cohort);
    notebook.variables.put("four", cohort.samplePerSite(2, 1));
    notebook.variables.put("ten", cohort.samplePerSite(5, 1));
    notebook.variables.put("run", folder.resolve("run"));
  }

  private Outcome secure(String images, String options) {
    notebook.run(
        "%%secure --model $model --cohort "
            + images
            + " --keep $run/secure"
            + SECURE
            + options
            + " --out o");
    return (Outcome) notebook.variables.get("o");
  }

  private Outcome twin(String images) {
    notebook.run(
        "%%plaintext --model $model --cohort "
            + images
            + " --keep $run/twin --protocol plain"
            + " --out o");
    return (Outcome) notebook.variables.get("o");
  }

  private static void assertSameScores(Outcome expected, Outcome actual) {
    assertEquals(names(expected), names(actual));
    for (int i = 0; i < expected.scores().rows().size(); i++) {
      assertArrayEquals(
          expected.scores().rows().get(i).values(), actual.scores().rows().get(i).values());
    }
  }

  private static List<String> names(Outcome outcome) {
    return outcome.scores().rows().stream().map(ScoreRow::image).toList();
  }

  /// What each image took at each party stands in the run's folder and in the database.
  private void assertLogged(Outcome outcome) throws Exception {
    List<ImageCost> rows = new ArrayList<>();
    ImageLog.in(outcome.folder()).images(rows::add);
    for (String party : List.of("helper", "hospital", "vendor")) {
      assertEquals(
          Set.copyOf(names(outcome)),
          rows.stream()
              .filter(row -> row.party().equals(party))
              .map(ImageCost::image)
              .collect(Collectors.toSet()));
    }
    assertEquals(3 * outcome.scores().rows().size(), rows.size());
    try (Ledger ledger = Ledger.existing(folder.resolve("run"))) {
      assertEquals(rows, ledger.log("secure"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --parties processes --party-heap 300m"})
  void anImageThatWasReadIsNotReadAgain(String parties) throws Exception {
    Path part = folder.resolve("run/secure/parts/1.csv");
    Outcome four = secure("four", parties);
    byte[] first = Files.readAllBytes(part);
    Outcome again = secure("four", parties);
    assertSameScores(four, again);
    assertEquals(four.report().toJson(), again.report().toJson());
    assertLogged(four);

    Outcome ten = secure("ten", parties);
    assertArrayEquals(first, Files.readAllBytes(part));
    assertEquals(10, ten.scores().rows().size());
    assertLogged(ten);
    assertTrue(ten.report().images() >= 10);
    assertTrue(ten.report().twin().orElseThrow().compared() >= 10);
    assertTrue(ten.report().twin().orElseThrow().equal());
    assertEquals(four.bytes(), ten.bytes());
    assertSameScores(twin("ten"), ten);
  }

  @Test
  void aStoppedCellGoesOn() throws Exception {
    Path part = folder.resolve("run/secure/parts/1.csv");
    Outcome whole = secure("ten", "");
    List<String> lines = Files.readAllLines(part);
    Files.write(part, lines.subList(0, 4));
    Files.delete(part.resolveSibling("1.json"));
    Outcome again = secure("ten", "");
    assertSameScores(whole, again);
    assertEquals(lines.subList(0, 4), Files.readAllLines(part).subList(0, 4));
    assertTrue(again.report().twin().orElseThrow().equal());
    assertEquals(10, again.report().twin().orElseThrow().compared());
  }

  @Test
  void aStoppedCellGoesOnBeforeItReadsMore() throws Exception {
    Path part = folder.resolve("run/twin/parts/1.csv");
    Outcome whole = twin("cohort");
    delete(folder.resolve("run/twin"));
    Outcome four = twin("four");
    Files.write(part, Files.readAllLines(part).subList(0, 2));
    Files.delete(part.resolveSibling("1.json"));
    Outcome all = twin("cohort");
    assertSameScores(whole, all);
    assertEquals(
        names(four).stream().sorted().toList(),
        Files.readAllLines(part).stream()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .sorted()
            .toList());
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void anotherModelIsRefusedByName() throws Exception {
    secure("four", "");
    Path model = (Path) notebook.variables.get("model");
    Files.write(model, TinyStudy.network(8));
    String said =
        String.valueOf(assertThrows(CellFailure.class, () -> secure("four", "")).getMessage());
    assertTrue(said.contains("another model"), said);
  }

  @Test
  void everyRunStandsInTheLedgerBesideIt() throws Exception {
    Outcome four = secure("four", "");
    Outcome twin = twin("four");
    try (Ledger ledger = Ledger.existing(folder.resolve("run"))) {
      assertEquals(List.of("secure", "twin"), ledger.runs());
      Outcome read = ledger.outcome("secure").orElseThrow();
      assertSameScores(four, read);
      assertEquals(four.report().toJson(), read.report().toJson());
      assertEquals(four.threatCard(), read.threatCard());
      assertEquals(four.cohort(), read.cohort());
      assertEquals(Optional.empty(), ledger.outcome("twin").orElseThrow().threatCard());
      assertEquals(twin.name(), ledger.outcome("twin").orElseThrow().name());
      assertEquals(Optional.empty(), ledger.outcome("nothing"));
    }
  }
}
