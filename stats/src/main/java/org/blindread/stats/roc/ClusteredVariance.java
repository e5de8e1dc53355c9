package org.blindread.stats.roc;

/// Variance of an area under the ROC curve, or of a difference of two, when cases come in clusters
/// such as the images of a patient: N. A. Obuchowski, Nonparametric analysis of clustered ROC curve
/// data, Biometrics 1997;53:567–78.
///
/// Cluster i of I has m_i of the m positive and n_i of the n negative cases; V10_i and V01_i are
/// the sums of their placements. Of the clusters I10 have a positive case and I01 a negative one.
///
/// S10 = I10/((I10−1)m) Σ (V10_i − m_i·θ)², S01 = I01/((I01−1)n) Σ (V01_i − n_i·θ)², S11 = I/(I−1)
/// Σ (V10_i − m_i·θ)(V01_i − n_i·θ), Var = S10/m + S01/n + 2·S11/(mn).
///
/// The deviations are integers over 2mn, so the sums are exact.
final class ClusteredVariance {
  private ClusteredVariance() {}

  /// 4m²n²·Var, for at least two clusters with a positive and two with a negative case.
  ///
  /// @param twice doubled placements, or their differences, of the stratum's rows
  /// @param sum S, their sum over the positive cases
  static double scaled(int[] twice, long sum, boolean[] truth, Stratum stratum) {
    int[] rows = stratum.rows();
    int[] patient = stratum.patient();
    long m = stratum.positives();
    long n = stratum.negatives();
    // m·A_i − m_i·S and n·B_i − n_i·S of each patient
    long[] ill = new long[stratum.patients()];
    long[] well = new long[stratum.patients()];
    for (int i = 0; i < rows.length; i++) {
      if (truth[rows[i]]) {
        ill[patient[i]] += m * twice[i] - sum;
      } else {
        well[patient[i]] += n * twice[i] - sum;
      }
    }
    WideSum illSquares = new WideSum();
    WideSum wellSquares = new WideSum();
    WideSum products = new WideSum();
    for (int i = 0; i < ill.length; i++) {
      illSquares.addProduct(ill[i], ill[i]);
      wellSquares.addProduct(well[i], well[i]);
      products.addProduct(ill[i], well[i]);
    }
    return correction(stratum.positivePatients()) * illSquares.toDouble() / (m * m)
        + correction(stratum.negativePatients()) * wellSquares.toDouble() / (n * n)
        + 2 * correction(stratum.patients()) * products.toDouble() / (m * n);
  }

  private static double correction(int clusters) {
    return clusters / (clusters - 1.0);
  }
}
