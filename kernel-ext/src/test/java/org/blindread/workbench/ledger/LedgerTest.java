package org.blindread.workbench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.blindread.data.Finding;
import org.blindread.data.Labels;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final String REPORT =
      """
      {"protocol": "3pc", "images": 2,
       "seconds": {"cold": 2.5, "median": 1.25, "wall": 4.0, "images": [2.5, 1.25],
                   "perKind": {"relu": 0.75},
                   "perLayer": [{"layer": "r1", "kind": "relu", "seconds": 0.75, "rounds": 3,
                                 "bytes": {"vendor>hospital": 10, "hospital>vendor": 5}}]},
       "bytes": {"vendor>hospital": 10, "hospital>vendor": 5},
       "sessionBytes": {"helper>hospital": 7}, "rounds": 3,
       "twin": {"equal": true, "maxUlp": 0, "compared": 2, "images": 2},
       "overflows": [], "warnings": [],
       "provenance": {"sha256": {"model": "ab"}, "versions": {"java": "25"}, "cpu": "a cpu",
                      "processors": 2, "system": "Linux amd64"}}
      """;

  @TempDir private Path folder;

  private Outcome outcome(double... values) {
    return new Outcome(
        "model, 3pc",
        new Scores(
            List.of("edema", "effusion"),
            List.of(
                new ScoreRow("b", "site", "p", new double[] {values[0], values[1]}),
                new ScoreRow("a", "", "", new double[] {values[2], values[3]}))),
        SavedReport.parse(REPORT),
        Optional.of("a card"),
        Optional.of(folder.resolve("run/manifest.csv").toString()),
        folder.resolve("run"));
  }

  @Test
  void everyBitOfAScoreComesBack() throws Exception {
    // SQLite knows no negative zero, which equals zero.
    double[] values = {Math.PI, Double.MIN_VALUE, -0x1p-1030, Math.nextDown(Double.MAX_VALUE)};
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.record(outcome(0, 0, 0, 0), ImageLog.in(folder));
      ledger.record(outcome(values), ImageLog.in(folder));
    }
    try (Ledger ledger = Ledger.existing(folder)) {
      assertEquals(List.of("run"), ledger.runs(), "recorded again, a run is there once");
      Scores scores = ledger.outcome("run").orElseThrow().scores();
      assertEquals(List.of("edema", "effusion"), scores.findings());
      assertEquals(List.of("b", "a"), scores.rows().stream().map(ScoreRow::image).toList());
      for (int i = 0; i < values.length; i++) {
        assertEquals(
            Double.doubleToRawLongBits(values[i]),
            Double.doubleToRawLongBits(scores.rows().get(i / 2).values()[i % 2]));
      }
    }
  }

  @Test
  void whatEachImageTookIsKeptTheLastReadingOfEach() throws Exception {
    ImageLog log =
        log("vendor,b,1.5,3,1000,10,5", "vendor,a,2.5,3,,10,5", "vendor,b,0.5,4,2000,7,5");
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.record(outcome(1, 2, 3, 4), log);
      Map<String, Long> bytes = Map.of("vendor>hospital", 10L, "hospital>vendor", 5L);
      Map<String, Long> again = Map.of("vendor>hospital", 7L, "hospital>vendor", 5L);
      assertEquals(
          List.of(
              new ImageCost("vendor", "a", 2.5, 3, OptionalLong.empty(), bytes),
              new ImageCost("vendor", "b", 0.5, 4, OptionalLong.of(2000), again)),
          ledger.log("run"));
      assertEquals(List.of(), ledger.log("another"));
      assertEquals(List.of(3L, 4L), numbers("SELECT count(*), sum(rounds) FROM layer_cost"));
      assertEquals(
          List.of(30L, 15L),
          numbers("SELECT sum(sent_bytes), sum(received_bytes) FROM layer_cost"));
      ledger.record(outcome(1, 2, 3, 4), ImageLog.in(folder.resolve("none")));
      assertEquals(List.of(), ledger.log("run"));
      assertEquals(List.of(0L), numbers("SELECT count(*) FROM layer_cost"));
      assertEquals(List.of(0L), numbers("SELECT count(*) FROM image_link"));
    }
  }

  private ImageLog log(String... images) throws Exception {
    ImageLog log = ImageLog.in(folder);
    String links = "vendor>hospital,hospital>vendor\n";
    Files.writeString(
        log.images(),
        "party,image,seconds,rounds,peak_memory_bytes," + links + String.join("\n", images) + "\n");
    Files.writeString(
        log.layers(),
        "party,image,number,layer,kind,seconds,rounds,"
            + links
            + "vendor,b,0,r1,relu,0.5,3,1,1\n"
            + "vendor,b,0,r1,relu,0.25,2,10,5\n"
            + "vendor,b,1,r2,relu,0.25,1,10,5\n"
            + "vendor,a,0,r1,relu,0.75,1,10,5\n");
    return log;
  }

  private List<Long> numbers(String query) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Ledger.FILE));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<Long> numbers = new ArrayList<>();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        numbers.add(row.getLong(i));
      }
      return numbers;
    }
  }

  @Test
  void aLedgerOfTheFirstVersionGetsTheTablesItLacks() throws Exception {
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.record(outcome(1, 2, 3, 4), ImageLog.in(folder));
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Ledger.FILE));
        Statement statement = connection.createStatement()) {
      for (String table : List.of("image_cost", "image_link", "layer_cost")) {
        statement.execute("DROP TABLE " + table);
      }
      statement.execute("PRAGMA user_version = 1");
    }
    try (Ledger ledger = Ledger.existing(folder)) {
      assertEquals(2, ledger.outcome("run").orElseThrow().scores().rows().size());
      assertEquals(List.of(), ledger.log("run"));
      assertEquals(List.of(2L), numbers("PRAGMA user_version"));
    }
  }

  @Test
  void aMovedFolderKeepsWhatLiesBelowIt() throws Exception {
    Path here = Files.createDirectory(folder.resolve("here"));
    try (Ledger ledger = Ledger.open(here)) {
      Outcome outcome = outcome(1, 2, 3, 4);
      ledger.record(
          new Outcome(
              outcome.name(),
              outcome.scores(),
              outcome.report(),
              outcome.threatCard(),
              Optional.of(here.resolve("run/manifest.csv").toString()),
              here.resolve("run")),
          ImageLog.in(here));
    }
    Path there = Files.move(here, folder.resolve("there"));
    try (Ledger ledger = Ledger.existing(there)) {
      Outcome moved = ledger.outcome("run").orElseThrow();
      assertEquals(there.resolve("run"), moved.folder());
      assertEquals(Optional.of(there.resolve("run/manifest.csv").toString()), moved.cohort());
    }
  }

  @Test
  void labelsComeBackAlsoWhereNothingWasSaid() throws Exception {
    List<Finding> findings = List.of(new Finding("edema"), new Finding("effusion"));
    Truth truth =
        new Truth(
            findings,
            List.of(
                new TruthRow("z", "s", "p", new Labels(findings, "1?")),
                new TruthRow("y", "", "", new Labels(findings, "-0"))));
    try (Ledger ledger = Ledger.open(folder)) {
      assertEquals(Optional.empty(), ledger.truth());
      ledger.record(truth);
      ledger.record(truth);
      assertEquals(Optional.of(truth), ledger.truth());
    }
  }

  @Test
  void declarationsAndExhibitsAreKeptByName() throws Exception {
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.declare(Map.of("margin", "0.01"));
      ledger.declare(Map.of("margin", "0.02"));
      assertEquals(Map.of("margin", "0.02"), ledger.declared());
      ledger.exhibit(Map.of("figures/a.png", "00", "figures/b.png", "01"));
      ledger.exhibit(Map.of("figures/a.png", "02"));
      assertEquals(Map.of("figures/a.png", "02", "figures/b.png", "01"), ledger.exhibits());
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    Ledger.open(folder).close();
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(Ledger.FILE))));
  }

  @Test
  void whatIsNoLedgerIsRefused() throws Exception {
    WorkbenchException none = assertThrows(WorkbenchException.class, () -> Ledger.existing(folder));
    assertTrue(String.valueOf(none.getMessage()).contains("holds no results.sqlite"));
    Files.writeString(folder.resolve(Ledger.FILE), "not a database, but long enough ".repeat(40));
    WorkbenchException other =
        assertThrows(WorkbenchException.class, () -> Ledger.existing(folder));
    assertTrue(String.valueOf(other.getMessage()).contains("cannot be used"), other.getMessage());
  }
}
