package org.blindread.workbench.validation;

import java.util.OptionalDouble;
import org.blindread.stats.agreement.Deviations;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// How closely two runs' scores agree, finding by finding: in place of tests of equal
/// distributions, whose large p-values prove nothing (docs/statistics.md).
final class AgreementTable {
  private static final double CONFIDENCE = 0.95;

  private AgreementTable() {}

  /// Logits throughout; upper limits are one-sided, 95 %.
  static Table of(Comparison comparison) {
    Table table =
        Table.create(
            "agreement of logits, %s − %s"
                .formatted(comparison.names().secure(), comparison.names().plain()),
            StringColumn.create("finding"),
            IntColumn.create("images"),
            DoubleColumn.create("bias"),
            DoubleColumn.create("sd"),
            DoubleColumn.create("max |d|"),
            DoubleColumn.create("share covered by max |d|"),
            DoubleColumn.create("W1, upper limit"),
            DoubleColumn.create("KS gap, upper limit"),
            DoubleColumn.create("1 − CCC"));
    for (FindingResult finding : comparison.findings()) {
      Deviations d = finding.agreement().deviations();
      table.stringColumn(0).append(finding.finding());
      table.intColumn(1).append(d.n());
      number(table, 2, OptionalDouble.of(d.mean()));
      number(table, 3, OptionalDouble.of(d.standardDeviation()));
      number(table, 4, OptionalDouble.of(d.maxAbsolute()));
      number(table, 5, OptionalDouble.of(d.toleranceShare(CONFIDENCE)));
      number(table, 6, d.meanAbsoluteUpper(CONFIDENCE));
      number(
          table, 7, OptionalDouble.of(finding.agreement().distance().kolmogorovUpper(CONFIDENCE)));
      number(table, 8, finding.agreement().concordance().shortfall());
    }
    return table;
  }

  private static void number(Table table, int column, OptionalDouble value) {
    DoubleColumn numbers = table.doubleColumn(column);
    value.ifPresentOrElse(numbers::append, numbers::appendMissing);
  }
}
