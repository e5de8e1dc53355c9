package org.blindread.data;

import static org.blindread.data.Cohorts.EDEMA;
import static org.blindread.data.Cohorts.PNEUMONIA;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CohortTest {
  @TempDir Path folder;

  private static List<String> images(Cohort cohort) {
    return cohort.studies().stream().map(Study::image).toList();
  }

  private static Cohort shuffled(Cohort cohort, long seed) {
    List<Study> studies = new ArrayList<>(cohort.studies());
    Collections.shuffle(studies, new Random(seed));
    return new Cohort(
        cohort.name(),
        cohort.findings(),
        cohort.subgroups(),
        studies,
        cohort.origin(),
        cohort.synthetic());
  }

  private static Cohort of(Study... studies) {
    return new Cohort(
        "few", List.of(PNEUMONIA), List.of(), List.of(studies), Origin.recipe("few"), false);
  }

  private static Study study(String image, String site, String patient, String said) {
    return new Study(
        1,
        image,
        Attributes.of(Map.of("site", site, "patient", patient)),
        new Labels(List.of(PNEUMONIA), said),
        () -> new GreyImage(1, 1, 8, new short[1]));
  }

  @Test
  void partsKnowWhereTheyComeFrom() throws Exception {
    Cohort cohort = Cohorts.random(1, 200);
    Cohort women = cohort.where(s -> s.sex().equals(Optional.of("F")));
    Cohort site = women.site("site 0");
    assertTrue(site.studies().stream().allMatch(s -> s.sex().get().equals("F")));
    assertTrue(site.studies().stream().allMatch(s -> s.site().get().equals("site 0")));
    assertTrue(
        site.origin()
            .toString()
            .endsWith(
                "; a selection: %d of 200 images; site site 0: %d of %d images"
                    .formatted(women.size(), site.size(), women.size())),
        site.origin()::toString);
    assertEquals(cohort.sha256(), cohort.origin().sha256());
    assertNotEquals(cohort.sha256(), women.sha256());
    assertNotEquals(women.sha256(), site.sha256());
    assertTrue(site.synthetic());
    assertTrue(site.toString().startsWith("random (SYNTHETIC): " + site.size() + " images of "));
    var e = assertThrows(DatasetException.class, () -> cohort.site("Ulm"));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("random has no site 'Ulm'; its sites are: site "),
        e.getMessage());
  }

  @Test
  void imagesWithoutPatientArePatientsOfTheirOwn() {
    Cohort cohort =
        of(
            study("a", "x", "p", "1"),
            study("b", "x", "p", "0"),
            study("p", "x", "", "?"),
            study("c", "y", "", "-"));
    assertEquals(3, cohort.patients());
    assertEquals(List.of("x", "y"), cohort.sites());
    assertEquals(
        List.of("pneumonia: 1 present, 1 absent, 1 uncertain, 1 without label"),
        cohort.prevalences().stream().map(Prevalence::toString).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noPatientCrossesASplitAndNoImageIsLost(long seed) {
    Cohort cohort = Cohorts.random(seed, 300);
    List<Cohort> parts = cohort.splitByPatient(seed, 0.7, 0.1, 0.2);
    Set<String> images = new HashSet<>();
    Set<String> patients = new HashSet<>();
    int patientCount = 0;
    for (Cohort part : parts) {
      images.addAll(images(part));
      part.studies().forEach(s -> patients.add(s.patientKey()));
      patientCount += part.patients();
    }
    assertEquals(300, parts.stream().mapToInt(Cohort::size).sum());
    assertEquals(new HashSet<>(images(cohort)), images);
    assertEquals(cohort.patients(), patients.size());
    assertEquals(patients.size(), patientCount, "a patient is in two parts");
    assertEquals(Math.round(0.7 * patientCount), parts.getFirst().patients());
    List<Cohort> again = shuffled(cohort, seed).splitByPatient(seed, 0.7, 0.1, 0.2);
    for (int k = 0; k < 3; k++) {
      assertEquals(Set.copyOf(images(parts.get(k))), Set.copyOf(images(again.get(k))));
    }
    assertNotEquals(
        images(parts.getFirst()),
        images(cohort.splitByPatient(seed + 1, 0.7, 0.1, 0.2).getFirst()));
  }

  @Test
  void splitsAndSamplesAreThoseThatTheirDefinitionsSay() throws Exception {
    List<Finding> findings = List.of(new Finding("a"), new Finding("b"), new Finding("c"));
    List<Study> studies = new ArrayList<>();
    Map<String, String> expected = new TreeMap<>();
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/org/blindread/data/parts.txt"))) {
      if (!line.startsWith("#")) {
        String[] c = line.split(" ", -1);
        Attributes texts =
            Attributes.of(
                Map.of("site", c[1].replace("-", ""), "patient", c[2].equals("-") ? "" : c[2]));
        Labels labels = new Labels(findings, c[3]);
        studies.add(new Study(1, c[0], texts, labels, () -> new GreyImage(1, 1, 8, new short[1])));
        expected.put(c[0], c[4] + " " + c[5] + " " + c[6]);
      }
    }
    Cohort cohort =
        new Cohort("known", findings, List.of(), studies, Origin.recipe("known"), false);
    List<Cohort> parts = cohort.splitByPatient(7, 0.5, 0.3, 0.2);
    List<String> perSite = images(cohort.samplePerSite(5, 7));
    List<String> inAll = images(cohort.sample(40, 7));
    Map<String, String> found = new TreeMap<>();
    for (int k = 0; k < parts.size(); k++) {
      for (String image : images(parts.get(k))) {
        found.put(
            image,
            "%d %s %s".formatted(k + 1, yes(perSite.contains(image)), yes(inAll.contains(image))));
      }
    }
    assertEquals(150, found.size());
    assertEquals(expected, found);
  }

  /// As Python writes it.
  private static String yes(boolean holds) {
    return holds ? "True" : "False";
  }

  @Test
  void fractionsThatAreNoneAreRefused() {
    Cohort cohort = Cohorts.random(1, 10);
    for (double[] fractions :
        List.of(
            new double[] {0.5, 0.4},
            new double[] {1.5, -0.5},
            new double[] {Double.NaN},
            new double[0])) {
      assertThrows(IllegalArgumentException.class, () -> cohort.splitByPatient(1, fractions));
    }
    assertEquals(10, cohort.splitByPatient(1, 1).getFirst().size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSampleOfEachSiteKeepsTheSharesOfItsLabels(long seed) throws Exception {
    Cohort cohort = Cohorts.random(seed, 400);
    Cohort sample = cohort.samplePerSite(12, seed);
    for (String site : cohort.sites()) {
      Cohort all = cohort.site(site);
      Cohort some = sample.site(site);
      assertEquals(Math.min(12, all.size()), some.size());
      for (Finding finding : cohort.findings()) {
        double wanted = (double) some.size() * all.prevalence(finding).present() / all.size();
        assertEquals(wanted, some.prevalence(finding).present(), 1.5, site + ", " + finding);
      }
    }
    assertEquals(images(cohort.where(s -> images(sample).contains(s.image()))), images(sample));
    assertEquals(
        Set.copyOf(images(sample)),
        Set.copyOf(images(shuffled(cohort, 9).samplePerSite(12, seed))));
    assertNotEquals(images(sample), images(cohort.samplePerSite(12, seed + 1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSampleOfOneFindingHasItsShareToOneImage(long seed) {
    Random random = new Random(seed);
    Study[] studies = new Study[100 + random.nextInt(100)];
    for (int i = 0; i < studies.length; i++) {
      studies[i] = study("i" + i, "x", "", String.valueOf("1000?-".charAt(random.nextInt(6))));
    }
    Cohort cohort = of(studies);
    for (int n = 0; n <= studies.length; n += 7) {
      Cohort sample = cohort.sample(n, seed);
      assertEquals(n, sample.size());
      double wanted = (double) n * cohort.prevalence(PNEUMONIA).present() / studies.length;
      int present = sample.prevalence(PNEUMONIA).present();
      assertTrue(Math.abs(wanted - present) < 1, n + ": " + present + " for " + wanted);
    }
    assertEquals(images(cohort), images(cohort.sample(studies.length, seed)));
    assertThrows(IllegalArgumentException.class, () -> cohort.sample(studies.length + 1, seed));
  }

  @Test
  void aSampleOfTheWholeSharesAmongSitesByTheirSize() {
    assertArrayEquals(new int[] {7, 2, 1}, StratifiedSample.shares(new int[] {70, 20, 10}, 10));
    assertArrayEquals(new int[] {2, 1, 1}, StratifiedSample.shares(new int[] {98, 1, 1}, 4));
    assertArrayEquals(new int[] {1, 1, 1}, StratifiedSample.shares(new int[] {98, 1, 1}, 3));
    assertArrayEquals(new int[] {2, 0, 0}, StratifiedSample.shares(new int[] {98, 1, 1}, 2));
    assertArrayEquals(new int[] {4, 3, 3}, StratifiedSample.shares(new int[] {5, 5, 5}, 10));
    assertArrayEquals(new int[] {98, 1, 1}, StratifiedSample.shares(new int[] {98, 1, 1}, 100));
    assertArrayEquals(new int[] {}, StratifiedSample.shares(new int[] {}, 0));
  }

  @Test
  void truthCountsUncertainLabelsAsThePolicySays() throws Exception {
    Cohort cohort =
        of(
            study("a", "x", "p", "1"),
            study("b", "x", "", "0"),
            study("c", "y", "p", "?"),
            study("d", "", "q", "-"),
            study("e", "y", "q", "0"));
    ReferenceStandard out = cohort.truth(PNEUMONIA, Uncertain.EXCLUDE);
    assertArrayEquals(new boolean[] {true, false, false}, out.positive());
    assertArrayEquals(new int[] {0, 1, 4}, out.indices());
    assertArrayEquals(new int[] {0, 1, 2}, out.patients());
    assertEquals(List.of("a", "b", "e"), out.images());
    assertEquals(List.of("x", "x", "y"), out.sites());
    assertEquals(
        "pneumonia: 1 of 3 images positive, 3 patients (1 uncertain: images with an uncertain label"
            + " are left out; 1 without label left out)",
        out.toString());
    ReferenceStandard present = cohort.truth(PNEUMONIA, Uncertain.AS_PRESENT);
    assertArrayEquals(new boolean[] {true, false, true, false}, present.positive());
    assertArrayEquals(new int[] {0, 1, 0, 2}, present.patients());
    ReferenceStandard absent = cohort.truth(PNEUMONIA, Uncertain.AS_ABSENT);
    assertArrayEquals(new boolean[] {true, false, false, false}, absent.positive());
    assertEquals(1, absent.uncertain());
    assertEquals(1, absent.unlabelled());
    var e = assertThrows(DatasetException.class, () -> cohort.truth(EDEMA, Uncertain.EXCLUDE));
    assertEquals("nothing is known of 'edema'; there are labels of: pneumonia", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsWrittenIsReadBack(long seed) throws Exception {
    Cohort cohort = Cohorts.random(seed, 60);
    Path manifest = cohort.write(folder.resolve("export"));
    Cohort back = Cohort.read(manifest);
    assertEquals(cohort.findings(), back.findings());
    assertEquals(cohort.subgroups(), back.subgroups());
    assertTrue(back.synthetic());
    assertEquals("export", back.name());
    assertEquals(images(cohort), images(back));
    for (int i = 0; i < cohort.size(); i++) {
      Study expected = cohort.studies().get(i);
      Study study = back.studies().get(i);
      assertEquals(expected.labels(), study.labels());
      for (String column : expected.attributes().columns()) {
        assertEquals(expected.attribute(column), study.attribute(column), column);
      }
      assertEquals(expected.read().bits(), study.read().bits());
      assertEquals(expected.read().width(), study.read().width());
      assertArrayEquals(expected.read().samples(), study.read().samples());
    }
  }

  @Test
  void namesThatNoFileSystemTakesAreWrittenNonetheless() throws Exception {
    Cohort cohort =
        of(
            study("../../up", "x", "", "1"),
            study("Up?", "x", "", "1"),
            study("UP*", "x", "", "1"),
            study("x".repeat(256), "x", "", "0"),
            study("x".repeat(255), "x", "", "0"),
            study("胸", "x", "", "0"));
    Cohort back = Cohort.read(cohort.write(folder.resolve("new")));
    assertEquals(images(cohort), images(back));
    assertTrue(
        back.studies().stream()
            .allMatch(s -> s.pixels().file().get().startsWith(folder.resolve("new/images"))));
    var e = assertThrows(IOException.class, () -> cohort.write(folder.resolve("new")));
    assertEquals(folder.resolve("new") + " is not empty; name a new folder", e.getMessage());
  }

  @Test
  void aFolderWhoseWritingFailedHasNoManifest() {
    Pixels broken =
        () -> {
          throw new DatasetException("x.dcm is damaged");
        };
    Study bad =
        new Study(5, "b", Attributes.of(Map.of()), new Labels(List.of(PNEUMONIA), "-"), broken);
    Cohort cohort = of(study("a", "x", "", "1"), bad);
    var e = assertThrows(DatasetException.class, () -> cohort.write(folder.resolve("f")));
    assertEquals("row 5, image 'b': x.dcm is damaged", e.getMessage());
    assertTrue(Files.notExists(folder.resolve("f/manifest.csv")));
  }

  @Test
  void aCohortThatContradictsItselfIsRefused() {
    assertEquals(
        "two images are named 'a'",
        assertThrows(
                IllegalArgumentException.class,
                () -> of(study("a", "x", "", "1"), study("a", "y", "", "1")))
            .getMessage());
    Study other =
        new Study(
            1,
            "a",
            Attributes.of(Map.of()),
            Labels.none(),
            () -> new GreyImage(1, 1, 8, new short[1]));
    assertEquals(
        "image 'a' has labels of [], the cohort of [pneumonia]",
        assertThrows(IllegalArgumentException.class, () -> of(other)).getMessage());
  }
}
