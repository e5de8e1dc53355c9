package org.blindread.mpc.rlwe;

import java.util.Arrays;
import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;

/// The vendor's weights of a layer, checked against the public bound. Its text never shows them.
public final class LayerWeights {
  private final HomomorphicConvolution convolution;
  private final long[] weights;

  /// All polynomials, once they were needed, if they may stay.
  private volatile Optional<WeightPanels[]> kept = Optional.empty();

  private LayerWeights(HomomorphicConvolution convolution, long[] weights) {
    this.convolution = convolution;
    this.weights = weights;
  }

  /// Weights for a layer under a tiling: the filters that meet in one reply must keep ‖w‖₂ ≤
  /// 2^normBits together.
  ///
  /// @param weights outputs × taps × (inputs/groups), taps row-major; only their low ℓ bits matter;
  ///   not written to afterwards
  /// @param bound for the layer's parameters
  /// @throws IllegalArgumentException if their number is wrong or the bound is broken
  static LayerWeights checked(
      HomomorphicConvolution convolution, long[] weights, NoiseBound bound) {
    Layer layer = convolution.layer();
    if (weights.length != layer.weightLength()) {
      throw new IllegalArgumentException(
          "%s has %d weights, given %d".formatted(layer, layer.weightLength(), weights.length));
    }
    if (!bound.parameters().equals(convolution.parameters())) {
      throw new IllegalArgumentException(
          "the bound is for %s, the layer for %s"
              .formatted(bound.parameters(), convolution.parameters()));
    }
    long[] signed = signed(weights, convolution.parameters().bits());
    Packing packing = convolution.packing();
    if (packing.channelBlocks() > NoiseBound.MOST_INPUTS) {
      throw new IllegalArgumentException(
          "%d ciphertexts meet in one reply of %s, the noise bound allows %d; take larger tiles"
              .formatted(packing.channelBlocks(), layer, NoiseBound.MOST_INPUTS));
    }
    double most = Math.scalb(1.0, 2 * bound.normBits());
    for (int group = 0; group < packing.groups(); group++) {
      for (int block = 0; block < packing.filterBlocks(); block++) {
        if (squaredNorm(signed, layer, packing.outputChannels(group, block)) > most) {
          throw new IllegalArgumentException(
              "the filters of block %d of group %d break the public bound ‖w‖₂ ≤ 2^%d; scale"
                      .formatted(block, group, bound.normBits())
                  + " them down, as the compiler's equalisation does, or compute the layer by OTs");
        }
      }
    }
    return new LayerWeights(convolution, signed);
  }

  /// Weights sign extended: themselves where they are so already, for those of a large network take
  /// several hundred MB.
  private static long[] signed(long[] weights, int bits) {
    int unused = Long.SIZE - bits;
    int first = 0;
    while (first < weights.length && weights[first] << unused >> unused == weights[first]) {
      first++;
    }
    if (first == weights.length) {
      return weights;
    }
    long[] signed = weights.clone();
    for (int i = first; i < signed.length; i++) {
      signed[i] = weights[i] << unused >> unused;
    }
    return signed;
  }

  private static double squaredNorm(long[] weights, Layer layer, int[] filters) {
    int length = weights.length / layer.outputs();
    double sum = 0;
    for (int filter : filters) {
      for (int i = filter * length; i < (filter + 1) * length; i++) {
        sum += (double) weights[i] * weights[i];
      }
    }
    return sum;
  }

  /// Polynomials in slots, of some blocks of filters, numbered through all groups. Those of points
  /// are kept for the next image: of DenseNet-121 they are 0.1 GB, all others 1.2 GB.
  WeightPanels[] panels(int from, int count, Crew crew) throws ProtocolException {
    Packing packing = convolution.packing();
    int blocks = packing.groups() * packing.filterBlocks();
    if (!convolution.workload().keepsWeights(convolution.parameters())) {
      return transformed(from, count, crew);
    }
    if (kept.isEmpty()) {
      kept = Optional.of(transformed(0, blocks, crew));
    }
    return Arrays.copyOfRange(kept.orElseThrow(), from, from + count);
  }

  private WeightPanels[] transformed(int from, int count, Crew crew) throws ProtocolException {
    Packing packing = convolution.packing();
    ParameterSet set = convolution.parameters().set();
    Modulus modulus = Modulus.of(set);
    Modulus narrow = Modulus.of(set, packing.weightDegree());
    int channelBlocks = packing.channelBlocks();
    WeightPanels[] panels = new WeightPanels[count];
    crew.each(count, () -> n -> panels[n] = new WeightPanels(modulus, narrow, channelBlocks));
    crew.each(
        count * channelBlocks,
        () ->
            piece -> {
              int block = from + piece / channelBlocks;
              double[] coefficients =
                  packing.weights(
                      weights,
                      block / packing.filterBlocks(),
                      block % packing.filterBlocks(),
                      piece % channelBlocks,
                      narrow.degree());
              double[] element = Scratch.ofThread().doubles(narrow.length());
              narrow.ofSmall(coefficients, element);
              narrow.toSlots(element);
              panels[piece / channelBlocks].put(piece % channelBlocks, element);
            });
    return panels;
  }

  /// Whether these are weights of that layer, tiled so.
  boolean belongTo(HomomorphicConvolution other) {
    return convolution == other;
  }

  @Override
  public String toString() {
    return "LayerWeights[hidden, " + convolution.layer() + "]";
  }
}
