package org.blindread.mpc.ot;

import org.blindread.mpc.net.ProtocolException;

/// Products of secret matrices by OTs alone: the vendor has W_g, rows×inner, and the hospital X_g,
/// inner×columns; they obtain additive shares of Y_g = W_g·X_g modulo 2^ℓ, g = 0 … groups − 1. The
/// linear layer of CrypTFlow2's SCI_OT, after the change of a convolution into a product
/// ([org.blindread.mpc.tensor.Patches]).
///
/// D. Rathee et al., *CrypTFlow2: Practical 2-Party Secure Inference*, CCS 2020 (eprint 2020/1002);
/// the product itself, with its steps, threat model and error (none): [Gilboa].
///
/// One operand gives the choices of OTs, the other rides in their messages, whose bits are as many
/// either way: groups·rows·inner·columns·ℓ(ℓ+1)/2. So the operand with fewer elements chooses,
/// which makes the fewest OTs: the vendor by the bits of W if rows ≤ columns, else the hospital by
/// those of X, for Yᵀ = Xᵀ·Wᵀ. All ℓ bits of every element are treated alike, so that shapes are
/// all that shows; small weights save nothing.
///
/// 2 rounds. With s = groups·inner·min(rows, columns), S = s rounded up to 512, m = max(rows,
/// columns): ℓ·S COTs, ℓ·S/8 bytes from their receiver and 8s·Σ_{w=1}^{ℓ} ⌈m·w/64⌉ from their
/// sender. Each multiply-accumulate is 66 bytes at ℓ = 32: for small shapes.
///
/// ```java
/// var product = new ObliviousProduct(1, 10, 128, 1, 32); // a dense layer, 128 to 10
/// long[] share = product.vendor(ot, weights); // the hospital: product.hospital(ot, x)
/// ```
///
/// @param groups independent products of one shape, all in the same 2 rounds
/// @param rows of W
/// @param inner columns of W, rows of X
/// @param columns of X
/// @param bits ℓ, 1 … 64
public record ObliviousProduct(int groups, int rows, int inner, int columns, int bits) {
  /// @throws IllegalArgumentException if an extent or ℓ is out of range, or the product takes more
  ///   than 2^25 COTs
  public ObliviousProduct {
    gilboa(groups, rows, inner, columns, bits);
  }

  private static Gilboa gilboa(int groups, int rows, int inner, int columns, int bits) {
    return rows <= columns
        ? new Gilboa(groups, rows, inner, columns, bits)
        : new Gilboa(groups, columns, inner, rows, bits);
  }

  private Gilboa gilboa() {
    return gilboa(groups, rows, inner, columns, bits);
  }

  /// Whether the vendor is the OT sender; else the hospital is.
  public boolean vendorSends() {
    return rows > columns;
  }

  /// COTs it uses up, in the direction of [#vendorSends].
  public int cots() {
    return gilboa().cots();
  }

  /// What it costs, COTs not included.
  public OtCost cost() {
    return gilboa().cost();
  }

  /// The vendor's part.
  ///
  /// @param w groups × rows × inner, modulo 2^ℓ
  /// @return its share of Y, groups × rows × columns, 0 … 2^ℓ − 1
  public long[] vendor(TwoWayOt ot, long[] w) throws ProtocolException {
    check("W", rows, inner, w);
    return vendorSends()
        ? transposed(gilboa().send(ot.sender(), transposed(w, rows, inner)), columns, rows)
        : gilboa().receive(ot.receiver(), w);
  }

  /// The hospital's part.
  ///
  /// @param x groups × inner × columns, modulo 2^ℓ
  /// @return its share of Y, groups × rows × columns, 0 … 2^ℓ − 1
  public long[] hospital(TwoWayOt ot, long[] x) throws ProtocolException {
    check("X", inner, columns, x);
    return vendorSends()
        ? transposed(gilboa().receive(ot.receiver(), transposed(x, inner, columns)), columns, rows)
        : gilboa().send(ot.sender(), x);
  }

  private void check(String name, int down, int across, long[] given) {
    if (given.length != (long) groups * down * across) {
      throw new IllegalArgumentException(
          "%s has %d elements where %d groups of %d×%d are due"
              .formatted(name, given.length, groups, down, across));
    }
  }

  /// Each group's matrix on its side.
  private long[] transposed(long[] matrices, int down, int across) {
    long[] turned = new long[matrices.length];
    for (int g = 0; g < groups; g++) {
      int start = g * down * across;
      for (int i = 0; i < down; i++) {
        for (int j = 0; j < across; j++) {
          turned[start + j * down + i] = matrices[start + i * across + j];
        }
      }
    }
    return turned;
  }
}
