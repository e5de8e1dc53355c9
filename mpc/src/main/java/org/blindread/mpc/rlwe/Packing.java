package org.blindread.mpc.rlwe;

import java.util.stream.IntStream;
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
  private final int[] extents;
  private final int[] strides;
  private final int[] low;
  private final int[] tapRows;
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
    extents = Geometry.three(layer.extents(), 1);
    strides = Geometry.three(layer.window().strides(), 1);
    low = Geometry.three(layer.window().low(), 0);
    tapRows = tapRows();
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
    long[] coefficients = Scratch.ofThread().zeroLongs(degree);
    int[] start = start(spatialTile);
    int perGroup = layer.inputs() / layer.groups();
    for (int c = 0; c < tiling.channels(); c++) {
      int channel = channelBlock * tiling.channels() + c;
      int group1 = group * tiling.merged() + channel / perGroup / geometry.phases().size();
      if (channel >= channelsOfGroup || group1 >= layer.groups()) {
        break;
      }
      int[] phase = geometry.phases().get(channel / perGroup % geometry.phases().size());
      copyPlane(x, group1 * perGroup + channel % perGroup, start, phase, coefficients, c * volume);
    }
    return coefficients;
  }

  /// Every element of a tile of one phase of one channel, zeros where it is padding.
  private void copyPlane(
      long[] x, int channel, int[] start, int[] phase, long[] coefficients, int to) {
    int at = to;
    for (int i = 0; i < inputTile[0]; i++) {
      int depth = (start[0] + i) * strides[0] + phase[0] - low[0];
      for (int j = 0; j < inputTile[1]; j++) {
        int height = (start[1] + j) * strides[1] + phase[1] - low[1];
        boolean inside = depth >= 0 && depth < extents[0] && height >= 0 && height < extents[1];
        int row = (depth * extents[1] + height) * extents[2];
        for (int k = 0; k < inputTile[2]; k++) {
          int width = (start[2] + k) * strides[2] + phase[2] - low[2];
          if (inside && width >= 0 && width < extents[2]) {
            coefficients[at] = x[(row + width) * layer.inputs() + channel];
          }
          at++;
        }
      }
    }
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
    double[] coefficients = Scratch.ofThread().zeros(most);
    int step = degree / most;
    int perGroup = layer.inputs() / layer.groups();
    int taps = tapRows.length;
    int first = channelBlock * tiling.channels();
    int count = filters(group, filterBlock);
    for (int m = 0; m < count; m++) {
      int filter = filter(group, filterBlock, m);
      int group1 = (filterBlock * tiling.filters() + m) / (layer.outputs() / layer.groups());
      int block = (m + 1) * tiling.channels() - 1;
      for (int t = 0; t < taps; t++) {
        int channels = (group1 * geometry.phases().size() + geometry.tapPhase()[t]) * perGroup;
        int from = Math.max(0, first - channels);
        int to = Math.min(perGroup, first + tiling.channels() - channels);
        for (int k = from; k < to; k++) {
          int at = (block - (channels + k - first)) * volume + tapRows[t];
          coefficients[at / step] = weights[(filter * taps + t) * perGroup + k];
        }
      }
    }
    return coefficients;
  }

  /// r(K−1−u) of every tap.
  private int[] tapRows() {
    int[] rows = new int[geometry.tapPhase().length];
    for (int t = 0; t < rows.length; t++) {
      int[] mirrored = new int[Geometry.AXES];
      for (int a = 0; a < Geometry.AXES; a++) {
        mirrored[a] = geometry.kernel()[a] - 1 - geometry.tapOffset().get(t)[a];
      }
      rows[t] = Geometry.join(mirrored, inputTile);
    }
    return rows;
  }

  /// How many places in a block of filters the layer fills, from 0 on.
  private int filters(int group, int filterBlock) {
    int first = filterBlock * tiling.filters();
    int left = Math.min(filtersOfGroup - first, layer.outputs() - filter(group, filterBlock, 0));
    return Math.min(tiling.filters(), left);
  }

  private int filter(int group, int filterBlock, int m) {
    return group * filtersOfGroup + filterBlock * tiling.filters() + m;
  }

  /// The output channels of one reply.
  int[] outputChannels(int group, int filterBlock) {
    int first = filter(group, filterBlock, 0);
    return IntStream.range(first, first + Math.max(0, filters(group, filterBlock))).toArray();
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
  record Outputs(int[] positions, int[] indices) {}

  /// The outputs of one reply.
  Outputs outputs(int reply) {
    int block = reply / spatialTiles();
    return outputs(reply % spatialTiles(), block / filterBlocks(), block % filterBlocks());
  }

  Outputs outputs(int spatialTile, int group, int filterBlock) {
    int filters = Math.max(0, filters(group, filterBlock));
    int[] start = start(spatialTile);
    int[] size = size(spatialTile);
    int[] kernel = geometry.kernel();
    int[] outputs = geometry.outputs();
    int[] positions = new int[filters * Geometry.volume(size)];
    int[] indices = new int[positions.length];
    int n = 0;
    for (int m = 0; m < filters; m++) {
      int block = ((m + 1) * tiling.channels() - 1) * volume;
      int channel = filter(group, filterBlock, m);
      for (int i = 0; i < size[0]; i++) {
        for (int j = 0; j < size[1]; j++) {
          int row = ((i + kernel[0] - 1) * inputTile[1] + j + kernel[1] - 1) * inputTile[2];
          int output = ((start[0] + i) * outputs[1] + start[1] + j) * outputs[2] + start[2];
          for (int k = 0; k < size[2]; k++) {
            positions[n] = block + row + k + kernel[2] - 1;
            indices[n++] = (output + k) * layer.outputs() + channel;
          }
        }
      }
    }
    return new Outputs(positions, indices);
  }
}
