package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.blindread.data.GreyImage;
import org.junit.jupiter.api.Test;

class EmbeddedCohortTest {
  private static final List<PhantomStudy> STUDIES = EmbeddedCohort.studies();

  @Test
  void itHas1149FilmsOfSevenSitesInTwoCountries() {
    assertEquals(1149, STUDIES.size());
    Map<String, Integer> films = new TreeMap<>();
    STUDIES.forEach(study -> films.merge(study.country() + " " + study.site(), 1, Integer::sum));
    assertEquals(
        Map.of(
            "US lakeside", 251,
            "India banyan", 203,
            "US harbor", 187,
            "India monsoon", 158,
            "US mesa", 142,
            "India tamarind", 116,
            "India saffron", 92),
        films);
    assertEquals(
        STUDIES.size(), new HashSet<>(STUDIES.stream().map(PhantomStudy::image).toList()).size());
  }

  @Test
  void columnsAreInTheirFixedOrder() {
    assertEquals(
        List.of("cardiomegaly", "edema", "consolidation", "atelectasis", "pleural effusion"),
        EmbeddedCohort.FINDINGS);
    for (PhantomStudy study : STUDIES) {
      assertEquals(EmbeddedCohort.FINDINGS, List.copyOf(study.findings().keySet()));
    }
  }

  @Test
  void aPatientHasOneToThreeFilmsAndKeepsSexAgeAndSite() {
    Map<String, List<PhantomStudy>> patients = new HashMap<>();
    for (PhantomStudy study : STUDIES) {
      patients.computeIfAbsent(study.patient(), name -> new ArrayList<>()).add(study);
    }
    assertTrue(patients.size() > 800 && patients.size() < 1000, "patients: " + patients.size());
    for (List<PhantomStudy> films : patients.values()) {
      assertTrue(films.size() <= 3, films.getFirst().patient());
      Set<String> lives = new HashSet<>();
      films.forEach(film -> lives.add(film.site() + film.sex() + film.age() + film.patientSeed()));
      assertEquals(1, lives.size(), films.getFirst().patient());
    }
  }

  @Test
  void theTruthIsTheSameEverywhere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (PhantomStudy s : STUDIES) {
      String row =
          String.join(
              ",", s.image(), s.patient(), s.site(), s.country(), s.view(), s.sex(), "" + s.age());
      digest.update((row + s.findings() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        "c6562fe7f54fc574fefb568b2db5c47859b14ed6b9b04b3eb22200273ca1dd45",
        HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void pixelsAreTheSameEverywhere() throws Exception {
    assertEquals(
        "c112ee97c4db28cc7d722f7e7e198a71d2343f1efbe996526e8d65594f2f69e6",
        hash(first("lakeside").render()));
    // The first ten films of each site together.
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (VirtualSite site : VirtualSite.all()) {
      for (PhantomStudy s : STUDIES.stream().filter(of(site)).limit(10).toList()) {
        update(digest, s.render());
      }
    }
    assertEquals(
        "ce27ead600997b7f48d6bb0ff963a625897a7ae36449da4812ae7e3d53165e6a",
        HexFormat.of().formatHex(digest.digest()));
  }

  private static Predicate<PhantomStudy> of(VirtualSite site) {
    return study -> study.site().equals(site.label());
  }

  private static PhantomStudy first(String site) {
    return STUDIES.stream().filter(s -> s.site().equals(site)).findFirst().orElseThrow();
  }

  private static String hash(GreyImage image) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    update(digest, image);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, GreyImage image) {
    for (short sample : image.samples()) {
      digest.update((byte) sample);
    }
  }

  @Test
  void everySiteHasItsOwnSizeAndOneStoresInverted() {
    Set<String> sizes = new HashSet<>();
    for (VirtualSite site : VirtualSite.all()) {
      PhantomStudy study = first(site.label());
      GreyImage seen = study.render();
      sizes.add(seen.width() + "×" + seen.height());
      GreyImage stored = study.renderStored();
      boolean inverted = site.label().equals("monsoon");
      assertEquals(inverted, site.acquisition().monochrome1(), site.label());
      for (int i = 0; i < seen.samples().length; i += 97) {
        int expected = inverted ? 255 - seen.samples()[i] : seen.samples()[i];
        assertEquals(expected, stored.samples()[i], site.label());
      }
    }
    assertEquals(7, sizes.size());
  }

  @Test
  void prevalenceIsTheSitesWithinChance() {
    for (VirtualSite site : VirtualSite.all()) {
      List<PhantomStudy> films = STUDIES.stream().filter(of(site)).toList();
      for (PhantomFinding finding : PhantomFinding.values()) {
        double share = share(films, finding.column());
        double expected = site.mix().prevalence().of(finding);
        // Four standard errors, half again for films of one patient.
        double reach = 6 * Math.sqrt(expected * (1 - expected) / films.size());
        assertEquals(expected, share, reach, site.label() + " " + finding.column());
        assertTrue(share * films.size() >= 10, site.label() + " " + finding.column());
      }
    }
  }

  @Test
  void findingsOccurTogetherAsTheLatentModelSays() {
    assertTrue(odds("edema", "cardiomegaly") > 2, "edema and cardiomegaly");
    assertTrue(odds("pleural effusion", "cardiomegaly") > 1.5, "effusion and cardiomegaly");
    assertTrue(odds("pleural effusion", "edema") > 1.5, "effusion and edema");
    assertTrue(odds("atelectasis", "pleural effusion") > 1.3, "atelectasis and effusion");
    double apart = odds("consolidation", "cardiomegaly");
    assertTrue(apart > 0.6 && apart < 1.6, "consolidation and cardiomegaly: " + apart);
  }

  /// The ratio of the odds of one finding with and without the other.
  private static double odds(String one, String other) {
    List<PhantomStudy> with = STUDIES.stream().filter(s -> s.findings().get(other)).toList();
    List<PhantomStudy> without = STUDIES.stream().filter(s -> !s.findings().get(other)).toList();
    double a = share(with, one);
    double b = share(without, one);
    return a / (1 - a) / (b / (1 - b));
  }

  private static double share(List<PhantomStudy> films, String column) {
    return (double) films.stream().filter(s -> s.findings().get(column)).count() / films.size();
  }

  @Test
  void anAbsentFindingIsAtMostATraceAndAPresentOneMore() {
    for (PhantomStudy study : STUDIES) {
      Patient patient = Patient.of(study.virtualSite(), study.patientSeed());
      Visit visit = Visit.of(study.virtualSite(), patient, study.visitSeed());
      for (PhantomFinding finding : PhantomFinding.values()) {
        double severity = visit.severity(finding);
        if (study.findings().get(finding.column())) {
          assertTrue(severity >= 0.30 && severity <= 1, study.image());
        } else {
          assertTrue(severity >= 0 && severity <= 0.16, study.image());
        }
      }
    }
  }

  @Test
  void filmsDifferFromOneAnotherEvenOfOnePatient() throws Exception {
    PhantomStudy again =
        STUDIES.stream().filter(s -> s.image().endsWith("-2")).findFirst().orElseThrow();
    PhantomStudy before =
        STUDIES.stream()
            .filter(s -> s.image().equals(again.patient() + "-1"))
            .findFirst()
            .orElseThrow();
    assertNotEquals(hash(before.render()), hash(again.render()));
  }
}
