package org.blindread.workbench.figure;

import java.util.List;
import java.util.Optional;
import org.blindread.stats.roc.RocBand;
import org.blindread.stats.roc.RocCurve;
import org.blindread.stats.roc.RocPoint;
import org.blindread.workbench.comparison.FindingResult;
import org.blindread.workbench.comparison.PairedScores;
import tech.tablesaw.api.Table;

/// The points of ROC curves as a table: a row a point, in the order of the curve, with the corners
/// of the band's edges where there is one.
///
/// @param names of the two columns of scores
record RocData(PairedScores.Names names) {

  /// @param plain the curve of each finding
  /// @param secure likewise
  Table of(
      List<FindingResult> findings,
      List<Optional<RocCurve>> plain,
      List<Optional<RocCurve>> secure) {
    Data data =
        new Data(
            "roc",
            List.of("finding", "scores"),
            List.of(
                "threshold",
                "true positives",
                "false positives",
                "sensitivity",
                "1 - specificity",
                "band lower, 1 - specificity",
                "band lower, sensitivity",
                "band upper, 1 - specificity",
                "band upper, sensitivity"));
    for (int i = 0; i < findings.size(); i++) {
      String finding = findings.get(i).finding();
      plain.get(i).ifPresent(curve -> banded(data, finding, curve));
      secure.get(i).ifPresent(curve -> bare(data, finding, curve));
    }
    return data.table();
  }

  private void banded(Data data, String finding, RocCurve curve) {
    RocBand band = curve.band(RocOverlay.LEVEL);
    for (int i = 0; i < curve.points().size(); i++) {
      RocBand.Corner lower = band.lower().get(i);
      RocBand.Corner upper = band.upper().get(i);
      row(
          data,
          List.of(finding, names.plain()),
          curve,
          curve.points().get(i),
          lower.falsePositiveRate(),
          lower.sensitivity(),
          upper.falsePositiveRate(),
          upper.sensitivity());
    }
  }

  private void bare(Data data, String finding, RocCurve curve) {
    for (RocPoint point : curve.points()) {
      row(
          data,
          List.of(finding, names.secure()),
          curve,
          point,
          Data.MISSING,
          Data.MISSING,
          Data.MISSING,
          Data.MISSING);
    }
  }

  private static void row(
      Data data, List<String> words, RocCurve curve, RocPoint point, double... band) {
    data.row(
        words,
        Data.of(point.threshold()),
        point.truePositives(),
        point.falsePositives(),
        curve.sensitivity(point),
        curve.falsePositiveRate(point),
        band[0],
        band[1],
        band[2],
        band[3]);
  }
}
