package org.blindread.workbench.validation;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.blindread.data.Study;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.ScoreRow;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// How many images went which way, site by site: the flow of participants (STARD 2015, item 19).
final class FlowTable {
  private FlowTable() {}

  static Table of(Validation study) {
    Table table =
        Table.create(
            "flow of images by site",
            StringColumn.create("site"),
            IntColumn.create("in the cohort"),
            IntColumn.create("with a reference standard"),
            IntColumn.create("read in floating point"),
            IntColumn.create("read by the twin"),
            IntColumn.create("read by " + study.secure().report().how()),
            IntColumn.create("not read securely"));
    List<Study> studies = study.cohort().studies();
    Set<String> plain = images(study.plain());
    Set<String> twin = images(study.twin());
    Set<String> secure = images(study.secure());
    for (String site : study.cohort().sites()) {
      row(table, site, at(studies, site), plain, twin, secure);
    }
    row(table, "all", studies, plain, twin, secure);
    return table;
  }

  private static Set<String> images(Outcome outcome) {
    return outcome.scores().rows().stream().map(ScoreRow::image).collect(Collectors.toSet());
  }

  private static List<Study> at(List<Study> studies, String site) {
    return studies.stream().filter(s -> s.site().orElse("").equals(site)).toList();
  }

  private static void row(
      Table table,
      String site,
      List<Study> studies,
      Set<String> plain,
      Set<String> twin,
      Set<String> secure) {
    table.stringColumn(0).append(site);
    count(table, 1, studies, _ -> true);
    count(table, 2, studies, image -> !image.labels().silent());
    count(table, 3, studies, image -> plain.contains(image.image()));
    count(table, 4, studies, image -> twin.contains(image.image()));
    count(table, 5, studies, image -> secure.contains(image.image()));
    count(table, 6, studies, image -> !secure.contains(image.image()));
  }

  private static void count(Table table, int column, List<Study> studies, Predicate<Study> which) {
    table.intColumn(column).append((int) studies.stream().filter(which).count());
  }
}
