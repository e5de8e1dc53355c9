package org.blindread.workbench.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.Finding;
import org.blindread.data.Prevalence;
import org.blindread.data.Study;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// Who was imaged where, and with what: the first table of a report (STARD 2015, participants).
public final class CohortTable {
  private CohortTable() {}

  /// One row a site, then one for all. Of a finding with uncertain or absent labels the cell says
  /// so: `31 (4 uncertain)`.
  ///
  /// @throws DatasetException if the cohort's sites cannot be told apart
  public static Table bySite(Cohort cohort) throws DatasetException {
    Table table =
        Table.create(
            cohort.toString(),
            StringColumn.create("site"),
            IntColumn.create("images"),
            IntColumn.create("patients"),
            StringColumn.create("views"),
            StringColumn.create("female"),
            StringColumn.create("age"));
    for (Finding finding : cohort.findings()) {
      table.addColumns(StringColumn.create(finding.name()));
    }
    for (String site : cohort.sites()) {
      row(table, site, cohort.site(site));
    }
    row(table, "all", cohort);
    return table;
  }

  private static void row(Table table, String site, Cohort cohort) {
    table.stringColumn("site").append(site);
    table.intColumn("images").append(cohort.size());
    table.intColumn("patients").append(cohort.patients());
    table.stringColumn("views").append(views(cohort));
    table.stringColumn("female").append(female(cohort));
    table.stringColumn("age").append(age(cohort));
    for (Finding finding : cohort.findings()) {
      table.stringColumn(finding.name()).append(positives(cohort.prevalence(finding)));
    }
  }

  private static String views(Cohort cohort) {
    List<String> views =
        cohort.studies().stream()
            .flatMap(study -> study.view().stream())
            .distinct()
            .sorted()
            .toList();
    return String.join(
        ", ",
        views.stream()
            .map(
                view ->
                    view + " " + cohort.where(study -> study.view().orElse("").equals(view)).size())
            .toList());
  }

  private static String female(Cohort cohort) {
    long known = cohort.studies().stream().filter(study -> study.sex().isPresent()).count();
    long female =
        cohort.studies().stream().filter(study -> study.sex().orElse("").equals("F")).count();
    return known == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100.0 * female / known);
  }

  /// Median, least and greatest.
  private static String age(Cohort cohort) {
    double[] ages =
        cohort.studies().stream()
            .map(Study::age)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    if (ages.length == 0) {
      return "";
    }
    double median = (ages[(ages.length - 1) / 2] + ages[ages.length / 2]) / 2;
    return String.format(
        Locale.ROOT, "%.0f (%.0f–%.0f)", median, ages[0], Arrays.stream(ages).max().orElseThrow());
  }

  private static String positives(Prevalence prevalence) {
    String uncertain = prevalence.uncertain() == 0 ? "" : prevalence.uncertain() + " uncertain";
    String unlabelled = prevalence.unlabelled() == 0 ? "" : prevalence.unlabelled() + " unlabelled";
    String aside =
        String.join(
            ", ", List.of(uncertain, unlabelled).stream().filter(s -> !s.isEmpty()).toList());
    return prevalence.present() + (aside.isEmpty() ? "" : " (" + aside + ")");
  }
}
