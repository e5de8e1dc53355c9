package org.blindread.data;

import static org.blindread.data.Cohorts.EDEMA;
import static org.blindread.data.Cohorts.PNEUMONIA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
  @TempDir Path folder;

  private String complaint(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    var e = assertThrows(DatasetException.class, () -> Truth.read(file));
    return String.valueOf(e.getMessage()).replace(file.toString(), "T");
  }

  @Test
  void aTableIsWrittenAsTheProductSaysAndReadBack() throws Exception {
    var truth =
        new Truth(
            List.of(PNEUMONIA, EDEMA),
            List.of(
                new TruthRow("a", "Ulm, north", "p", new Labels(List.of(PNEUMONIA, EDEMA), "1-")),
                new TruthRow("b", "", "", new Labels(List.of(PNEUMONIA, EDEMA), "?0"))));
    Path file = folder.resolve("truth.csv");
    truth.write(file);
    assertEquals(
        "image,site,patient,pneumonia,edema\na,\"Ulm, north\",p,1,\nb,,,-1,0\n",
        Files.readString(file));
    assertEquals(truth, Truth.read(file));
    Cohort cohort = Cohorts.random(3, 100);
    cohort.truth().write(file);
    assertEquals(cohort.truth(), Truth.read(file));
  }

  @Test
  void mistakesAreNamedWithTheirRow() throws Exception {
    assertEquals(
        "T holds no truth: its header must be image,site,patient and the findings",
        complaint("image,patient,site,x\n"));
    assertEquals(
        "T: row 1: two columns are named 'x'", complaint("image,site,patient,x,x\na,b,c,1,1\n"));
    assertEquals(
        "T: row 1: 'age' cannot name a finding: a manifest's column of that name means something"
            + " else",
        complaint("image,site,patient,age\n"));
    assertEquals(
        """
        T: row 2, column 'x': a finding is 1, 0, -1 (uncertain) or empty, not '0.7'
        T: row 3: image 'a' is already in row 2
        T: row 4: 3 cells, but the header has 4 columns
        T: row 5, column 'image': is empty\
        """,
        complaint("image,site,patient,x\na,,,0.7\na,,,1\nb,,\n,,,1\n"));
  }
}
