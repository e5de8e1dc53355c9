package org.blindread.jupyter.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.workbench.PlanTable;

/// A plan: what an image costs by kind of layer, and every layer behind a line that opens them.
public final class PlanDisplay implements Display<PlanTable> {
  /// For `ServiceLoader`.
  public PlanDisplay() {}

  @Override
  public Class<PlanTable> type() {
    return PlanTable.class;
  }

  @Override
  public Bundle bundle(PlanTable plan) {
    Map<String, long[]> kinds = new TreeMap<>();
    List<List<String>> layers = new ArrayList<>();
    for (PlanTable.Row row : plan.rows()) {
      long[] sums = kinds.computeIfAbsent(row.kind(), _ -> new long[3]);
      sums[0]++;
      sums[1] += row.cost().rounds();
      sums[2] += row.cost().totalBytes();
      layers.add(
          List.of(
              row.layer(),
              row.kind(),
              row.shape().toString(),
              row.range().map(PlanTable::measured).orElse(""),
              String.valueOf(row.scale()),
              String.valueOf(row.cost().rounds()),
              megabytes(row.cost().totalBytes())));
    }
    List<List<String>> summary = new ArrayList<>();
    kinds.forEach(
        (kind, sums) ->
            summary.add(
                List.of(
                    kind, String.valueOf(sums[0]), String.valueOf(sums[1]), megabytes(sums[2]))));
    return Bundle.html(
        plan.text(),
        "<div>%s%s%s%s%s%s</div>"
            .formatted(
                Html.strong(plan.title()),
                Html.line(plan.arithmetic()),
                Html.table(List.of("kind", "layers", "rounds", "MB an image"), summary, 1),
                Html.line(plan.costs()),
                Html.line(plan.ranges()),
                Html.details(
                    plan.rows().size() + " layers",
                    Html.table(
                        List.of("layer", "kind", "shape", "range", "scale", "rounds", "MB"),
                        layers,
                        4))));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes * 1e-6);
  }
}
