package org.blindread.mpc.protocol;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.tensor.FixedPoint;

/// What the parties agree on and what every engine needs to know of a run.
///
/// @param numbers ring and scale of the plan
/// @param mode faithful or fast
/// @param reveal who learns the scores
/// @param images how many images the run has: what a bound for a whole cohort is stated for
/// @param chosen the protocol's knobs that were turned, by name; the others stand at their default
public record Terms(
    FixedPoint numbers, Mode mode, Reveal reveal, long images, Map<String, String> chosen) {
  public Terms {
    chosen = Map.copyOf(chosen);
  }

  /// Terms for one image with every knob at its default.
  public Terms(FixedPoint numbers, Mode mode, Reveal reveal) {
    this(numbers, mode, reveal, 1, Map.of());
  }

  /// The value of a knob.
  public String value(Knob knob) {
    return knob.value(chosen);
  }

  /// Checks that a protocol has the knobs that were turned, and the values.
  ///
  /// @throws IllegalArgumentException listing what there is
  public void check(Protocol protocol) {
    Knob.check(protocol, chosen);
  }

  /// Every knob of the protocol as `name=value`, defaults included; what the parties compare.
  public String knobs(List<Knob> offered) {
    return Knob.text(offered, chosen);
  }
}
