package org.blindread.mpc.tensor.kernel;

/// The loops of [Ntt] for one prime and degree, lengths checked. Elements are the integers −(p−1)/2
/// … (p−1)/2, and every form gives the same ones.
interface NttLoops {
  /// Coefficients to slots: slot i holds the value at ψ^(2·reverse(i)+1), reverse turning the bits
  /// of i around.
  void forward(double[] values, int from);

  /// Slots to coefficients.
  void inverse(double[] values, int from);

  /// product = a·b, element by element.
  void multiply(double[] a, int aFrom, double[] b, int bFrom, double[] product, int to);

  /// sum = sum + a·b, element by element.
  void multiplyAdd(double[] a, int aFrom, double[] b, int bFrom, double[] sum, int to);
}
