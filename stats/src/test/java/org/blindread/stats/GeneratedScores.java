package org.blindread.stats;

/// The scores that `src/test/python/generated_known_answers.py` makes: the same doubles, for only
/// operations are used that IEEE 754 rounds alike everywhere.
///
/// @param truth whether a case is positive
/// @param plain sums of four uniform numbers, higher for positive cases
/// @param secure the same with noise, in steps of 1/256, so that ties occur
/// @param patients some with several cases
/// @param sites three of them
public record GeneratedScores(
    boolean[] truth, double[] plain, double[] secure, int[] patients, String[] sites) {

  /// The scores of `n` cases.
  public static GeneratedScores of(int n) {
    var made =
        new GeneratedScores(
            new boolean[n], new double[n], new double[n], new int[n], new String[n]);
    for (int i = 0; i < n; i++) {
      double[] u = new double[8];
      for (int k = 0; k < u.length; k++) {
        u[k] = SplitMix64.uniform(8L * i + k);
      }
      made.truth[i] = u[0] < 0.25;
      made.plain[i] = u[1] + u[2] + u[3] + u[4] + (made.truth[i] ? 0.75 : 0);
      made.secure[i] = Math.floor(made.plain[i] * 256 + (u[7] - 0.5) * 8) / 256;
      made.patients[i] = (int) (u[5] * n / 3);
      made.sites[i] = "site " + (int) (u[6] * 3);
    }
    return made;
  }
}
