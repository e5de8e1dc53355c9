package org.blindread.mpc.net;

import java.util.Map;
import java.util.TreeMap;

/// What one party sent, and how deep its messages depended on one another.
///
/// @param rounds dependency depth of online messages
/// @param bytes payload bytes sent, keyed `sender>receiver`
public record Traffic(int rounds, Map<String, Long> bytes) {
  public static final Traffic NONE = new Traffic(0, Map.of());

  public Traffic {
    bytes = Map.copyOf(bytes);
  }

  /// What happened since an earlier reading of the same lane.
  public Traffic since(Traffic earlier) {
    Map<String, Long> difference = new TreeMap<>();
    bytes.forEach(
        (link, count) -> {
          long sent = count - earlier.bytes.getOrDefault(link, 0L);
          if (sent != 0) {
            difference.put(link, sent);
          }
        });
    return new Traffic(rounds - earlier.rounds, difference);
  }

  /// One after the other: rounds and bytes add up.
  public Traffic plus(Traffic other) {
    Map<String, Long> sum = new TreeMap<>(bytes);
    other.bytes.forEach((link, count) -> sum.merge(link, count, Long::sum));
    return new Traffic(rounds + other.rounds, sum);
  }

  /// Several parties' views of the same steps: bytes add up, the deepest view gives the rounds.
  public Traffic beside(Traffic other) {
    return new Traffic(Math.max(rounds, other.rounds), plus(other).bytes());
  }

  public long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
