package org.blindread.mpc.run;

import java.util.Map;

/// What one step of one image took at one party.
///
/// @param nanos wall-clock time, waiting included
/// @param depth depth of the online messages after the step (Lamport's clock of the lane)
/// @param bytes payload bytes this party sent, by link
/// @param received payload bytes this party received, by link
public record StepRecord(
    long nanos, int depth, Map<String, Long> bytes, Map<String, Long> received) {
  /// Nothing was done.
  public static final StepRecord NONE = new StepRecord(0, 0, Map.of(), Map.of());

  public StepRecord {
    bytes = Map.copyOf(bytes);
    received = Map.copyOf(received);
  }
}
