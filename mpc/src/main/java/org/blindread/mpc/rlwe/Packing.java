package org.blindread.mpc.rlwe;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.tensor.kernel.Ntt;

/// A convolution as products of polynomials (Huang, Lu, Hong, Ding: Cheetah, USENIX Security 2022,
/// eprint 2022/207, section 4), after [Geometry] has made it one of stride 1.
///
/// With C channels, M filters, a kernel of extents K and input tiles of extents I = T + K − 1 and
/// volume B, rows r(i) = (i_0·I_1 + i_1)·I_2 + i_2:
///
/// * input x[c, i] is coefficient c·B + r(i),
/// * weight w[m, c, u] is coefficient m·C·B + (C−1−c)·B + r(K−1−u),
/// * output y[m, o] = Σ_c Σ_u w[m, c, u]·x[c, o+u] is coefficient m·C·B + (C−1)·B + r(o+K−1) of
///   their product. Of all other products none falls there while C·M·B ≤ N, the negacyclic wrap
///   included.
///
/// Where the kernel is a point, B is rounded up to a power of two: then polynomials of weights are
/// polynomials of X^B, of which N/B slots say everything, see [WeightPanels].
///
/// Ciphertexts are numbered tile by tile, in it group by group, in it block by block of channels;
/// replies group by group, in it block by block of filters, in it tile by tile.
final class Packing {
  private static final int LEAST_DEGREE = 16;

  private final Layer layer;
  private final Geometry geometry;
  private final Tiling tiling;
  private final int degree;
  private final int[] tile;
  private final int[] inputTile;
  private final int[] tiles;
  private final int volume;
  private final int channelsOfGroup;
  private final int filtersOfGroup;

  /// @throws IllegalArgumentException if the tiling does not fit the degree or the layer
  Packing(Layer layer, Tiling tiling, int degree) {
    this.layer = layer;
    this.tiling = tiling;
    this.degree = degree;
    geometry = Geometry.of(layer);
    tile = tiling.extents().stream().mapToInt(Integer::intValue).toArray();
    inputTile = new int[Geometry.AXES];
    tiles = new int[Geometry.AXES];
    for (int a = 0; a < Geometry.AXES; a++) {
      inputTile[a] = tile[a] + geometry.kernel()[a] - 1;
      tiles[a] = (geometry.outputs()[a] + tile[a] - 1) / tile[a];
    }
    volume = volume(geometry, inputTile);
    channelsOfGroup =
        tiling.merged() * geometry.phases().size() * (layer.inputs() / layer.groups());
    filtersOfGroup = tiling.merged() * (layer.outputs() / layer.groups());
    if ((long) tiling.channels() * tiling.filters() * volume > degree
        || (tiling.merged() > 1 && channelBlocks() > 1)) {
      throw new IllegalArgumentException(
          "%s of %s does not fit polynomials of degree %d".formatted(tiling, layer, degree));
    }
  }

  /// B of an input tile.
  static int volume(Geometry geometry, int[] inputTile) {
    int volume = Geometry.volume(inputTile);
    boolean point = Geometry.volume(geometry.kernel()) == 1;
    return point && volume > Ntt.PANEL / 2 ? Integer.highestOneBit(2 * volume - 1) : volume;
  }

  /// D such that polynomials of weights are polynomials u(X^(N/D)) of degree N: N itself, or at
  /// most N/16.
  int weightDegree() {
    boolean point = Geometry.volume(geometry.kernel()) == 1;
    return point && volume >= Ntt.PANEL ? Math.max(LEAST_DEGREE, degree / volume) : degree;
  }

  int spatialTiles() {
    return Geometry.volume(tiles);
  }

  int groups() {
    return Math.ceilDiv(layer.groups(), tiling.merged());
  }

  int channelBlocks() {
    return Math.ceilDiv(channelsOfGroup, tiling.channels());
  }

  int filterBlocks() {
    return Math.ceilDiv(filtersOfGroup, tiling.filters());
  }

  int ciphertexts() {
    return spatialTiles() * groups() * channelBlocks();
  }

  int replies() {
    return spatialTiles() * groups() * filterBlocks();
  }

  int ciphertext(int spatialTile, int group, int channelBlock) {
    return (spatialTile * groups() + group) * channelBlocks() + channelBlock;
  }

  /// Coefficients of one ciphertext.
  long[] input(long[] x, int ciphertext) {
    int block = ciphertext % channelBlocks();
    int group = ciphertext / channelBlocks() % groups();
    return input(x, ciphertext / channelBlocks() / groups(), group, block);
  }

  long[] input(long[] x, int spatialTile, int group, int channelBlock) {
    long[] coefficients = new long[degree];
    int[] start = start(spatialTile);
    int perGroup = layer.inputs() / layer.groups();
    int[] extents = Geometry.three(layer.extents(), 1);
    int[] strides = Geometry.three(layer.window().strides(), 1);
    int[] low = Geometry.three(layer.window().low(), 0);
    for (int c = 0; c < tiling.channels(); c++) {
      int channel = channelBlock * tiling.channels() + c;
      int group1 = group * tiling.merged() + channel / perGroup / geometry.phases().size();
      if (channel >= channelsOfGroup || group1 >= layer.groups()) {
        break;
      }
      int[] phase = geometry.phases().get(channel / perGroup % geometry.phases().size());
      int from = group1 * perGroup + channel % perGroup;
      for (int i = 0; i < volume; i++) {
        int[] position = Geometry.split(i, inputTile);
        boolean inside = true;
        for (int a = 0; a < Geometry.AXES; a++) {
          position[a] = (start[a] + position[a]) * strides[a] + phase[a] - low[a];
          inside &= position[a] >= 0 && position[a] < extents[a];
        }
        if (inside) {
          coefficients[c * volume + i] =
              x[Geometry.join(position, extents) * layer.inputs() + from];
        }
      }
    }
    return coefficients;
  }

