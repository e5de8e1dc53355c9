package org.blindread.workbench.table;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.blindread.data.Cohort;
import org.blindread.data.Finding;
import org.blindread.data.Label;
import org.blindread.data.Study;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.AurocDifference;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.SiteResult;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// Results as Tablesaw tables, for notebooks and for further work. What a row does not have is a
/// missing value.
public final class Tables {
  private static final List<String> TEXTS = List.of("patient", "site", "view", "sex", "age");

  private Tables() {}

  /// One row an image: name, what is known of it, a label a finding (1, 0, −1 for uncertain).
  public static Table of(Cohort cohort) {
    Table table = Table.create(cohort.name());
    List<Study> studies = cohort.studies();
    table.addColumns(text("image", studies, Study::image));
    for (String column : TEXTS) {
      if (studies.stream().anyMatch(study -> study.attribute(column).isPresent())) {
        table.addColumns(text(column, studies, study -> study.attribute(column).orElse("")));
      }
    }
    for (String column : cohort.subgroups()) {
      table.addColumns(text(column, studies, study -> study.attribute(column).orElse("")));
    }
    for (Finding finding : cohort.findings()) {
      IntColumn labels = IntColumn.create(finding.name());
      for (Study study : studies) {
        study
            .label(finding)
            .map(Label::cell)
            .map(Integer::valueOf)
            .ifPresentOrElse(labels::append, labels::appendMissing);
      }
      table.addColumns(labels);
    }
    return table;
  }

  /// One row an image, one column of scores a finding.
  public static Table of(Scores scores) {
    Table table = Table.create("scores");
    List<ScoreRow> rows = scores.rows();
    table.addColumns(
        text("image", rows, ScoreRow::image),
        text("site", rows, ScoreRow::site),
        text("patient", rows, ScoreRow::patient));
    for (int i = 0; i < scores.findings().size(); i++) {
      int finding = i;
      table.addColumns(
          numbers(scores.findings().get(i), rows, row -> OptionalDouble.of(row.values()[finding])));
    }
    return table;
  }

  /// One row a finding and site.
  public static Table of(Comparison comparison) {
    Table table = Table.create("comparison");
    List<SiteResult> lines = comparison.lines();
    table.addColumns(
        text("finding", lines, SiteResult::finding),
        text("site", lines, SiteResult::site),
        counts("images", lines, line -> line.cases().size()),
        counts("positives", lines, line -> line.cases().positives()),
        counts("patients", lines, line -> line.cases().patients()));
    areas(table, comparison.names().plain(), lines, line -> line.areas().plain().estimate());
    areas(table, comparison.names().secure(), lines, line -> line.areas().secure().estimate());
    table.addColumns(
        numbers("difference", lines, line -> line.areas().difference().point()),
        numbers("difference, 90 % lower", lines, line -> ninety(line, Interval::lower)),
        numbers("difference, 90 % upper", lines, line -> ninety(line, Interval::upper)),
        numbers("z", lines, line -> ordinary(line, AurocDifference.Ordinary::z)),
        numbers("p", lines, line -> ordinary(line, AurocDifference.Ordinary::p)),
        numbers("p, equivalence", lines, Tables::equivalenceP),
        text(
            "equivalence",
            lines,
            line -> line.equivalence().map(verdict -> verdict.decision().name()).orElse("")),
        numbers("certificate", lines, line -> line.certificate().bound()),
        text("outcome", lines, SiteResult::outcome));
    return table;
  }

  private static void areas(
      Table table, String which, List<SiteResult> lines, Function<SiteResult, Estimate> of) {
    table.addColumns(
        numbers("AUROC " + which, lines, line -> of.apply(line).point()),
        numbers(which + ", 95 % lower", lines, line -> end(of.apply(line), Interval::lower)),
        numbers(which + ", 95 % upper", lines, line -> end(of.apply(line), Interval::upper)));
  }

  private static OptionalDouble end(Estimate estimate, Function<Interval, Double> end) {
    return estimate.estimated().isPresent()
        ? OptionalDouble.of(end.apply(estimate.estimated().get().interval()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble ninety(SiteResult line, Function<Interval, Double> end) {
    return ordinary(line, difference -> end.apply(difference.interval(0.90)));
  }

  private static OptionalDouble ordinary(
      SiteResult line, Function<AurocDifference.Ordinary, Double> number) {
    var ordinary = line.areas().difference().ordinary();
    return ordinary.isPresent()
        ? OptionalDouble.of(number.apply(ordinary.get()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble equivalenceP(SiteResult line) {
    return line.equivalence().isPresent()
            && line.equivalence().get() instanceof Equivalence.Tested tested
        ? OptionalDouble.of(tested.p())
        : OptionalDouble.empty();
  }

  private static <T> StringColumn text(String name, List<T> rows, Function<T, String> cell) {
    return StringColumn.create(name, rows.stream().map(cell));
  }

  private static <T> IntColumn counts(String name, List<T> rows, Function<T, Integer> cell) {
    return IntColumn.create(name, rows.stream().mapToInt(cell::apply));
  }

  private static <T> DoubleColumn numbers(
      String name, List<T> rows, Function<T, OptionalDouble> cell) {
    DoubleColumn column = DoubleColumn.create(name);
    for (T row : rows) {
      OptionalDouble number = cell.apply(row);
      if (number.isPresent()) {
        column.append(number.getAsDouble());
      } else {
        column.appendMissing();
      }
    }
    return column;
  }
}
