package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CohortReadTest {
  private static final Finding PNEUMONIA = new Finding("pneumonia");

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void twoImagesLieBeside() throws IOException {
    csv = folder.resolve("manifest.csv");
    Files.createDirectory(folder.resolve("a"));
    Files.writeString(folder.resolve("a/one.png"), "");
    Files.writeString(folder.resolve("a/two.x.png"), "");
  }

  private Cohort read(String text, String... findings) throws Exception {
    Files.writeString(csv, text);
    return Intake.read(csv, asking(findings)).cohort();
  }

  private static ManifestOptions asking(String... findings) {
    return ManifestOptions.asking(Stream.of(findings).map(Finding::new).toList());
  }

  private String complaint(String text, String... findings) {
    var e = assertThrows(DatasetException.class, () -> read(text, findings));
    return String.valueOf(e.getMessage()).replace(csv.toString(), "M");
  }

  @Test
  void allColumnsAreRead() throws Exception {
    Cohort cohort =
        read(
            """
            path,image,patient,site,view,sex,age,split,country,pneumonia,edema
            a/one.png,i1,p1,"Ulm, north",PA,F,61.5,train,Germany,1,-1
            a/two.x.png,i2,,,,,,,India,0,
            """);
    assertEquals(List.of(PNEUMONIA, new Finding("edema")), cohort.findings());
    assertEquals(List.of("country"), cohort.subgroups());
    Study first = cohort.studies().getFirst();
    assertEquals(2, first.row());
    assertEquals("i1", first.image());
    assertEquals(Optional.of("p1"), first.patient());
    assertEquals(Optional.of("Ulm, north"), first.site());
    assertEquals(Optional.of("PA"), first.view());
    assertEquals(Optional.of("F"), first.sex());
    assertEquals(OptionalDouble.of(61.5), first.age());
    assertEquals(Optional.of("train"), first.attribute("split"));
    assertEquals(Optional.of(Label.PRESENT), first.label(PNEUMONIA));
    assertEquals(Optional.of(Label.UNCERTAIN), first.label(new Finding("edema")));
    Study second = cohort.studies().getLast();
    assertEquals(
        Optional.of(folder.resolve("a/two.x.png").toAbsolutePath().normalize()),
        second.pixels().file());
    assertEquals(Optional.empty(), second.patient());
    assertEquals(OptionalDouble.empty(), second.age());
    assertEquals(Optional.of("India"), second.attribute("country"));
    assertEquals(Optional.of(Label.ABSENT), second.label(PNEUMONIA));
    assertEquals(Optional.empty(), second.label(new Finding("edema")));
  }

  @Test
  void theImageIsNamedByItsFileUnlessAColumnNamesIt() throws Exception {
    assertEquals(
        List.of("one", "two.x"),
        read("path\na/one.png\na/two.x.png\n").studies().stream().map(Study::image).toList());
    assertEquals(
        List.of("one", "z"),
        read("image,path\n,a/one.png\nz,a/two.x.png\n").studies().stream()
            .map(Study::image)
            .toList());
  }

  @Test
  void anEmptyColumnIsASubgroupUnlessItIsAskedForAsAFinding() throws Exception {
    String text = "path,pneumonia\na/one.png,\n";
    assertEquals(List.of(), read(text).findings());
    assertEquals(List.of(PNEUMONIA), read(text, "pneumonia", "edema").findings());
  }

  @Test
  void aMissingImageIsNamedWithItsRow() {
    assertEquals(
        "M: row 3, column 'path': no readable file; looked at " + folder.resolve("a/three.png"),
        complaint("path\na/one.png\na/three.png\n"));
    assertEquals(
        "M: row 2, column 'path': is empty; it names the image's file, relative to the manifest",
        complaint("path,site\n,x\n"));
    assertEquals(
        "M: row 2, column 'path': no readable file; looked at " + folder.resolve("a"),
        complaint("path\na\n"));
  }

  @Test
  void faultsAreReportedTogetherUpToTen() {
    assertEquals(
        """
        M: row 2, column 'age': an age is a number of years from 0 to 150, not '058Y'
        M: row 2, column 'pneumonia': a finding is 1, 0, -1 (uncertain) or empty, not '2'
        M: row 3, column 'image': 'i' is already in row 2; give each image its own name
        M: row 3, column 'age': an age is a number of years from 0 to 150, not '-1'\
        """,
        sorted(
            complaint(
                "path,image,age,pneumonia\na/one.png,i,058Y,2\na/two.x.png,i,-1,\n", "pneumonia")));
    String many = complaint("path\n" + "b.png\n".repeat(22));
    assertEquals(11, many.lines().count());
    assertTrue(many.endsWith("\n… and 12 more"), many);
  }

  /// The order within a row is the columns' order; sorting makes the text above easy to read.
  private static String sorted(String lines) {
    return String.join(
        "\n",
        lines
            .lines()
            .sorted(
                java.util.Comparator.comparing((String line) -> line.substring(0, 8))
                    .thenComparing(line -> line.contains("'pneumonia'"))
                    .thenComparing(line -> line.contains("'age'")))
            .toList());
  }

  @Test
  void aBrokenHeaderIsNamed() {
    assertEquals(
        "M: row 1: no column 'path'; it gives each image's file, relative to the manifest; found:"
            + " file, site",
        complaint("file,site\nx,y\n"));
    assertEquals("M: row 1: two columns are named 'site'", complaint("path,site,site\nx,y,z\n"));
    assertEquals("M: row 1: column 2 has no name", complaint("path,,site\nx,y,z\n"));
    assertEquals(
        "M is empty; a manifest begins with a header such as path,image,patient,site",
        complaint(""));
    assertEquals("M: no image is listed under the header", complaint("path,site\n"));
  }

  @Test
  void aRowOfAnotherLengthAndControlCharactersAreNamed() {
    assertEquals(
        "M: row 3: 1 cells, but the header has 2 columns",
        complaint("path,site\na/one.png,u\na/two.x.png\n"));
    assertEquals(
        "M: row 2, column 'site': holds a control character",
        complaint("path,site\na/one.png,u\u001B[2J\n"));
    assertEquals(
        "M: row 2, column 'image': a cell has at most 256 characters",
        complaint("path,image\na/one.png," + "x".repeat(257) + "\n"));
  }

  @Test
  void theManifestOfTheRealImagesIsRead() throws Exception {
    Path real = Path.of("../../shared/data/images/eval128/manifest.csv");
    assumeTrue(Files.exists(real), "skipped: no ../shared/data");
    Cohort cohort = Cohort.read(real);
    assertEquals(878, cohort.size());
    assertEquals("eval128", cohort.name());
    assertFalse(cohort.synthetic());
    assertEquals(List.of(PNEUMONIA), cohort.findings());
    assertEquals(List.of("country"), cohort.subgroups());
    assertTrue(cohort.patients() <= 878);
    GreyImage image = cohort.studies().getFirst().read();
    assertEquals(128, image.width());
    assertEquals(128, image.height());
  }
}
