package org.blindread.mpc.rlwe;

/// How well the replies of a cohort must hide the weights from the hospital.
public enum Flooding {
  /// Kullback-Leibler divergence of all replies from replies that do not depend on the weights'
  /// noise at most 2^-40.
  DEFAULT,
  /// Statistical distance at most 2^-40.
  STRICT;

  private static final double MOST_LOG2 = -40;

  /// Whether the bound for so many outputs keeps the rule.
  public boolean holds(NoiseBound bound, long outputs) {
    double leaked =
        switch (this) {
          case DEFAULT -> bound.divergenceLog2(outputs);
          case STRICT -> bound.distanceLog2(outputs);
        };
    return leaked <= MOST_LOG2;
  }
}
