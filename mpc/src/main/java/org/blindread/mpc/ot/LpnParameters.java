package org.blindread.mpc.ot;

/// Sizes of the code and noise of [Ferret]: n = trees·2^depth samples over k = 2^logSecrets
/// secrets, one error in each run of 2^depth, ten secrets a sample.
///
/// The sets are those of emp-ot 1.0 (github.com/emp-toolkit/emp-ot), estimated by its authors at
/// about 128 bits against the attacks on regular noise known in 2025, the algebraic ones included:
/// P. Briaud, M. Øygarden, *A New Algebraic Approach to the Regular Syndrome Decoding Problem*,
/// EUROCRYPT 2023 (eprint 2023/176), and its successor (eprint 2025/1476), which weakens the sets
/// of older libraries.
///
/// @param trees t, errors of a batch
/// @param logSecrets log₂ k, up to 19
/// @param depth b, 9 … 13
public record LpnParameters(int trees, int logSecrets, int depth) {
  /// 0.80 M COTs a batch; its authors call it tentative.
  public static final LpnParameters B10 = new LpnParameters(850, 16, 10);

  /// 2.25 M COTs a batch, 36 MB a party and direction.
  public static final LpnParameters B11 = new LpnParameters(1170, 17, 11);

  /// 5.95 M COTs a batch, 95 MB a party and direction.
  public static final LpnParameters B12 = new LpnParameters(1520, 18, 12);

  /// 15.0 M COTs a batch, 240 MB a party and direction.
  public static final LpnParameters B13 = new LpnParameters(1900, 19, 13);

  /// @throws IllegalArgumentException if a batch would not be larger than what it takes
  public LpnParameters {
    if (depth < 9 || depth > 13 || logSecrets < 1 || logSecrets > 19 || trees < 1) {
      throw new IllegalArgumentException(
          "%d trees of depth %d over 2^%d secrets; depth is 9 … 13, secrets up to 2^19"
              .formatted(trees, depth, logSecrets));
    }
    if (keptTrees(trees, logSecrets, depth) >= trees) {
      throw new IllegalArgumentException(
          "%d trees of depth %d do not yield more than the 2^%d secrets they take"
              .formatted(trees, depth, logSecrets));
    }
  }

  /// k.
  public int secrets() {
    return 1 << logSecrets;
  }

  /// COTs a batch takes: the secrets, and one for each level of each tree.
  public int taken() {
    return secrets() + trees * depth;
  }

  /// Trees whose samples the next batch takes.
  int keptTrees() {
    return keptTrees(trees, logSecrets, depth);
  }

  private static int keptTrees(int trees, int logSecrets, int depth) {
    return Math.ceilDiv((1 << logSecrets) + trees * depth, 1 << depth);
  }

  /// Samples that the next batch takes, a few to spare.
  int kept() {
    return keptTrees() << depth;
  }

  /// COTs a batch yields.
  public int yielded() {
    return (trees - keptTrees()) << depth;
  }
}
