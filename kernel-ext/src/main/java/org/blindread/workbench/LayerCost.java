package org.blindread.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.StepRecord;

/// What the steps of one layer and kind took of one image, as one party of a secure run saw it: a
/// row of [ImageLog#layers].
///
/// @param party whose view it is
/// @param image as in [ImageCost]
/// @param number of the layer in the plan, from 0; a layer has a number for each kind of its steps
/// @param took layer, kind, seconds, rounds and bytes by link, both ways
public record LayerCost(String party, String image, int number, StepSummary took) {
  private static final List<String> LEADING =
      List.of("party", "image", "number", "layer", "kind", "seconds", "rounds");

  /// What a party measured, a row a layer and kind.
  static List<LayerCost> of(String party, String image, Plan plan, ImageRecord record) {
    List<StepSummary> steps = new ArrayList<>();
    StepSummary.preparation(record.preparation())
        .map(taken -> taken.beside(received(record.preparation())))
        .ifPresent(steps::add);
    int depth = 0;
    for (int number = 0; number < record.steps().size(); number++) {
      Step step = plan.step(number);
      StepRecord taken = record.steps().get(number);
      Map<String, Long> bytes = new TreeMap<>(taken.bytes());
      taken.received().forEach((link, count) -> bytes.merge(link, count, Long::sum));
      steps.add(
          new StepSummary(
              step.layer(),
              StepSummary.kind(step.instruction()),
              taken.nanos() * 1e-9,
              Math.max(0, taken.depth() - depth),
              bytes));
      depth = Math.max(depth, taken.depth());
    }
    List<LayerCost> layers = new ArrayList<>();
    for (StepSummary layer : StepSummary.layers(steps)) {
      layers.add(new LayerCost(party, image, layers.size(), layer));
    }
    return layers;
  }

  private static StepSummary received(StepRecord preparation) {
    return new StepSummary("", "", 0, 0, preparation.received());
  }

  /// Payload bytes the party sent.
  public long sent() {
    return bytes(0);
  }

  /// Payload bytes the party received.
  public long received() {
    return bytes(1);
  }

  private long bytes(int end) {
    return took.bytes().entrySet().stream()
        .filter(link -> link.getKey().split(">", 2)[end].equals(party))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// The same layer of the same image under another name.
  LayerCost named(String name) {
    return new LayerCost(party, name, number, took);
  }

  /// The columns of such rows.
  static LinkColumns columns(List<String> links) {
    return new LinkColumns(LEADING, links);
  }

  List<String> cells() {
    return List.of(
        party,
        image,
        String.valueOf(number),
        took.layer(),
        took.kind(),
        ImageCost.seconds(took.seconds()),
        String.valueOf(took.rounds()));
  }

  /// Reads a row back.
  ///
  /// @throws NumberFormatException if a cell is no number
  static LayerCost of(LinkColumns columns, List<String> cells) {
    return new LayerCost(
        cells.get(0),
        cells.get(1),
        Integer.parseInt(cells.get(2)),
        new StepSummary(
            cells.get(3),
            cells.get(4),
            Double.parseDouble(cells.get(5)),
            Integer.parseInt(cells.get(6)),
            columns.bytes(cells)));
  }
}
