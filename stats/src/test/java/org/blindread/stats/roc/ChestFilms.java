package org.blindread.stats.roc;

import org.blindread.stats.KnownAnswers;
import org.blindread.stats.SplitMix64;

/// Scores of 22,433 chest films of the NIH and what rounding and noise make of them, from
/// `../shared/data`.
final class ChestFilms {
  private static final java.util.List<String> FINDINGS =
      java.util.List.of(
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

  static double[] scores(String variant, String finding) {
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
