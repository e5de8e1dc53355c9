package org.blindread.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.StepRecord;

/// Collects what a party's run took. Thread-safe.
public final class Measurements implements Observer {
  private final Plan plan;
  private final List<PartyReport.ImageTime> images = new ArrayList<>();
  private final List<List<Long>> nanos = new ArrayList<>();
  private final List<StepRecord> prepared = new ArrayList<>();
  private final List<Integer> rounds = new ArrayList<>();
  private final List<Map<String, Long>> bytes = new ArrayList<>();

  public Measurements(Plan plan) {
    this.plan = plan;
    plan.steps().forEach(_ -> nanos.add(new ArrayList<>()));
  }

  @Override
  public void step(long image, int step, int steps, String layer) {}

  @Override
  public synchronized void done(ImageRecord record) {
    boolean cold = images.isEmpty();
    images.add(new PartyReport.ImageTime(record.image(), record.nanos() * 1e-9));
    prepared.add(record.preparation());
    int depth = 0;
    for (int step = 0; step < record.steps().size(); step++) {
      StepRecord taken = record.steps().get(step);
      nanos.get(step).add(taken.nanos());
      if (cold) {
        rounds.add(Math.max(0, taken.depth() - depth));
        bytes.add(taken.bytes());
      }
      depth = Math.max(depth, taken.depth());
    }
  }

  /// The time of each image, in the order they were done.
  public synchronized List<PartyReport.ImageTime> images() {
    return List.copyOf(images);
  }

  /// One line a step, before them one for what was prepared, if anything was; empty if no image was
  /// read.
  public synchronized List<StepSummary> steps() {
    List<StepSummary> steps = new ArrayList<>();
    prepared.stream().findFirst().flatMap(StepSummary::preparation).ifPresent(steps::add);
    steps.replaceAll(
        step -> step.taking(warmMedian(prepared.stream().map(StepRecord::nanos).toList()) * 1e-9));
    for (int number = 0; number < rounds.size(); number++) {
      Step step = plan.step(number);
      steps.add(
          new StepSummary(
              step.layer(),
              StepSummary.kind(step.instruction()),
              warmMedian(nanos.get(number)) * 1e-9,
              rounds.get(number),
              bytes.get(number)));
    }
    return steps;
  }

  /// The median of all but the first, which runs cold; of the first if there is no other.
  static long warmMedian(List<Long> values) {
    List<Long> warm =
        new ArrayList<>(values.size() > 1 ? values.subList(1, values.size()) : values);
    Collections.sort(warm);
    int middle = warm.size() / 2;
    return warm.size() % 2 == 1 ? warm.get(middle) : (warm.get(middle - 1) + warm.get(middle)) / 2;
  }
}
