package org.blindread.mpc.compile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.tensor.RingTensor;

/// A compiled model.
///
/// @param plan public
/// @param weights the vendor's secret, by name of `Weight`, canonical elements at the step's scale
/// @param report private to the vendor
public record Compiled(Plan plan, Map<String, RingTensor> weights, RangeReport report) {
  public Compiled {
    weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  @Override
  public String toString() {
    return "Compiled[" + plan + "]";
  }
}
