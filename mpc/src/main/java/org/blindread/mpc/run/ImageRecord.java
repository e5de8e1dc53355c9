package org.blindread.mpc.run;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.protocol.Opened;

/// What one party holds after an image was read.
///
/// @param image number of the image in the run
/// @param opened each output as far as this party learns it, by output name
/// @param steps one record a step of the plan; empty for weights
/// @param nanos wall-clock time of the image, from when it was asked for
/// @param preparation what was done for it before that; see
///   [org.blindread.mpc.protocol.Protocol#preparationCost]
public record ImageRecord(
    long image,
    Map<String, Opened> opened,
    List<StepRecord> steps,
    long nanos,
    StepRecord preparation) {
  public ImageRecord {
    opened = Map.copyOf(opened);
    steps = List.copyOf(steps);
  }

  /// An image for which nothing was prepared.
  public ImageRecord(long image, Map<String, Opened> opened, List<StepRecord> steps, long nanos) {
    this(image, opened, steps, nanos, StepRecord.NONE);
  }

  /// What this party sent for the image.
  public Traffic traffic() {
    Traffic sum = Traffic.NONE;
    int depth = 0;
    for (StepRecord step : steps) {
      sum = sum.plus(new Traffic(Math.max(0, step.depth() - depth), step.bytes()));
      depth = Math.max(depth, step.depth());
    }
    return sum;
  }
}
