package org.blindread.data.phantom;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.blindread.data.GreyImage;

/// One synthetic film: who, where, how, what is on it; its pixels are drawn on demand.
///
/// @param image name, unique in its cohort
/// @param patient name, unique in its cohort
/// @param site [VirtualSite#label]
/// @param country of the site
/// @param view `AP` or `PA`
/// @param sex `M` or `F`
/// @param age years
/// @param findings the truth: each column of [PhantomFinding] in order
/// @param virtualSite which of the seven
/// @param acquisition how this film is taken: [VirtualSite#acquisition] where it is one to train
///   on, [VirtualSite#current] in the embedded cohort
/// @param patientSeed of the anatomy
/// @param visitSeed of what is this film's alone
public record PhantomStudy(
    String image,
    String patient,
    String site,
    String country,
    String view,
    String sex,
    int age,
    Map<String, Boolean> findings,
    VirtualSite virtualSite,
    Acquisition acquisition,
    long patientSeed,
    long visitSeed) {

  public PhantomStudy {
    findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
  }

  static PhantomStudy of(
      String image,
      String name,
      VirtualSite site,
      Acquisition acquisition,
      long patientSeed,
      long visitSeed) {
    Patient patient = Patient.of(site, patientSeed);
    Visit visit = Visit.of(site, patient, visitSeed);
    Map<String, Boolean> findings = new LinkedHashMap<>();
    for (PhantomFinding finding : PhantomFinding.values()) {
      findings.put(finding.column(), visit.has(finding));
    }
    return new PhantomStudy(
        image,
        name,
        site.label(),
        site.country(),
        visit.ap() ? "AP" : "PA",
        patient.male() ? "M" : "F",
        patient.age(),
        findings,
        site,
        acquisition,
        patientSeed,
        visitSeed);
  }

  /// The film, dense is bright (MONOCHROME2), 8 bits, in the site's size; the same on every
  /// machine.
  public GreyImage render() {
    Patient patient = Patient.of(virtualSite, patientSeed);
    Visit visit = Visit.of(virtualSite, patient, visitSeed);
    Anatomy anatomy = Anatomy.of(patient, visit);
    Acquisition how = acquisition;
    Draws draws = new Draws(visitSeed).branch(9);
    double field = how.fieldCentimetres() * draws.normal(1, 0.03);
    double tilt = StrictMath.toRadians(how.tiltDegrees() * Math.clamp(draws.normal(), -2.2, 2.2));
    double middle = 0.5 * how.width() * (1 + draws.normal(0, 0.03));
    double scale = how.width() / field;
    double centre = 0.5 * how.height() + (1.2 + draws.normal(0, 0.9)) * scale;
    Canvas canvas = new Canvas(how.width(), how.height(), scale, tilt, middle, centre);
    Thorax.paint(anatomy, canvas);
    Vessels.paint(anatomy, canvas);
    Opacities.paint(anatomy, canvas);
    Skeleton.paint(anatomy, canvas);
    Devices.paint(anatomy, canvas);
    return Film.expose(how, anatomy, canvas);
  }

  /// The film as the site stores it: inverted where [Acquisition#monochrome1].
  public GreyImage renderStored() {
    GreyImage seen = render();
    if (!acquisition.monochrome1()) {
      return seen;
    }
    short[] inverted = new short[seen.samples().length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (short) (255 - seen.samples()[i]);
    }
    return new GreyImage(seen.width(), seen.height(), 8, inverted);
  }
}
