package org.blindread.mpc.rlwe;

import org.blindread.mpc.tensor.kernel.Ntt;

/// The polynomials of weights of one block of filters in slots, in the order in which products read
/// them: prime by prime, panel of slots by panel, block of channels by block.
///
/// A polynomial u(X^d) is as good as u: slot s of it is slot s/d of u, of degree N/d. Then each
/// panel of 16 slots has one value.
final class WeightPanels {
  private final Modulus modulus;
  private final Modulus narrow;
  private final int channelBlocks;

  /// Values of one polynomial that stand together: a panel, or the one value of all its slots.
  private final int width;

  private final double[] values;

  /// @param narrow of the degree of u, N or at most N/16
  WeightPanels(Modulus modulus, Modulus narrow, int channelBlocks) {
    this.modulus = modulus;
    this.narrow = narrow;
    this.channelBlocks = channelBlocks;
    width = narrow.degree() == modulus.degree() ? Ntt.PANEL : 1;
    values = new double[channelBlocks * narrow.length()];
  }

  /// Takes a polynomial.
  ///
  /// @param slots of u
  void put(int channelBlock, double[] slots) {
    for (int from = 0; from < slots.length; from += width) {
      int to = from * channelBlocks + channelBlock * width;
      if (width == 1) {
        values[to] = slots[from];
      } else {
        System.arraycopy(slots, from, values, to, width);
      }
    }
  }

  /// A panel of the sum over blocks of channels of ciphertext times weights.
  ///
  /// @param slot where the panel begins, a multiple of 16 below N
  /// @param inputs panels of both components of every ciphertext, one after another
  /// @param sum gets the panel
  void sum(int prime, int slot, double[] inputs, int from, Ciphertext sum) {
    Ntt ntt = modulus.transform(prime);
    int to = prime * modulus.degree() + slot;
    int first = prime * narrow.degree() + slot / (modulus.degree() / narrow.degree());
    int at = first * channelBlocks;
    if (width == 1) {
      ntt.sumMultiples(inputs, from, values, at, channelBlocks, sum.c0(), sum.c1(), to);
    } else {
      ntt.sumProducts(inputs, from, values, at, channelBlocks, sum.c0(), sum.c1(), to);
    }
  }

  @Override
  public String toString() {
    return "WeightPanels[hidden]";
  }
}
