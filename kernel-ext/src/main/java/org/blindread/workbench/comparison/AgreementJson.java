package org.blindread.workbench.comparison;

import org.blindread.stats.agreement.BlandAltman;
import org.blindread.stats.agreement.Deviations;
import org.blindread.stats.agreement.DistributionDistance;
import org.blindread.stats.agreement.Exceedance;
import org.blindread.stats.agreement.ScoreAgreement;
import tools.jackson.databind.node.ObjectNode;

/// The agreement of scores in `compare --json`, in the unit of the scores.
final class AgreementJson {
  private AgreementJson() {}

  static void write(ObjectNode node, ScoreAgreement agreement) {
    Deviations d = agreement.deviations();
    node.put("n", d.n());
    node.put("maxAbsolute", d.maxAbsolute());
    node.put("rootMeanSquare", d.rootMeanSquare());
    node.put("toleranceShare", d.toleranceShare(Settings.CONFIDENCE));
    d.meanAbsoluteUpper(Settings.CONFIDENCE)
        .ifPresent(upper -> node.put("meanAbsoluteUpper", upper));
    Exceedance exceedance = d.exceedance(Settings.THRESHOLD, Settings.CONFIDENCE);
    node.putObject("exceedance")
        .put("threshold", exceedance.threshold())
        .put("exceeding", exceedance.exceeding())
        .put("upper", exceedance.upper());
    agreement.blandAltman().ifPresent(limits -> write(node.putObject("blandAltman"), limits));
    DistributionDistance distance = agreement.distance();
    node.put("wasserstein", distance.wasserstein());
    node.put("kolmogorov", distance.kolmogorov());
    node.put("kolmogorovUpper", distance.kolmogorovUpper(Settings.CONFIDENCE));
  }

  private static void write(ObjectNode node, BlandAltman limits) {
    node.put("bias", limits.bias());
    node.put("standardDeviation", limits.standardDeviation());
    node.putArray("limits").add(limits.limits().lower()).add(limits.limits().upper());
    node.putArray("lower").add(limits.lower().lower()).add(limits.lower().upper());
    node.putArray("upper").add(limits.upper().lower()).add(limits.upper().upper());
    node.put("slope", limits.slope());
  }
}
