package org.blindread.jupyter.render;

import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.table.CohortTable;
import tech.tablesaw.api.Table;

/// A cohort: what it is, where it comes from, and its table by site. No image is read.
public final class CohortDisplay implements Display<Cohort> {
  /// For `ServiceLoader`.
  public CohortDisplay() {}

  @Override
  public Class<Cohort> type() {
    return Cohort.class;
  }

  @Override
  public Bundle bundle(Cohort cohort) {
    Table table;
    try {
      table = CohortTable.bySite(cohort);
    } catch (DatasetException e) {
      return Bundle.text(cohort + "\n" + e.getMessage());
    }
    Bundle sites = new TableDisplay().bundle(table);
    String from = "from " + cohort.origin();
    return Bundle.html(
        "%s\n%s%s"
            .formatted(
                sites.data().get(Bundle.TEXT),
                cohort.synthetic() ? Cohorts.SYNTHETIC + "\n" : "",
                from),
        "<div>%s%s%s</div>"
            .formatted(
                cohort.synthetic() ? Html.strong(Cohorts.SYNTHETIC) : "",
                sites.data().get(Bundle.HTML),
                Html.details("origin", Html.line(from))));
  }
}
