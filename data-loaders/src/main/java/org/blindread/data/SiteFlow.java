package org.blindread.data;

import java.util.Map;
import java.util.stream.Collectors;

/// How many images of a site were received, left out and kept, as STARD 2015 asks it to be told
/// (item 19, flow of participants).
///
/// @param site its name; empty where unknown
/// @param received images listed
/// @param excluded images left out, by reason; reasons that do not occur are absent
public record SiteFlow(String site, int received, Map<Exclusion.Reason, Integer> excluded) {
  /// @throws IllegalArgumentException if more were left out than received
  public SiteFlow {
    excluded = Map.copyOf(excluded);
    if (excluded.values().stream().mapToInt(n -> n).sum() > received) {
      throw new IllegalArgumentException(excluded + " left out of " + received);
    }
  }

  /// Images left out for a reason.
  public int excluded(Exclusion.Reason reason) {
    return excluded.getOrDefault(reason, 0);
  }

  /// Images kept.
  public int included() {
    return received - excluded.values().stream().mapToInt(n -> n).sum();
  }

  @Override
  public String toString() {
    String why =
        excluded.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return "%s: %d received%s, %d included"
        .formatted(
            site.isEmpty() ? "no site" : site,
            received,
            why.isEmpty() ? "" : "; left out " + why,
            included());
  }
}
