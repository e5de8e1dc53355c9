package org.blindread.mpc.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What [Calibration] measured: the extremes of every input and node of a graph. Private to the
/// vendor; the public part of a model's card does not hold it.
///
/// @param images number of calibration images
/// @param values extremes by name of input or node
public record Ranges(int images, Map<String, Extremes> values) {
  public Ranges {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  @Override
  public String toString() {
    return "Ranges[%d images, %d values]".formatted(images, values.size());
  }
}
