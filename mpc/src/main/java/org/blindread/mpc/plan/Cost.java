package org.blindread.mpc.plan;

import java.util.Map;
import java.util.TreeMap;

/// What an instruction, a layer or a run costs in communication.
///
/// @param rounds dependency depth of the online messages
/// @param bytes payload bytes by link, keyed `sender>receiver`; links without traffic are absent
public record Cost(int rounds, Map<String, Long> bytes) {
  public static final Cost NONE = new Cost(0, Map.of());

  public Cost {
    bytes = Map.copyOf(bytes);
  }

  public static Cost of(int rounds, String link, long bytes) {
    return new Cost(rounds, bytes == 0 ? Map.of() : Map.of(link, bytes));
  }

  /// One after the other: rounds and bytes add up.
  public Cost plus(Cost other) {
    Map<String, Long> sum = new TreeMap<>(bytes);
    other.bytes.forEach((link, count) -> sum.merge(link, count, Long::sum));
    return new Cost(rounds + other.rounds, sum);
  }

  public long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
