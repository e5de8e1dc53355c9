package org.blindread.data.phantom;

import java.util.EnumMap;
import java.util.Map;

/// One film of a patient: what may differ from film to film. It holds the latent model of the five
/// findings, a threshold model on liabilities:
///
/// liability = a·heart + b·infection + c·bedridden + √(1 − a² − b² − c²)·e, e = 0.8·own + 0.6·fresh
///
/// A finding is present if its liability exceeds Φ⁻¹(1 − prevalence of the site). Its severity
/// grows with the excess over the threshold; just below the threshold there are traces that the
/// truth does not call a finding, so that no threshold on the picture tells all cases apart.
///
/// @param seed of what is drawn for this film alone
/// @param ap taken from the front at the bedside: larger heart, worse breath
/// @param supine lying: fluid spreads behind the lung
/// @param inspiration 0 (poor) … 1 (full)
/// @param turned rotation about the long axis, −1 … 1
/// @param excess liability minus threshold of each finding
record Visit(
    long seed,
    boolean ap,
    boolean supine,
    double inspiration,
    double turned,
    Map<PhantomFinding, Double> excess) {

  /// Severity just above the threshold, and how fast it grows.
  private static final double MILDEST = 0.30;

  private static final double SLOPE = 0.40;

  /// Severity just below the threshold, and how far below it falls to nothing.
  private static final double TRACE = 0.16;

  private static final double REACH = 0.5;

  static Visit of(VirtualSite site, Patient patient, long seed) {
    Draws draws = new Draws(seed);
    double posture = 0.5 * patient.bedridden() + Math.sqrt(0.75) * draws.normal();
    boolean ap = posture > quantile(1 - site.mix().apShare());
    boolean supine = draws.chance(0.4) && ap;
    double inspiration = Math.clamp(draws.normal(ap ? 0.60 : 0.85, 0.16), 0.0, 1.0);
    double turned = Math.clamp(draws.normal(0, ap ? 0.35 : 0.2), -1.0, 1.0);
    Map<PhantomFinding, Double> excess = new EnumMap<>(PhantomFinding.class);
    for (PhantomFinding finding : PhantomFinding.values()) {
      Loading on = Loading.of(finding);
      double own = 0.8 * patient.own().getOrDefault(finding, 0.0) + 0.6 * draws.normal();
      double liability =
          on.heart * patient.heart()
              + on.infection * patient.infection()
              + on.bedridden * patient.bedridden()
              + on.rest() * own;
      excess.put(finding, liability - quantile(1 - site.mix().prevalence().of(finding)));
    }
    return new Visit(seed, ap, supine, inspiration, turned, excess);
  }

  /// How a finding depends on what the patient is liable to.
  private record Loading(double heart, double infection, double bedridden) {
    static Loading of(PhantomFinding finding) {
      return switch (finding) {
        case CARDIOMEGALY -> new Loading(0.70, 0.00, 0.10);
        case EDEMA -> new Loading(0.65, 0.10, 0.20);
        case CONSOLIDATION -> new Loading(0.00, 0.65, 0.15);
        case ATELECTASIS -> new Loading(0.10, 0.20, 0.50);
        case PLEURAL_EFFUSION -> new Loading(0.45, 0.25, 0.35);
      };
    }

    double rest() {
      return Math.sqrt(1 - heart * heart - infection * infection - bedridden * bedridden);
    }
  }

  boolean has(PhantomFinding finding) {
    return excess.getOrDefault(finding, -1.0) > 0;
  }

  /// 0 (no trace) … 1; present findings start at 0.3.
  double severity(PhantomFinding finding) {
    double e = excess.getOrDefault(finding, -1.0);
    return e > 0 ? Math.min(1.0, MILDEST + SLOPE * e) : Math.max(0.0, TRACE * (1 + e / REACH));
  }

  /// Φ⁻¹ by Acklam's rational approximation (relative error below 1.2e-9).
  static double quantile(double p) {
    if (p < 0.02425) {
      return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
    }
    if (p > 1 - 0.02425) {
      return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
    }
    double q = p - 0.5;
    double r = q * q;
    return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                            + 1.383577518672690e+02)
                        * r
                    - 3.066479806614716e+01)
                * r
            + 2.506628277459239e+00)
        * q
        / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                            + 6.680131188771972e+01)
                        * r
                    - 1.328068155288572e+01)
                * r
            + 1);
  }

  private static double tail(double q) {
    return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                            - 2.549732539343734e+00)
                        * q
                    + 4.374664141464968e+00)
                * q
            + 2.938163982698783e+00)
        / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                    + 3.754408661907416e+00)
                * q
            + 1);
  }
}
