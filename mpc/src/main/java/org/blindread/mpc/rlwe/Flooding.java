package org.blindread.mpc.rlwe;

/// How well the replies of a cohort must hide the weights from the hospital.
public enum Flooding {
  /// Kullback-Leibler divergence of all replies from replies that do not depend on the weights'
  /// noise at most 2^-40.
  DEFAULT,
  /// Statistical distance at most 2^-40.
  STRICT;

  private static final double MOST_LOG2 = -40;

  /// Whether replies of such a divergence in all keep the rule; by Pinsker's inequality the
  /// statistical distance is at most √(divergence/2).
  ///
  /// @param divergenceLog2 log₂ of a bound, see [NoiseBound#divergenceLog2]
  public boolean holds(double divergenceLog2) {
    return switch (this) {
      case DEFAULT -> divergenceLog2 <= MOST_LOG2;
      case STRICT -> (divergenceLog2 - 1) / 2 <= MOST_LOG2;
    };
  }
}
