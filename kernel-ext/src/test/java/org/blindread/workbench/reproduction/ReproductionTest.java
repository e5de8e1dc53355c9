package org.blindread.workbench.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.cli.TinyStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReproductionTest {
  @TempDir private Path folder;
  private final StringWriter console = new StringWriter();

  private Reproduction run(TinyStudy study) throws Exception {
    Reproduction.Order order =
        new Reproduction.Order(
            folder.resolve("runs"),
            study.manifest.toString(),
            study.model,
            OptionalInt.of(4),
            Margin.prespecified(0.02, "a test"));
    return Reproduction.run(order, new PrintWriter(console));
  }

  @Test
  void everythingIsMadeOnceAndFoundAgain() throws Exception {
    TinyStudy study = TinyStudy.in(Files.createDirectory(folder.resolve("study")));
    Reproduction first = run(study);
    assertTrue(first.equal(), first.toString());
    assertEquals(TinyStudy.IMAGES, first.twin().rows().size());
    assertEquals(4, first.secure().rows().size());
    assertTrue(first.toString().contains("equal to the twin bit for bit on 4 of 4: yes"));
    assertTrue(first.toString().contains("at ±0.02"), first.toString());
    assertFalse(first.toString().contains("SYNTHETIC"), "the manifest does not say so");
    String report = Files.readString(first.folder().resolve("report.txt"));
    assertFalse(console.toString().contains("found in"), console.toString());

    Reproduction second = run(study);
    assertEquals(3, console.toString().lines().filter(line -> line.contains("found in")).count());
    assertEquals(report, Files.readString(second.folder().resolve("report.txt")));
    assertEquals(first.comparison().toJson(), second.comparison().toJson());
  }

  @Test
  void aStoppedRunGoesOn() throws Exception {
    TinyStudy study = TinyStudy.in(Files.createDirectory(folder.resolve("study")));
    Reproduction whole = run(study);
    Path twin = whole.folder().resolve("plain.csv");
    String scores = Files.readString(twin);
    Files.write(twin, Files.readAllLines(twin).subList(0, 20));
    Files.delete(whole.folder().resolve("plain.csv.json"));
    Reproduction again = run(study);
    assertEquals(
        scores.lines().sorted().toList(), Files.readString(twin).lines().sorted().toList());
    assertEquals(whole.comparison().toJson(), again.comparison().toJson());
  }
}
