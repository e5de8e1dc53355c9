package org.blindread.stats;

import java.util.List;

/// Scores of 22,433 chest films of the NIH and what rounding and noise make of them, from
/// `../shared/data`.
public final class ChestFilms {
  private static final List<String> FINDINGS =
      List.of(
          "Atelectasis",
          "Cardiomegaly",
          "Effusion",
          "Infiltration",
          "Mass",
          "Nodule",
          "Pneumonia",
          "Pneumothorax",
          "Consolidation",
          "Edema",
          "Emphysema",
          "Fibrosis",
          "Pleural_Thickening",
          "Hernia");

  private ChestFilms() {}

  /// The scores of a finding: `plain`, `plain_logit`, or in units of 2⁻¹² `trunc12`, `noise12`,
  /// `coarse` (logits) and `p12` (probabilities).
  public static double[] scores(String variant, String finding) {
    return switch (variant) {
      case "plain" -> KnownAnswers.column("nih_plain_prob", finding);
      case "plain_logit" -> {
        double[] p = scores("plain", finding);
        for (int i = 0; i < p.length; i++) {
          p[i] = Math.log(p[i] / (1 - p[i]));
        }
        yield p;
      }
      case "trunc12" -> KnownAnswers.column("nih_trunc12_logit_lsb", finding);
      case "noise12" -> KnownAnswers.column("nih_noise12_logit_lsb", finding);
      case "p12" -> KnownAnswers.column("nih_p12_prob_lsb", finding);
      case "coarse" -> coarse(finding);
      default -> throw new IllegalArgumentException(variant);
    };
  }

  /// trunc12 and noise of −512 … 511 by the rule of the folder's README.
  private static double[] coarse(String finding) {
    double[] scores = scores("trunc12", finding);
    int column = FINDINGS.indexOf(finding);
    for (int i = 0; i < scores.length; i++) {
      scores[i] += (SplitMix64.at(14L * i + column) >>> 54) - 512;
    }
    return scores;
  }
}
