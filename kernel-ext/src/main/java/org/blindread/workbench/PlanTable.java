package org.blindread.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.compile.RangeReport;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;

/// A model's plan as a table, one line a layer and kind: shape, measured range, interval bound,
/// scale, bytes and rounds of one image. Ranges and bounds are the vendor's own.
///
/// @param model the plan's name
/// @param protocol under which it costs this
/// @param terms what the costs depend on
/// @param numbers ring and scale
/// @param rows the layers, in order
/// @param total of one image
/// @param session once a session
/// @param statements what the protocol states of this plan, see [Protocol#statements]
/// @param ranges what the ranges say: how much is to spare, or why it is unsafe
public record PlanTable(
    String model,
    Protocol protocol,
    Terms terms,
    FixedPoint numbers,
    List<Row> rows,
    Cost total,
    Cost session,
    List<String> statements,
    String ranges) {

  /// A layer's instructions of one kind.
  ///
  /// @param range the layer's measured and bounded values, where there are any
  public record Row(
      String layer,
      String kind,
      Shape shape,
      Optional<RangeReport.Layer> range,
      int scale,
      Cost cost) {}

  private record Key(String layer, String kind) {}

  public PlanTable {
    rows = List.copyOf(rows);
    statements = List.copyOf(statements);
  }

  /// The table of a compiled model.
  ///
  /// @param model what the model is called; its file's own name is often the exporter's
  /// @param terms what the costs depend on
  public static PlanTable of(String model, Compiled compiled, Protocol protocol, Terms terms) {
    Plan plan = compiled.plan();
    List<Cost> costs = protocol.costs(plan, terms);
    Map<String, RangeReport.Layer> ranges = new LinkedHashMap<>();
    compiled.report().layers().forEach(layer -> ranges.put(layer.name(), layer));
    Map<Key, Row> rows = new LinkedHashMap<>();
    Cost total = protocol.preparationCost(plan, terms);
    if (total.totalBytes() > 0) {
      Key key = new Key(StepSummary.BEFORE_THE_IMAGE, StepSummary.PREPARE);
      Shape none = Shape.of(1);
      rows.put(key, new Row(key.layer(), key.kind(), none, Optional.empty(), 0, total));
    }
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      total = total.plus(costs.get(number));
      if (step.instruction() instanceof Instruction.Weight) {
        continue;
      }
      Key key = new Key(step.layer(), StepSummary.kind(step.instruction()));
      Row row =
          new Row(
              key.layer(),
              key.kind(),
              step.shape(),
              Optional.ofNullable(ranges.get(key.layer())),
              step.scale(),
              costs.get(number));
      rows.merge(key, row, PlanTable::after);
    }
    return new PlanTable(
        model,
        protocol,
        terms,
        plan.numbers(),
        List.copyOf(rows.values()),
        total,
        protocol.sessionCost(plan, terms),
        protocol.statements(plan, terms),
        compiled.report().safe()
            ? "ranges measured on %d images; %d bits to spare beyond the headroom"
                .formatted(compiled.report().images(), compiled.report().spareBits())
            : "UNSAFE RANGE: " + String.join("; ", compiled.report().warnings()));
  }

  private static Row after(Row before, Row last) {
    return new Row(
        last.layer(),
        last.kind(),
        last.shape(),
        last.range(),
        last.scale(),
        before.cost().plus(last.cost()));
  }

  /// What is planned, in one line.
  public String title() {
    String knobs = terms.knobs(protocol.knobs());
    return "%s, protocol %s, mode %s%s: error of a step at most %d units of the last place against the twin"
        .formatted(
            model,
            protocol.name(),
            terms.mode(),
            knobs.isEmpty() ? "" : ", " + knobs,
            protocol.ulps(terms.mode()));
  }

  /// The numbers, in one line.
  public String arithmetic() {
    return "ring of %d bits, %d of them fraction; interval: bound by interval arithmetic, never decisive"
        .formatted(numbers.bits(), numbers.fractionBits());
  }

  /// What an image and a session cost, in one line.
  public String costs() {
    return String.format(
        Locale.ROOT,
        "one image: %d rounds, %.1f MB; once a session: %.1f MB",
        total.rounds(),
        total.totalBytes() * 1e-6,
        session.totalBytes() * 1e-6);
  }

  /// The table as text.
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.add(arithmetic());
    lines.add(line("layer", "kind", "shape", "range", "interval", "scale", "rounds", "bytes"));
    rows.forEach(row -> lines.add(line(row)));
    lines.add(costs());
    new java.util.TreeMap<>(total.bytes())
        .forEach(
            (link, bytes) ->
                lines.add(String.format(Locale.ROOT, "  %s: %.1f MB", link, bytes * 1e-6)));
    lines.addAll(statements);
    lines.add(ranges);
    return String.join("\n", lines);
  }

  private static String line(Row row) {
    return line(
        row.layer(),
        row.kind(),
        row.shape().toString(),
        row.range().map(PlanTable::measured).orElse(""),
        row.range()
            .map(range -> String.format(Locale.ROOT, "2^%.1f", range.intervalBits()))
            .orElse(""),
        String.valueOf(row.scale()),
        String.valueOf(row.cost().rounds()),
        String.valueOf(row.cost().totalBytes()));
  }

  /// A measured range in words.
  public static String measured(RangeReport.Layer range) {
    return String.format(Locale.ROOT, "%.3g … %.3g", range.min(), range.max());
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
