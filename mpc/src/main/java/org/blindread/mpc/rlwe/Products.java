package org.blindread.mpc.rlwe;

import java.util.Arrays;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.Ntt;

/// Ciphertexts times weights, summed over blocks of channels.
///
/// In slots this is one matrix product a slot: blocks of filters × blocks of channels by blocks of
/// channels × tiles. A piece of the work is 64 slots of one prime, so that what it reads again and
/// again, 1 KiB a ciphertext, stays in the cache of its core; going ciphertext by ciphertext the
/// products took four times as long, waiting for memory.
final class Products {
  private static final int PANELS = 4;
  private static final int SLOTS = PANELS * Ntt.PANEL;

  /// Both components.
  private static final int COLUMN = 2 * Ntt.PANEL;

  private final Packing packing;
  private final Modulus modulus;
  private final Crew crew;

  Products(Packing packing, Modulus modulus, Crew crew) {
    this.packing = packing;
    this.modulus = modulus;
    this.crew = crew;
  }

  /// The sums of some blocks of filters, numbered through all groups; in each tile by tile, in
  /// slots.
  ///
  /// @param from first of the blocks
  /// @param weights of each of the blocks
  Ciphertext[] of(Ciphertext[] inputs, int from, WeightPanels[] weights) throws ProtocolException {
    int tiles = packing.spatialTiles();
    Ciphertext[] sums = new Ciphertext[weights.length * tiles];
    Arrays.setAll(sums, n -> Ciphertext.zero(modulus));
    int firstGroup = from / packing.filterBlocks();
    int groups = (from + weights.length - 1) / packing.filterBlocks() - firstGroup + 1;
    int ofGroup = tiles * packing.channelBlocks() * COLUMN;
    int pieces = modulus.length() / SLOTS;
    crew.each(
        pieces,
        () -> {
          double[] panels = new double[PANELS * groups * ofGroup];
          return piece -> {
            int prime = piece * SLOTS / modulus.degree();
            int slot = piece * SLOTS % modulus.degree();
            gather(inputs, firstGroup, groups, piece * SLOTS, panels);
            for (int n = 0; n < sums.length; n++) {
              int block = n / tiles;
              int group = (from + block) / packing.filterBlocks() - firstGroup;
              for (int panel = 0; panel < PANELS; panel++) {
                int at =
                    (panel * groups + group) * ofGroup
                        + n % tiles * packing.channelBlocks() * COLUMN;
                weights[block].sum(prime, slot + panel * Ntt.PANEL, panels, at, sums[n]);
              }
            }
          };
        });
    return sums;
  }

  /// Slots of the inputs: panel by panel, group by group, tile by tile, block by block, both
  /// components.
  private void gather(Ciphertext[] inputs, int firstGroup, int groups, int from, double[] panels) {
    int to = 0;
    int step = panels.length / PANELS;
    for (int group = firstGroup; group < firstGroup + groups; group++) {
      for (int tile = 0; tile < packing.spatialTiles(); tile++) {
        for (int block = 0; block < packing.channelBlocks(); block++) {
          Ciphertext input = inputs[packing.ciphertext(tile, group, block)];
          for (int panel = 0; panel < PANELS; panel++) {
            int at = from + panel * Ntt.PANEL;
            System.arraycopy(input.c0(), at, panels, to + panel * step, Ntt.PANEL);
            System.arraycopy(input.c1(), at, panels, to + panel * step + Ntt.PANEL, Ntt.PANEL);
          }
          to += COLUMN;
        }
      }
    }
  }
}
