package org.blindread.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.compile.RangeReport;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;

/// A model's plan as a table, one line a layer and kind: shape, measured range, interval bound,
/// scale, bytes and rounds of one image. Ranges and bounds are the vendor's own.
public final class PlanTable {
  private PlanTable() {}

  private record Key(String layer, String kind) {}

  private record Row(Step last, Cost cost) {}

  /// The table.
  ///
  /// @param terms what the costs depend on
  public static String text(Compiled compiled, Protocol protocol, Terms terms) {
    Plan plan = compiled.plan();
    List<Cost> costs = protocol.costs(plan, terms);
    Map<Key, Row> rows = new LinkedHashMap<>();
    Cost total = Cost.NONE;
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      total = total.plus(costs.get(number));
      if (step.instruction() instanceof Instruction.Weight) {
        continue;
      }
      Row row = new Row(step, costs.get(number));
      rows.merge(
          new Key(step.layer(), StepSummary.kind(step.instruction())),
          row,
          (before, after) -> new Row(after.last(), before.cost().plus(after.cost())));
    }
    Map<String, RangeReport.Layer> ranges = new LinkedHashMap<>();
    compiled.report().layers().forEach(layer -> ranges.put(layer.name(), layer));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, protocol %s, mode %s: error of a step at most %d units of the last place against the twin"
            .formatted(plan.name(), protocol.name(), terms.mode(), protocol.ulps(terms.mode())));
    lines.add(
        "ring of %d bits, %d of them fraction; interval: bound by interval arithmetic, never decisive"
            .formatted(plan.numbers().bits(), plan.numbers().fractionBits()));
    lines.add(line("layer", "kind", "shape", "range", "interval", "scale", "rounds", "bytes"));
    rows.forEach((key, row) -> lines.add(line(key, row, ranges)));
    lines.add(
        String.format(
            Locale.ROOT,
            "one image: %d rounds, %.1f MB; once a session: %.1f MB",
            total.rounds(),
            total.totalBytes() * 1e-6,
            protocol.sessionCost(plan, terms).totalBytes() * 1e-6));
    new java.util.TreeMap<>(total.bytes())
        .forEach(
            (link, bytes) ->
                lines.add(String.format(Locale.ROOT, "  %s: %.1f MB", link, bytes * 1e-6)));
    lines.add(
        compiled.report().safe()
            ? "ranges measured on %d images; %d bits to spare beyond the headroom"
                .formatted(compiled.report().images(), compiled.report().spareBits())
            : "UNSAFE RANGE: " + String.join("; ", compiled.report().warnings()));
    return String.join("\n", lines);
  }

  private static String line(Key key, Row row, Map<String, RangeReport.Layer> ranges) {
    RangeReport.Layer range = ranges.get(key.layer());
    return line(
        key.layer(),
        key.kind(),
        row.last().shape().toString(),
        range == null ? "" : String.format(Locale.ROOT, "%.3g … %.3g", range.min(), range.max()),
        range == null ? "" : String.format(Locale.ROOT, "2^%.1f", range.intervalBits()),
        String.valueOf(row.last().scale()),
        String.valueOf(row.cost().rounds()),
        String.valueOf(row.cost().totalBytes()));
  }

  private static String line(
      String layer,
      String kind,
      String shape,
      String range,
      String interval,
      String scale,
      String rounds,
      String bytes) {
    return "%-44s %-9s %-14s %-20s %-8s %5s %6s %12s"
        .formatted(shortened(layer), kind, shape, range, interval, scale, rounds, bytes)
        .stripTrailing();
  }

  private static String shortened(String layer) {
    return layer.length() <= 44 ? layer : "…" + layer.substring(layer.length() - 43);
  }
}
