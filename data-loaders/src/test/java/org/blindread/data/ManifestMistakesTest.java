package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.blindread.data.ManifestOptions.Faults;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every mistake that a manifest can hold gives a sentence that names file and row.
class ManifestMistakesTest {
  private static final Finding PNEUMONIA = new Finding("pneumonia");

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void threeImagesLieBeside() throws IOException {
    csv = folder.resolve("manifest.csv");
    for (int i = 1; i <= 3; i++) {
      short[] samples = new short[64];
      Arrays.setAll(new int[64], x -> samples[x] = (short) (3 * x));
      CohortFolder.writePng(new GreyImage(8, 8, 8, samples), folder.resolve("%d.png".formatted(i)));
    }
  }

  private Intake read(String text, ManifestOptions options) throws Exception {
    Files.writeString(csv, text);
    return Intake.read(csv, options);
  }

  private String complaint(String text) {
    return complaint(text, ManifestOptions.asking(List.of(PNEUMONIA)));
  }

  private String complaint(String text, ManifestOptions options) {
    var e = assertThrows(DatasetException.class, () -> read(text, options));
    return String.valueOf(e.getMessage())
        .replace(csv.toString(), "M")
        .replace(folder.toString(), "F");
  }

  @Test
  void aMissingFile() {
    assertEquals(
        "M: row 3, column 'path': no readable file; looked at F/4.png",
        complaint("path\n1.png\n4.png\n"));
  }

  @Test
  void aNameGivenTwice() {
    assertEquals(
        "M: row 3, column 'image': 'x' is already in row 2; give each image its own name",
        complaint("path,image\n1.png,x\n2.png,x\n"));
  }

  @Test
  void aFileListedUnderTwoNames() {
    assertEquals(
        "M: row 4, column 'path': the file is already in row 2; list each image once: F/1.png",
        complaint("path,image\n1.png,x\n2.png,y\n./1.png,z\n"));
  }

  @Test
  void aLabelThatIsNone() {
    String text = "path,pneumonia\n1.png,1\n2.png,2\n3.png,0\n";
    String message =
        "M: row 3, column 'pneumonia': a finding is 1, 0, -1 (uncertain) or empty, not '2'";
    assertEquals(message, complaint(text));
    assertEquals(message, complaint(text, ManifestOptions.defaults()));
  }

