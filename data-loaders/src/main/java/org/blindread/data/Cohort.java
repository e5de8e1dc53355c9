package org.blindread.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Images that are read together, and what is known of them: an immutable list of [Study]. It never
/// holds a pixel.
///
/// Each part that is taken from a cohort remembers in [#origin] how.
///
/// @param name short, for tables
/// @param findings what the images may have labels of; the same list in each image's [Labels]
/// @param subgroups attributes of the user's own by which results may be broken down
/// @param studies the images, in order; each name once
/// @param origin where they come from
/// @param synthetic whether the images are made up; said wherever the cohort is printed
public record Cohort(
    String name,
    List<Finding> findings,
    List<String> subgroups,
    List<Study> studies,
    Origin origin,
    boolean synthetic) {
  /// @throws IllegalArgumentException if two images have one name, or an image labels of other
  ///   findings than the cohort
  public Cohort {
    findings = List.copyOf(findings);
    subgroups = List.copyOf(subgroups);
    studies = List.copyOf(studies);
    if (new HashSet<>(findings).size() < findings.size()) {
      throw new IllegalArgumentException("a finding is there twice: " + findings);
    }
    Set<String> images = HashSet.newHashSet(studies.size());
    for (Study study : studies) {
      if (!images.add(study.image())) {
        throw new IllegalArgumentException("two images are named '" + study.image() + "'");
      }
      if (!study.labels().findings().equals(findings)) {
        throw new IllegalArgumentException(
            "image '%s' has labels of %s, the cohort of %s"
                .formatted(study.image(), study.labels().findings(), findings));
      }
    }
  }

  /// Reads a manifest (`docs/cohorts.md`); every fault is an error. [Intake#read] offers more.
  ///
  /// @throws DatasetException naming file, row and column of up to ten faults
  public static Cohort read(Path manifest) throws DatasetException {
    return Intake.read(manifest, ManifestOptions.defaults()).cohort();
  }

  /// Images.
  public int size() {
    return studies.size();
  }

  /// How many different patients; an image without patient is a patient of its own.
  public int patients() {
    Set<String> keys = new HashSet<>();
    studies.forEach(study -> keys.add(study.patientKey()));
    return keys.size();
  }

  /// Names of the sites in order of appearance; images without site have none.
  public List<String> sites() {
    return studies.stream().flatMap(study -> study.site().stream()).distinct().toList();
  }

  /// How often each finding was seen.
  public List<Prevalence> prevalences() {
    return findings.stream().map(finding -> Prevalence.of(finding, studies)).toList();
  }

  /// How often a finding was seen; of one the cohort does not have, all images are without label.
  public Prevalence prevalence(Finding finding) {
    return Prevalence.of(finding, studies);
  }

  /// The images for which the predicate holds, in the same order; possibly none.
  public Cohort where(Predicate<Study> predicate) {
    return part("a selection", studies.stream().filter(predicate).toList());
  }

  /// The images of one site.
  ///
  /// @throws DatasetException if there is no such site, naming those there are
  public Cohort site(String site) throws DatasetException {
    List<Study> found = studies.stream().filter(s -> s.site().orElse("").equals(site)).toList();
    if (site.isEmpty() || found.isEmpty()) {
      throw new DatasetException(
          "%s has no site '%s'; its sites are: %s"
              .formatted(name, site, sites().isEmpty() ? "none" : String.join(", ", sites())));
    }
    return part("site " + site, found);
  }

  /// Cuts the cohort into parts such that all images of a patient are in one.
  ///
  /// Patients are sorted by SHA-256 of the text `seed:key` (utf-8; seed in decimal; the key is `p`
  /// and the patient's name, or, where none is known, `i` and the image's), and part k takes those
  /// whose place is at least `round(n·(f₁+…+f₍k₋₁₎))` and less than `round(n·(f₁+…+f_k))`, n the
  /// number of patients, halves rounded up. The order of the rows does not matter.
  ///
  /// @param seed another one cuts another way; public
  /// @param fractions of the patients, each positive, together 1
  /// @return one cohort a fraction, possibly empty, each in this cohort's order
  /// @throws IllegalArgumentException if the fractions are not so
  public List<Cohort> splitByPatient(long seed, double... fractions) {
    List<List<Study>> parts = PatientSplit.split(studies, seed, fractions);
    List<Cohort> cohorts = new ArrayList<>();
    for (int k = 0; k < parts.size(); k++) {
      cohorts.add(
          part("part %d of a split by patient, seed %d".formatted(k + 1, seed), parts.get(k)));
    }
    return cohorts;
  }

  /// Draws a sample stratified by site and, within each, by labels; see [#samplePerSite]. Sites get
  /// shares in proportion to their images (largest remainders, ties to the first site), but, if the
  /// sample has at least as many images as there are sites, each at least one.
  ///
  /// @param images how many in all, 0 … [#size]
  /// @param seed another one draws other images; public
  /// @throws IllegalArgumentException if there are fewer
  public Cohort sample(int images, long seed) {
    return part(
        "a sample, seed %d".formatted(seed), StratifiedSample.ofTotal(studies, images, seed));
  }

  /// Draws a sample stratified by site and, within each, by labels: as many images of each site, or
  /// all where there are fewer; images without site are one more site.
  ///
  /// Within a site images are taken one by one. Each time the pattern of labels is chosen that is
  /// most needed: the need of a finding's label is the count it should have in the sample (the
  /// sample's size times its share of the site) less the count it has, the need of a pattern is the
  /// sum over its findings. Among equals the pattern that comes first in the alphabet (with `-` for
  /// no label, `?` for uncertain) is taken. Of a pattern, images come in the order of SHA-256 of
  /// the text `seed:image`.
  ///
  /// @param images how many of each site, 0 or more
  /// @param seed another one draws other images; public
  public Cohort samplePerSite(int images, long seed) {
    return part(
        "a sample of %d a site, seed %d".formatted(images, seed),
        StratifiedSample.perSite(studies, images, seed));
  }

  /// All labels, as a table to be written beside scores.
  public Truth truth() {
    return new Truth(
        findings,
        studies.stream()
            .map(
                study ->
                    new TruthRow(
                        study.image(),
                        study.site().orElse(""),
                        study.patient().orElse(""),
                        study.labels()))
            .toList());
  }

  /// Yes or no for one finding: which images are positive, which were left out.
  ///
  /// @param policy what uncertain labels count as
  /// @throws DatasetException if no image can have a label of it, naming the findings there are
  public ReferenceStandard truth(Finding finding, Uncertain policy) throws DatasetException {
    return truth().reference(finding, policy);
  }

  /// Writes `manifest.csv` and the images as PNG (8 or 16 bits, as they are) under `images/`, each
  /// read and written in turn. Reading the manifest gives the same pixels, attributes and labels.
  ///
  /// @param folder made if it is not there; must be empty
  /// @return the manifest
  /// @throws DatasetException if an image cannot be read; no manifest is written then
  /// @throws IOException if the folder is not empty or cannot be written
  public Path write(Path folder) throws DatasetException, IOException {
    return CohortFolder.write(this, folder);
  }

  /// Identifies the cohort: the hash of its source, or, of a part, the hash of that hash and the
  /// names of its images in order, one a line. Pixels are not covered.
  public String sha256() {
    if (origin.steps().isEmpty()) {
      return origin.sha256();
    }
    StringBuilder names = new StringBuilder(origin.sha256());
    studies.forEach(study -> names.append('\n').append(study.image()));
    return Sha256.of(names.toString());
  }

  /// The same images under another name.
  public Cohort named(String other) {
    return new Cohort(other, findings, subgroups, studies, origin, synthetic);
  }

  private Cohort part(String words, List<Study> some) {
    String step = "%s: %d of %d images".formatted(words, some.size(), size());
    return new Cohort(name, findings, subgroups, some, origin.then(step), synthetic);
  }

  /// The same images, one more step said of them.
  Cohort then(String step) {
    return new Cohort(name, findings, subgroups, studies, origin.then(step), synthetic);
  }

  /// One line: name, counts, and whether it is synthetic.
  @Override
  public String toString() {
    return "%s%s: %d images of %d patients at %d sites"
        .formatted(name, synthetic ? " (SYNTHETIC)" : "", size(), patients(), sites().size());
  }
}
