package org.blindread.workbench.figure;

import java.util.List;
import org.blindread.data.ReferenceStandard;
import org.blindread.stats.roc.Cases;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.PairedScores;

/// A finding's two columns of scores.
///
/// The record owns its arrays: nobody writes to them after construction.
///
/// @param plain one a case
/// @param secure likewise
record ScoredCases(double[] plain, double[] secure) {

  /// Of the images that have a truth, in the order of the reference.
  static ScoredCases withTruth(PairedScores scores, FindingResult finding) {
    return of(scores, finding, finding.reference().indices());
  }

  /// Of all images.
  static ScoredCases all(PairedScores scores, FindingResult finding) {
    int[] every = new int[scores.images().size()];
    for (int i = 0; i < every.length; i++) {
      every[i] = i;
    }
    return of(scores, finding, every);
  }

  private static ScoredCases of(PairedScores scores, FindingResult finding, int[] rows) {
    int column = scores.findings().indexOf(finding.finding());
    return new ScoredCases(
        column(scores.plain(), rows, column), column(scores.secure(), rows, column));
  }

  private static double[] column(List<ScoreRow> scores, int[] rows, int column) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = scores.get(rows[i]).values()[column];
    }
    return values;
  }

  /// The finding's cases, all together.
  static Cases pooled(FindingResult finding) {
    ReferenceStandard reference = finding.reference();
    return Cases.ofPatients(reference.positive(), reference.patients());
  }
}
