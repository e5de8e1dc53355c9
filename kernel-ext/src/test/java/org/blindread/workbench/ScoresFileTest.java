package org.blindread.workbench;

import static org.blindread.workbench.Complaint.complaint;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresFileTest {
  private static final List<String> FINDINGS = List.of("pneumonia", "edema, mild");
  private static final String HEADER = "image,site,patient,pneumonia,\"edema, mild\"\n";

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void nameTheFile() {
    csv = folder.resolve("scores.csv");
  }

  private static ScoreRow row(String image, double... values) {
    return new ScoreRow(image, "site \"A\"", "", values);
  }

  @Test
  void aRowStandsInTheFileAsSoonAsItIsAppended() throws Exception {
    try (ScoresFile out = ScoresFile.create(csv, FINDINGS)) {
      assertEquals(HEADER, Files.readString(csv));
      out.append(row("a", -1.4257741, 0));
      assertEquals(HEADER + "a,\"site \"\"A\"\"\",,-1.4257741,0.0\n", Files.readString(csv));
      assertEquals(Set.of("a"), out.done());
    }
  }

  @Test
  void aFileIsItsOwnersAloneAlsoWhenGoneOnWith() throws Exception {
    ScoresFile.create(csv, FINDINGS).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(csv)));
    Files.setPosixFilePermissions(csv, PosixFilePermissions.fromString("rw-r--r--"));
    ScoresFile.resume(csv, FINDINGS).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(csv)));
  }

  @Test
  void everyBitOfAScoreSurvives() throws Exception {
    Random random = new Random(4);
    double[][] values = new double[200][2];
    try (ScoresFile out = ScoresFile.create(csv, FINDINGS)) {
      for (int i = 0; i < values.length; i++) {
        values[i][0] = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        values[i][1] = (float) random.nextGaussian();
        out.append(row("image-" + i, values[i]));
      }
    }
    Scores scores = Scores.read(csv);
    assertEquals(FINDINGS, scores.findings());
    for (int i = 0; i < values.length; i++) {
      assertEquals("image-" + i, scores.rows().get(i).image());
      assertEquals("site \"A\"", scores.rows().get(i).site());
      assertArrayEquals(values[i], scores.rows().get(i).values());
    }
  }

  @Test
  void aRunGoesOnWhereverItWasKilled() throws Exception {
    try (ScoresFile out = ScoresFile.create(csv, FINDINGS)) {
      out.append(row("a", 1.25, 2));
      out.append(row("b", 3, 4.5));
    }
    byte[] whole = Files.readAllBytes(csv);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(csv, Arrays.copyOf(whole, length));
      try (ScoresFile out = ScoresFile.resume(csv, FINDINGS)) {
        if (!out.done().contains("a")) {
          out.append(row("a", 1.25, 2));
        }
        if (!out.done().contains("b")) {
          out.append(row("b", 3, 4.5));
        }
      }
      assertArrayEquals(whole, Files.readAllBytes(csv), "cut to " + length + " bytes");
    }
  }

  @Test
  void resumingWhatIsNotThereBeginsIt() throws Exception {
    ScoresFile.resume(csv, FINDINGS).close();
    assertEquals(HEADER, Files.readString(csv));
  }

  @Test
  void anotherFileIsNeitherOverwrittenNorCut() throws Exception {
    Files.writeString(csv, "my thesis, without a line end");
    assertEquals(
        csv + " exists already; resume that run (--resume) or name another file",
        complaint(() -> ScoresFile.create(csv, FINDINGS).close()));
    assertEquals(
        csv
            + " was not written by such a run: its header must be "
            + HEADER.strip()
            + "; name another file",
        complaint(() -> ScoresFile.resume(csv, FINDINGS).close()));
    assertEquals("my thesis, without a line end", Files.readString(csv));
  }

  @Test
  void twoRunsDoNotWriteOneFile() throws Exception {
    ScoresFile.create(csv, FINDINGS).close();
    try (ScoresFile first = ScoresFile.resume(csv, FINDINGS)) {
      assertEquals(Set.of(), first.done());
      assertEquals(
          csv + " is being written by another run; wait for its end",
          complaint(() -> ScoresFile.resume(csv, FINDINGS).close()));
    }
    ScoresFile.resume(csv, FINDINGS).close();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path lost = folder.resolve("no/scores.csv");
    assertEquals(
        "cannot write " + lost + ": is the folder there and yours?",
        complaint(() -> ScoresFile.create(lost, FINDINGS).close()));
    assertEquals(
        "cannot read " + lost + ": no such file, or not readable",
        complaint(() -> Scores.read(lost)));
  }

  @Test
  void scoresThatCannotBeWrittenAreRefused() throws Exception {
    try (ScoresFile out = ScoresFile.create(csv, FINDINGS)) {
      assertEquals(
          "the model gives image 'a' a score that is not a finite number",
          complaint(() -> out.append(row("a", 1, Double.NaN))));
      assertThrows(IllegalArgumentException.class, () -> out.append(row("a", 1)));
      out.append(row("a", 1, 2));
      assertThrows(IllegalStateException.class, () -> out.append(row("a", 1, 2)));
    }
    assertThrows(IllegalArgumentException.class, () -> row("", 1));
    assertThrows(IllegalArgumentException.class, () -> row("a\nb", 1));
  }

  @Test
  void aDamagedFileIsNamedWithRowAndColumn() throws Exception {
    Files.writeString(csv, "image,site,patient,x\na,,,1\nb,,,one\n");
    assertEquals(
        csv + ", row 3, column 'x': 'one' is not a number", complaint(() -> Scores.read(csv)));
    Files.writeString(csv, "image,site,patient,x\na,,,1\nb,,\n");
    assertEquals(
        csv + ", row 3: 3 cells, but the header has 4 columns", complaint(() -> Scores.read(csv)));
    Files.writeString(csv, "image,site,patient,x\na,,,1\na,,,1\n");
    assertEquals(
        csv + ", row 3: image 'a' has scores in row 2 already", complaint(() -> Scores.read(csv)));
    Files.writeString(csv, "image,site,patient,x\n,,,1\n");
    assertEquals(
        csv + ", row 2: a score belongs to an image with a name",
        complaint(() -> Scores.read(csv)));
    Files.writeString(csv, "path,image\n");
    assertEquals(
        csv + " holds no scores: its header must be image,site,patient and the findings",
        complaint(() -> Scores.read(csv)));
  }
}
