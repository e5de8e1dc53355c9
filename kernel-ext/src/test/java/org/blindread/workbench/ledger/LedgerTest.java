package org.blindread.workbench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.data.Finding;
import org.blindread.data.Labels;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;
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
      ledger.record(outcome(0, 0, 0, 0));
      ledger.record(outcome(values));
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
              here.resolve("run")));
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
