package org.blindread.data.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhantomsTest {
  /// The seeds of notebooks/models/recipe: training and validation.
  private static final long[] RECIPE = {1, 2};

  @Test
  void trainingPatientsAreNeverThoseOfTheEmbeddedCohort() {
    Set<Long> patients = new HashSet<>();
    Set<Long> visits = new HashSet<>();
    Set<String> images = new HashSet<>();
    for (PhantomStudy study : EmbeddedCohort.studies()) {
      patients.add(study.patientSeed());
      visits.add(study.visitSeed());
      images.add(study.image());
    }
    for (long seed : RECIPE) {
      Phantoms.training(seed, 20_000)
          .forEach(
              study -> {
                // add() is false if it is there already: also between the two seeds.
                assertTrue(patients.add(study.patientSeed()), study.image());
                assertTrue(visits.add(study.visitSeed()), study.image());
                assertTrue(images.add(study.image()), study.image());
              });
    }
    // The seed by which the drift was tuned.
    Phantoms.drifted(11, 12_000)
        .forEach(
            study -> {
              assertTrue(patients.add(study.patientSeed()), study.image());
              assertTrue(visits.add(study.visitSeed()), study.image());
              assertTrue(images.add(study.image()), study.image());
            });
  }

  @Test
  void trainingFilmsKnowNoDriftAndDriftedOnesAreTakenAsTheCohortIs() {
    Phantoms.training(1, 500)
        .forEach(s -> assertEquals(s.virtualSite().acquisition(), s.acquisition(), s.image()));
    Phantoms.drifted(1, 500)
        .forEach(s -> assertEquals(s.virtualSite().current(), s.acquisition(), s.image()));
    EmbeddedCohort.studies()
        .forEach(s -> assertEquals(s.virtualSite().current(), s.acquisition(), s.image()));
  }

  @Test
  void thePixelsTheNetworkWasTrainedOnAreTheSameEverywhere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (PhantomStudy study : Phantoms.training(1, 60).toList()) {
      for (short sample : study.render().samples()) {
        digest.update((byte) sample);
      }
    }
    assertEquals(
        "ccd3a3aff8717fed303b5e69b264ca66d8b1539d75adc2655a4dff1809023c12",
        HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void twoSitesHaveDriftedAndADriftKeepsWhatIsStored() {
    List<String> drifted =
        VirtualSite.all().stream()
            .filter(site -> !site.drift().equals(Drift.NONE))
            .map(VirtualSite::label)
            .toList();
    assertEquals(List.of("harbor", "tamarind"), drifted);
    for (VirtualSite site : VirtualSite.all()) {
      Acquisition before = site.acquisition();
      assertEquals(before, Drift.NONE.since(before), site.label());
      Acquisition since = site.current();
      assertEquals(before.width(), since.width(), site.label());
      assertEquals(before.height(), since.height(), site.label());
      assertEquals(before.lettering(), since.lettering(), site.label());
      assertEquals(before.monochrome1(), since.monochrome1(), site.label());
      assertEquals(
          before.quantumNoise() * site.drift().quantumNoise(), since.quantumNoise(), site.label());
    }
  }

  @Test
  void aStudyDependsOnItsSeedAndPlaceOnly() {
    List<PhantomStudy> few = Phantoms.training(9, 3).toList();
    List<PhantomStudy> many = Phantoms.training(9, 50).toList();
    assertEquals(few, many.subList(0, 3));
    short[] once = many.get(2).render().samples();
    many.get(1).render();
    assertArrayEquals(once, few.get(2).render().samples());
    assertFalse(Phantoms.training(10, 3).toList().equals(few));
  }

  @Test
  void sitesComeInTheProportionOfTheCohort() {
    List<PhantomStudy> studies = Phantoms.training(4, 6000).toList();
    for (VirtualSite site : VirtualSite.all()) {
      double share = studies.stream().filter(s -> s.site().equals(site.label())).count() / 6000.0;
      assertEquals(site.mix().images() / 1149.0, share, 0.025, site.label());
    }
  }

  @Test
  void bothViewsBothSexesAndAllAgesOccur() {
    List<PhantomStudy> studies = Phantoms.training(4, 2000).toList();
    assertEquals(
        Set.of("AP", "PA"), new HashSet<>(studies.stream().map(PhantomStudy::view).toList()));
    assertEquals(Set.of("F", "M"), new HashSet<>(studies.stream().map(PhantomStudy::sex).toList()));
    assertTrue(studies.stream().allMatch(s -> s.age() >= 18 && s.age() <= 92));
    assertTrue(studies.stream().anyMatch(s -> s.age() < 25));
    assertTrue(studies.stream().anyMatch(s -> s.age() > 85));
  }

  @Test
  void aFindingShowsWhereItShould() {
    // Means over many films: each difference is small on one film and sure on a thousand.
    double[][] sum = new double[2][2];
    int[] count = new int[2];
    for (PhantomStudy study : Phantoms.training(5, 400).toList()) {
      Patient patient = Patient.of(study.virtualSite(), study.patientSeed());
      Visit visit = Visit.of(study.virtualSite(), patient, study.visitSeed());
      Anatomy anatomy = Anatomy.of(patient, visit);
      int large = study.findings().get("cardiomegaly") ? 1 : 0;
      count[large]++;
      sum[large][0] += anatomy.heart().length() / anatomy.half();
    }
    double without = sum[0][0] / count[0];
    double with = sum[1][0] / count[1];
    assertTrue(with > 1.08 * without, "heart: " + with + " against " + without);
  }
}
