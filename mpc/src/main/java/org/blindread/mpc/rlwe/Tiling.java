package org.blindread.mpc.rlwe;

import java.util.List;

/// How a layer is cut into polynomials: spatial tiles, blocks of input channels, blocks of filters.
///
/// A ciphertext holds `channels` channels of one tile of the input, a polynomial of weights
/// `filters` filters over them. With B the volume of an input tile, channels·filters·B ≤ N, see
/// [Packing].
///
/// @param extents output extents of a tile, three axes, outermost first
/// @param channels channels (of phases, see [Geometry]) a ciphertext
/// @param filters filters a polynomial of weights
/// @param merged groups that are treated as one dense group; more than 1 only where all their
///   channels share a ciphertext
public record Tiling(List<Integer> extents, int channels, int filters, int merged) {
  public Tiling {
    extents = List.copyOf(extents);
  }

  @Override
  public String toString() {
    return "tile %s, %d channels, %d filters%s"
        .formatted(extents, channels, filters, merged > 1 ? ", " + merged + " groups merged" : "");
  }
}
