package org.blindread.mpc.tensor.kernel;

/// The loops of [Ntt] for one prime and degree, lengths checked. Elements are the integers −(p−1)/2
/// … (p−1)/2, and every form gives the same ones.
interface NttLoops {
  /// Slots that [#sumProducts] takes together.
  int PANEL = 16;

  /// Coefficients to slots: slot i holds the value at ψ^(2·reverse(i)+1), reverse turning the bits
  /// of i around.
  void forward(double[] values, int from);

  /// Slots to coefficients.
  void inverse(double[] values, int from);

  /// product = a·b, element by element.
  void multiply(double[] a, int aFrom, double[] b, int bFrom, double[] product, int to);

  /// sum = sum + a·b, element by element.
  void multiplyAdd(double[] a, int aFrom, double[] b, int bFrom, double[] sum, int to);

  /// out = (a + b)·factor, element by element.
  ///
  /// @param factor an element
  void addMultiply(
      double[] a, int aFrom, double[] b, int bFrom, double factor, double[] out, int to);

  /// Over a panel of slots and two columns: first[i] = Σ_k x_2k[i]·w_k[i], second[i] = Σ_k
  /// x_2k+1[i]·w_k[i], i = 0 … 15.
  ///
  /// @param x 2·count panels, from `xFrom` on
  /// @param w count panels, from `wFrom` on
  /// @param to where the sums go, in both arrays
  void sumProducts(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to);

  /// The same where each w_k is one number for the whole panel.
  ///
  /// @param w count numbers, from `wFrom` on
  void sumMultiples(
      double[] x,
      int xFrom,
      double[] w,
      int wFrom,
      int count,
      double[] first,
      double[] second,
      int to);
}
