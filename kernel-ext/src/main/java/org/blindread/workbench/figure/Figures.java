package org.blindread.workbench.figure;

import java.util.List;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;

/// The figures of a comparison.
public final class Figures {
  private Figures() {}

  /// Forest, ROC curves, differences of scores, differences of areas.
  ///
  /// @param scores those of which the comparison was made
  public static List<Figure> of(PairedScores scores, Comparison comparison) {
    return List.of(
        ForestPlot.of(comparison),
        RocOverlay.of(scores, comparison),
        BlandAltmanPlot.of(scores, comparison),
        EquivalencePlot.of(comparison));
  }
}
