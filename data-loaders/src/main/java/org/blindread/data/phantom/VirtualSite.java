package org.blindread.data.phantom;

import java.util.List;
import org.blindread.data.phantom.Acquisition.Lettering;

/// The seven virtual sites. They stand for no hospital; their names and numbers are invented so
/// that acquisition, population and prevalence differ as they do between hospitals.
///
/// @param label the name in manifests, in lower case
/// @param country `US` or `India`
/// @param acquisition how it took films when the vendor collected those to train on
/// @param drift what has changed since; films of the [EmbeddedCohort] are taken so
/// @param mix whom it sees
public record VirtualSite(
    String label, String country, Acquisition acquisition, Drift drift, Mix mix) {
  private static final List<VirtualSite> ALL =
      List.of(
          new VirtualSite(
              "lakeside",
              "US",
              new Acquisition(
                  320, 320, 37, 3.9, 1.0, 0.008, 0.6, 0.5, 0.010, 1.0, 0.00, Lettering.LEFT, false),
              Drift.NONE,
              new Mix(251, 0.30, 58, 0.45, new Prevalence(0.26, 0.24, 0.20, 0.28, 0.30))),
          new VirtualSite(
              "banyan",
              "India",
              new Acquisition(
                  256,
                  304,
                  33,
                  4.6,
                  1.1,
                  0.014,
                  1.5,
                  0.8,
                  0.012,
                  2.0,
                  0.05,
                  Lettering.RIGHT,
                  false),
              Drift.NONE,
              new Mix(203, 0.15, 46, 0.20, new Prevalence(0.20, 0.16, 0.30, 0.18, 0.24))),
          new VirtualSite(
              "harbor",
              "US",
              new Acquisition(
                  288,
                  288,
                  38,
                  3.4,
                  0.95,
                  0.018,
                  0.9,
                  0.7,
                  0.022,
                  2.0,
                  0.02,
                  Lettering.LEFT_AND_VIEW,
                  false),
              new Drift(1.08, 0.8, 0.9, 3.0, 1.5, 2.0, 2.2, 2.0),
              new Mix(187, 0.55, 63, 0.50, new Prevalence(0.32, 0.34, 0.22, 0.34, 0.38))),
          new VirtualSite(
              "monsoon",
              "India",
              new Acquisition(
                  240,
                  240,
                  35,
                  5.0,
                  1.15,
                  0.018,
                  2.2,
                  0.85,
                  0.015,
                  2.6,
                  0.06,
                  Lettering.RIGHT,
                  true),
              Drift.NONE,
              new Mix(158, 0.20, 43, 0.18, new Prevalence(0.18, 0.16, 0.34, 0.20, 0.26))),
          new VirtualSite(
              "mesa",
              "US",
              new Acquisition(
                  272,
                  312,
                  34,
                  4.2,
                  1.05,
                  0.011,
                  0.8,
                  0.55,
                  0.012,
                  1.2,
                  0.01,
                  Lettering.LEFT,
                  false),
              Drift.NONE,
              new Mix(142, 0.35, 55, 0.55, new Prevalence(0.24, 0.22, 0.20, 0.26, 0.26))),
          new VirtualSite(
              "tamarind",
              "India",
              new Acquisition(
                  224,
                  224,
                  36,
                  3.0,
                  0.85,
                  0.028,
                  2.0,
                  1.1,
                  0.030,
                  3.0,
                  0.04,
                  Lettering.NONE,
                  false),
              new Drift(1.1, 0.75, 0.8, 2.5, 1.5, 1.8, 2.0, 3.0),
              new Mix(116, 0.40, 49, 0.22, new Prevalence(0.26, 0.22, 0.26, 0.24, 0.28))),
          new VirtualSite(
              "saffron",
              "India",
              new Acquisition(
                  304,
                  256,
                  41,
                  4.0,
                  0.9,
                  0.013,
                  1.2,
                  0.65,
                  0.014,
                  1.6,
                  0.03,
                  Lettering.LEFT_AND_VIEW,
                  false),
              Drift.NONE,
              new Mix(92, 0.25, 51, 0.30, new Prevalence(0.24, 0.22, 0.26, 0.24, 0.28))));

  /// How it takes films now: [#acquisition] and [#drift] together.
  public Acquisition current() {
    return drift.since(acquisition);
  }

  /// All seven, in the order of the embedded cohort.
  public static List<VirtualSite> all() {
    return ALL;
  }

  /// Whom a site sees.
  ///
  /// @param images of the embedded cohort
  /// @param apShare share of films taken from the front (AP), at the bedside
  /// @param meanAge years
  /// @param meanGirth mean of the obesity scale 0 … 1
  /// @param prevalence of each finding
  public record Mix(
      int images, double apShare, double meanAge, double meanGirth, Prevalence prevalence) {}

  /// The share of films with each finding in the population a site draws from.
  public record Prevalence(
      double cardiomegaly,
      double edema,
      double consolidation,
      double atelectasis,
      double pleuralEffusion) {
    public double of(PhantomFinding finding) {
      return switch (finding) {
        case CARDIOMEGALY -> cardiomegaly;
        case EDEMA -> edema;
        case CONSOLIDATION -> consolidation;
        case ATELECTASIS -> atelectasis;
        case PLEURAL_EFFUSION -> pleuralEffusion;
      };
    }
  }
}
