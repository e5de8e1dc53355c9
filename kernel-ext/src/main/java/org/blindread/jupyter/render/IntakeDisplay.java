package org.blindread.jupyter.render;

import java.util.ArrayList;
import java.util.List;
import org.blindread.data.Exclusion;
import org.blindread.data.Intake;
import org.blindread.data.SiteFlow;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;

/// What was received, left out and kept, site by site, as STARD 2015 asks (item 19).
public final class IntakeDisplay implements Display<Intake> {
  /// For `ServiceLoader`.
  public IntakeDisplay() {}

  @Override
  public Class<Intake> type() {
    return Intake.class;
  }

  @Override
  public Bundle bundle(Intake intake) {
    List<Exclusion.Reason> reasons = intake.excluded().keySet().stream().sorted().toList();
    List<String> header = new ArrayList<>(List.of("site", "received"));
    reasons.forEach(reason -> header.add(reason.toString()));
    header.add("included");
    List<List<String>> rows = new ArrayList<>();
    intake.flow().forEach(flow -> rows.add(row(flow, reasons)));
    rows.add(row(new SiteFlow("all", intake.received(), intake.excluded()), reasons));
    List<String> notes = new ArrayList<>(intake.notices());
    intake.exclusions().forEach(exclusion -> notes.add(exclusion.toString()));
    return Bundle.html(
        intake.toString(),
        "<div>%s%s</div>"
            .formatted(
                Html.table(header, rows, 1),
                notes.isEmpty()
                    ? ""
                    : Html.details(
                        "%d images left out, %d notices"
                            .formatted(intake.exclusions().size(), intake.notices().size()),
                        String.join("", notes.stream().map(Html::line).toList()))));
  }

  private static List<String> row(SiteFlow flow, List<Exclusion.Reason> reasons) {
    List<String> cells = new ArrayList<>();
    cells.add(flow.site().isEmpty() ? "(no site)" : flow.site());
    cells.add(String.valueOf(flow.received()));
    reasons.forEach(reason -> cells.add(String.valueOf(flow.excluded(reason))));
    cells.add(String.valueOf(flow.included()));
    return cells;
  }
}
