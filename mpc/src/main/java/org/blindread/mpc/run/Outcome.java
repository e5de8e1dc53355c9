package org.blindread.mpc.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.protocol.plain.Overflow;

/// What reading a list of images gave.
///
/// The record owns its arrays: nobody writes to them after construction.
///
/// @param opened the scores by party that learns them, one array an image: every output of the
///   model, decoded, its head applied
/// @param traffic what all parties sent for the images, with the depth of all of them; nothing
///   under `plain`. The weights, sent once a session, are not in it
/// @param seconds wall-clock time of each image, waiting included
/// @param overflows where values left their range, which `plain` alone can see: a secure run equals
///   the twin only on images without
public record Outcome(
    Map<Party, List<double[]>> opened,
    Traffic traffic,
    List<Double> seconds,
    List<Overflow> overflows) {
  public Outcome {
    Map<Party, List<double[]>> copy = new TreeMap<>();
    opened.forEach((party, scores) -> copy.put(party, List.copyOf(scores)));
    opened = Map.copyOf(copy);
    seconds = List.copyOf(seconds);
    overflows = List.copyOf(overflows);
  }

  /// The scores, one array an image, where the party learns them.
  public Optional<List<double[]>> scores(Party party) {
    return Optional.ofNullable(opened.get(party));
  }

  @Override
  public String toString() {
    return "Outcome[%d images, learnt by %s]".formatted(seconds.size(), opened.keySet());
  }
}
