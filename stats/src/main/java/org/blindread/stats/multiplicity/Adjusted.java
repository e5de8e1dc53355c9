package org.blindread.stats.multiplicity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Adjusted p-values in the order of the tests. A test without a p-value, because its outcome was
/// degenerate, is no test: it stays without one and is not counted, which [#toString] says.
///
/// "All of them are equivalent" needs no adjustment (see
/// `org.blindread.stats.equivalence.Equivalence`).
///
/// @param method the rule
/// @param p one a test given
/// @param tests how many were counted
/// @param leftOut how many had no p-value
public record Adjusted(Adjustment method, List<OptionalDouble> p, int tests, int leftOut) {
  public Adjusted {
    p = List.copyOf(p);
  }

  /// Adjusts p-values of a family of tests.
  ///
  /// @throws IllegalArgumentException if a p-value is not in 0 … 1
  public static Adjusted of(List<OptionalDouble> p, Adjustment method) {
    for (int i = 0; i < p.size(); i++) {
      double value = p.get(i).orElse(0);
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "the p-value of test %d is %s, not in 0 … 1".formatted(i, value));
      }
    }
    List<Integer> ascending =
        IntStream.range(0, p.size())
            .filter(i -> p.get(i).isPresent())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p.get(i).getAsDouble()))
            .toList();
    double[] values = ascending.stream().mapToDouble(i -> p.get(i).getAsDouble()).toArray();
    double[] adjusted =
        switch (method) {
          case HOLM -> holm(values);
          case BENJAMINI_HOCHBERG -> stepUp(values, 1);
          case BENJAMINI_YEKUTIELI ->
              stepUp(
                  values, IntStream.rangeClosed(1, values.length).mapToDouble(i -> 1.0 / i).sum());
        };
    List<OptionalDouble> result = new ArrayList<>(p);
    for (int k = 0; k < adjusted.length; k++) {
      result.set(ascending.get(k), OptionalDouble.of(adjusted[k]));
    }
    return new Adjusted(method, result, adjusted.length, p.size() - adjusted.length);
  }

  /// max over j ≤ k of (m − j + 1)·p₍ⱼ₎, at most 1.
  private static double[] holm(double[] ascending) {
    double[] adjusted = new double[ascending.length];
    double most = 0;
    for (int k = 0; k < adjusted.length; k++) {
      most = Math.max(most, Math.min(1, (ascending.length - k) * ascending[k]));
      adjusted[k] = most;
    }
    return adjusted;
  }

  /// min over j ≥ k of factor·m/j·p₍ⱼ₎, at most 1.
  private static double[] stepUp(double[] ascending, double factor) {
    double[] adjusted = new double[ascending.length];
    double least = 1;
    for (int k = adjusted.length - 1; k >= 0; k--) {
      least = Math.min(least, factor * ascending.length / (k + 1) * ascending[k]);
      adjusted[k] = least;
    }
    return adjusted;
  }

  @Override
  public String toString() {
    return "%s over %d tests%s"
        .formatted(
            method.label(), tests, leftOut == 0 ? "" : ", %d without a p-value".formatted(leftOut));
  }
}
