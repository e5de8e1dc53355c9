package org.blindread.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.blindread.data.Finding;
import org.blindread.data.Labels;
import org.blindread.data.Truth;
import org.blindread.data.TruthRow;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.comparison.Settings;

/// Made-up scores and truth to be drawn.
record Study(PairedScores scores, Truth truth) {

  /// How a site's images are.
  enum Site {
    ORDINARY,
    ONE_CLASS,
    ONE_POSITIVE,
    PERFECT,
    CONSTANT
  }

  /// Twenty images a site, secure scores moved by at most `noise`.
  static Study of(int findings, double noise, Site... sites) {
    SplittableRandom random = new SplittableRandom(5);
    List<String> names = new ArrayList<>();
    for (int f = 0; f < findings; f++) {
      names.add("finding " + f);
    }
    List<ScoreRow> plain = new ArrayList<>();
    List<ScoreRow> secure = new ArrayList<>();
    List<TruthRow> truth = new ArrayList<>();
    List<Finding> known = names.stream().map(Finding::new).toList();
    for (int s = 0; s < sites.length; s++) {
      String site = "site " + s;
      for (int i = 0; i < 20; i++) {
        String image = "image-%d-%d".formatted(s, i);
        String patient = "patient-%d-%d".formatted(s, i);
        double[] here = new double[findings];
        double[] there = new double[findings];
        StringBuilder said = new StringBuilder();
        for (int f = 0; f < findings; f++) {
          boolean ill =
              switch (sites[s]) {
                case ONE_CLASS -> false;
                case ONE_POSITIVE -> i == 0;
                case ORDINARY, PERFECT, CONSTANT -> i % 3 == 0;
              };
          here[f] =
              switch (sites[s]) {
                case PERFECT -> (ill ? 2 : -2) + random.nextDouble();
                case CONSTANT -> 0.5;
                case ORDINARY, ONE_CLASS, ONE_POSITIVE -> random.nextGaussian() + (ill ? 1 : 0);
              };
          there[f] = here[f] + noise * (random.nextDouble() - 0.5);
          said.append(ill ? '1' : '0');
        }
        plain.add(new ScoreRow(image, site, patient, here));
        secure.add(new ScoreRow(image, site, patient, there));
        truth.add(new TruthRow(image, site, patient, new Labels(known, said.toString())));
      }
    }
    try {
      return new Study(
          PairedScores.of(
              new PairedScores.Names("plain", "secure"),
              new Scores(names, plain),
              new Scores(names, secure),
              false),
          new Truth(known, truth));
    } catch (WorkbenchException e) {
      throw new IllegalStateException(e);
    }
  }

  Comparison compared(boolean margin) throws Exception {
    return Comparison.of(
        scores,
        truth,
        new Settings(
            true,
            margin ? Optional.of(Margin.prespecified(0.01, "of the test")) : Optional.empty(),
            Optional.empty()));
  }
}