  @ParameterizedTest
  @CsvSource({
    "Patient, patient",
    "patients, patient",
    "patient_id, patient",
    "pateint, patient",
    "pathh, path",
    "Sex, sex",
    "AGE, age",
    "sites, site",
    "spilt, split",
    "Images, image",
    "Synthetic, synthetic"
  })
  void aColumnWhoseNameIsASlip(String name, String meant) {
    String start = meant.equals("path") ? "" : "path,";
    assertTrue(
        complaint(start + name + "\n1.png" + (start.isEmpty() ? "" : ",x") + "\n")
            .startsWith(
                "M: row 1: column '%s' is probably meant to be '%s'; rename it"
                    .formatted(name, meant)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"side", "stage", "country", "inpatient", "review", "size", "date"})
  void aColumnOfTheUsersOwnIsNoSlip(String name) throws Exception {
    Intake intake = read("path," + name + "\n1.png,x\n", ManifestOptions.defaults());
    assertEquals(List.of(name), intake.cohort().subgroups());
    assertEquals(List.of("columns taken as subgroups: " + name), intake.notices());
  }

  @Test
  void besideTheColumnThatIsMeantASlipIsTheUsersOwn() throws Exception {
    Cohort cohort = read("path,site,sites\n1.png,a,b\n", ManifestOptions.defaults()).cohort();
    assertEquals(List.of("sites"), cohort.subgroups());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pneumonia", "pnuemonia", "pneumonia_", "neumonia"})
  void aFindingAskedForWhoseColumnIsASlip(String name) {
    assertEquals(
        "M: row 1: column '%s' is probably meant to be 'pneumonia', a finding asked for; rename it"
            .formatted(name),
        complaint("path," + name + "\n1.png,1\n"));
  }

  @Test
  void aFindingAskedForThatIsMissingIsSaid() throws Exception {
    assertEquals(
        List.of("the manifest has no column 'pneumonia': nothing can be said of that finding"),
        read("path\n1.png\n", ManifestOptions.asking(List.of(PNEUMONIA))).notices());
  }

  @Test
  void aPatientInTwoParts() {
    assertEquals(
        """
        M: column 'split': patient 'p' is in 'train' (row 2) and in 'test' (row 4); all images of a \
        patient belong in one part\
        """,
        complaint("path,patient,split\n1.png,p,train\n2.png,q,test\n3.png,p,test\n"));
  }

  @Test
  void aPatientAtTwoSitesIsSaid() throws Exception {
    assertEquals(
        List.of(
            "1 patients are at more than one site; if they are different people, put the site"
                + " before their names"),
        read("path,patient,site\n1.png,p,a\n2.png,p,b\n3.png,q,b\n", ManifestOptions.defaults())
            .notices());
  }

  @Test
  void anotherEncoding() throws Exception {
    Files.write(csv, "path,site\n1.png,Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
    var e = assertThrows(DatasetException.class, () -> Cohort.read(csv));
    assertEquals(csv + ", row 2: not utf-8; save the file with that encoding", e.getMessage());
  }

  @Test
  void anImageCutShort() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve("2.png"));
    Files.write(folder.resolve("2.png"), Arrays.copyOf(whole, whole.length - 40));
    String text = "path\n1.png\n2.png\n";
    Cohort cohort = read(text, ManifestOptions.defaults()).cohort();
    var e = assertThrows(DatasetException.class, () -> cohort.studies().getLast().read());
    String message = String.valueOf(e.getMessage());
    String file = folder.resolve("2.png").toString();
    assertTrue(
        message.startsWith("row 3, image '2': " + file + " is damaged or cut short"), message);
    assertTrue(
        complaint(text, new ManifestOptions(Set.of(), Set.of(), Faults.ERROR, true, false))
            .startsWith("M: row 3, column 'path': F/2.png is damaged or cut short"));
  }

  @Test
  void anImageOfFourHundredMillionPixels() throws Exception {
    Bombs.blackPng(folder.resolve("2.png"), 20_000, 20_000);
    assertEquals(
        "M: row 3, column 'path': F/2.png: 20000×20000 pixels; at most 67108864 are read",
        complaint(
            "path\n1.png\n2.png\n",
            new ManifestOptions(Set.of(), Set.of(), Faults.ERROR, true, false)));
  }

  @Test
  void madeUpAndRealImagesTogether() {
    assertEquals(
        "M: column 'synthetic': 1 of 2 images are synthetic; keep them in a manifest of their own",
        complaint("path,synthetic\n1.png,yes\n2.png,\n"));
    assertEquals(
        "M: row 2, column 'synthetic': is yes, no or empty, not 'maybe'",
        complaint("path,synthetic\n1.png,maybe\n"));
  }

  @Test
  void agesThatAreNone() {
    for (String age : List.of("058Y", "-1", "1e2", "NaN", "151", "0x1p3", "61f")) {
      assertEquals(
          "M: row 2, column 'age': an age is a number of years from 0 to 150, not '" + age + "'",
          complaint("path,age\n1.png," + age + "\n"));
    }
  }

  @Test
  void everyMistakeAtOnceIsToldAtOnceAndTheTextStaysShort() throws Exception {
    StringBuilder text = new StringBuilder("path,image,age,pneumonia\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("gone.png,same,").append("9".repeat(200)).append(",maybe\n");
    }
    String message = complaint(text.toString());
    assertEquals(11, message.lines().count());
    assertTrue(message.endsWith("\n… and 29990 more"), message);
    assertTrue(message.length() < 5000);
  }

  @Test
  void onRequestImagesAtFaultAreLeftOutAndCounted() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve("2.png"));
    Files.write(folder.resolve("2.png"), Arrays.copyOf(whole, whole.length - 40));
    Intake intake =
        read(
            """
            path,image,site,pneumonia,edema
            1.png,a,Ulm,1,
            2.png,b,Ulm,0,
            3.png,c,Ulm,-1,0
            gone.png,d,Bern,0,1
            1.png,e,Bern,1,
            3.png,f,,,1
            """,
            ManifestOptions.excluding(List.of(PNEUMONIA), true));
    assertEquals(List.of("a", "c"), intake.cohort().studies().stream().map(Study::image).toList());
    assertEquals(6, intake.received());
    assertEquals(
        List.of(
            "row 3, image 'b': unreadable",
            "row 5, image 'd': file missing",
            "row 6, image 'e': listed twice",
            "row 7, image 'f': no label"),
        intake.exclusions().stream()
            .map(exclusion -> exclusion.toString().replaceAll("(image '.': [^:]*):.*", "$1"))
            .toList());
    assertEquals(
        """
        %s: 2 images of 2 patients at 1 sites
        Ulm: 3 received; left out 1 unreadable, 2 included
        Bern: 2 received; left out 1 file missing, 1 listed twice, 0 included
        no site: 1 received; left out 1 no label, 0 included
        all: 6 received; left out 1 file missing, 1 no label, 1 listed twice, 1 unreadable, \
        2 included\
        """
            .formatted(folder.getFileName()),
        intake.toString());
    assertTrue(intake.cohort().origin().toString().endsWith("; left out 4 of 6 images"));
  }

  @Test
  void longTextsAreNotHeld() {
    assertEquals(
        "M: row 2, column 'report': a cell has at most 256 characters",
        complaint("path,report\n1.png," + "x".repeat(257) + "\n2.png,x\n"));
  }

  @Test
  void mistakesInTheTextStayErrorsOnThatRequest() {
    assertEquals(
        "M: row 2, column 'pneumonia': a finding is 1, 0, -1 (uncertain) or empty, not '2'",
        complaint(
            "path,pneumonia\n1.png,2\ngone.png,1\n",
            ManifestOptions.excluding(List.of(PNEUMONIA), false)));
  }

  @Test
  void aColumnOfNumbersCanBeDeclaredASubgroup() throws Exception {
    Cohort cohort =
        read(
                "path,smoker\n1.png,1\n2.png,0\n",
                new ManifestOptions(Set.of(), Set.of("smoker"), Faults.ERROR, false, false))
            .cohort();
    assertEquals(List.of("smoker"), cohort.subgroups());
    assertEquals(List.of(), cohort.findings());
  }
}