  private int[] start(int spatialTile) {
    int[] start = Geometry.split(spatialTile, tiles);
    for (int a = 0; a < Geometry.AXES; a++) {
      start[a] *= tile[a];
    }
    return start;
  }

  /// Coefficients of one polynomial of weights, which all spatial tiles share: of u, where it is
  /// u(X^(N/D)).
  ///
  /// @param weights small signed integers
  /// @param most D, N or [#weightDegree()]
  double[] weights(long[] weights, int group, int filterBlock, int channelBlock, int most) {
    double[] coefficients = new double[most];
    int step = degree / most;
    int perGroup = layer.inputs() / layer.groups();
    int taps = geometry.tapPhase().length;
    int first = channelBlock * tiling.channels();
    for (int m : filters(group, filterBlock)) {
      int filter = filter(group, filterBlock, m);
      int group1 = (filterBlock * tiling.filters() + m) / (layer.outputs() / layer.groups());
      int block = (m + 1) * tiling.channels() - 1;
      for (int t = 0; t < taps; t++) {
        int row = Geometry.join(mirrored(geometry.tapOffset().get(t)), inputTile);
        int channels = (group1 * geometry.phases().size() + geometry.tapPhase()[t]) * perGroup;
        for (int k = 0; k < perGroup; k++) {
          int c = channels + k - first;
          if (c >= 0 && c < tiling.channels()) {
            coefficients[((block - c) * volume + row) / step] =
                weights[(filter * taps + t) * perGroup + k];
          }
        }
      }
    }
    return coefficients;
  }

  private int[] mirrored(int[] offset) {
    int[] mirrored = new int[Geometry.AXES];
    for (int a = 0; a < Geometry.AXES; a++) {
      mirrored[a] = geometry.kernel()[a] - 1 - offset[a];
    }
    return mirrored;
  }

  /// The places in a block of filters that the layer fills.
  private List<Integer> filters(int group, int filterBlock) {
    List<Integer> filters = new ArrayList<>();
    for (int m = 0; m < tiling.filters(); m++) {
      if (filterBlock * tiling.filters() + m < filtersOfGroup
          && filter(group, filterBlock, m) < layer.outputs()) {
        filters.add(m);
      }
    }
    return filters;
  }

  private int filter(int group, int filterBlock, int m) {
    return group * filtersOfGroup + filterBlock * tiling.filters() + m;
  }

  /// The output channels of one reply.
  int[] outputChannels(int group, int filterBlock) {
    return filters(group, filterBlock).stream()
        .mapToInt(m -> filter(group, filterBlock, m))
        .toArray();
  }

  /// Output extents of a tile, smaller at the end of an axis.
  private int[] size(int spatialTile) {
    int[] start = start(spatialTile);
    int[] size = new int[Geometry.AXES];
    for (int a = 0; a < Geometry.AXES; a++) {
      size[a] = Math.min(tile[a], geometry.outputs()[a] - start[a]);
    }
    return size;
  }

  /// Where the outputs of one reply are.
  ///
  /// @param positions coefficients of the product
  /// @param indices elements of the layer's output, channels last
  record Outputs(int[] positions, int[] indices) {
    /// Those elements of a layer's output.
    long[] of(long[] output) {
      long[] own = new long[indices.length];
      for (int n = 0; n < own.length; n++) {
        own[n] = output[indices[n]];
      }
      return own;
    }
  }

  /// The outputs of one reply.
  Outputs outputs(int reply) {
    int block = reply / spatialTiles();
    return outputs(reply % spatialTiles(), block / filterBlocks(), block % filterBlocks());
  }

  Outputs outputs(int spatialTile, int group, int filterBlock) {
    List<Integer> filters = filters(group, filterBlock);
    int[] start = start(spatialTile);
    int[] size = size(spatialTile);
    int pixels = Geometry.volume(size);
    int[] positions = new int[filters.size() * pixels];
    int[] indices = new int[positions.length];
    int n = 0;
    for (int m : filters) {
      int block = ((m + 1) * tiling.channels() - 1) * volume;
      int channel = filter(group, filterBlock, m);
      for (int i = 0; i < pixels; i++) {
        int[] position = Geometry.split(i, size);
        int[] row = new int[Geometry.AXES];
        for (int a = 0; a < Geometry.AXES; a++) {
          row[a] = position[a] + geometry.kernel()[a] - 1;
          position[a] += start[a];
        }
        positions[n] = block + Geometry.join(row, inputTile);
        indices[n++] = Geometry.join(position, geometry.outputs()) * layer.outputs() + channel;
      }
    }
    return new Outputs(positions, indices);
  }
}
