package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packing in the clear, with products of polynomials by the definition.
final class PackingTest {
  @ParameterizedTest
  @FieldSource("org.blindread.mpc.rlwe.Shapes#EDGES")
  void everyTilingOfAnEdgeComputesTheLayer(Layer layer) {
    checkTilings(layer, 4096, new SplittableRandom(1), 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void tilingsOfRandomLayersComputeThem(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    checkTilings(Shapes.random(random), 512, random, 12);
  }

  private static void checkTilings(Layer layer, int degree, SplittableRandom random, int most) {
    List<Tiling> tilings = TilingSearch.candidates(degree, layer);
    assertTrue(!tilings.isEmpty(), layer + " has no tiling");
    long[] x = random.longs(layer.inputLength()).toArray();
    long[] weights = Shapes.weights(layer, 20, random);
    long[] expected = Shapes.expected(layer, x, weights, 64);
    for (int n = 0; n < Math.min(most, tilings.size()); n++) {
      Tiling tiling =
          tilings.size() <= most ? tilings.get(n) : tilings.get(random.nextInt(tilings.size()));
      assertArrayEquals(
          expected, convolve(layer, tiling, degree, x, weights), layer + ", " + tiling);
    }
  }

  private static long[] convolve(Layer layer, Tiling tiling, int degree, long[] x, long[] weights) {
    Packing packing = new Packing(layer, tiling, degree);
    long[] y = new long[layer.outputLength()];
    int[] written = new int[y.length];
    for (int group = 0; group < packing.groups(); group++) {
      for (int block = 0; block < packing.filterBlocks(); block++) {
        for (int tile = 0; tile < packing.spatialTiles(); tile++) {
          long[] sum = new long[degree];
          for (int c = 0; c < packing.channelBlocks(); c++) {
            double[] w = packing.weights(weights, group, block, c, degree);
            addProduct(packing.input(x, tile, group, c), w, sum);
          }
          Packing.Outputs outputs = packing.outputs(tile, group, block);
          for (int n = 0; n < outputs.positions().length; n++) {
            y[outputs.indices()[n]] = sum[outputs.positions()[n]];
            written[outputs.indices()[n]]++;
          }
        }
      }
    }
    int[] once = new int[y.length];
    Arrays.fill(once, 1);
    assertArrayEquals(once, written, "every output is read once");
    return y;
  }

  /// Modulo X^N + 1 and 2^64.
  private static void addProduct(long[] x, double[] w, long[] sum) {
    for (int i = 0; i < w.length; i++) {
      long factor = (long) w[i];
      if (factor != 0) {
        for (int j = 0; j < x.length; j++) {
          int k = i + j;
          sum[k % x.length] += k < x.length ? factor * x[j] : -factor * x[j];
        }
      }
    }
  }

  @Test
  void theFewestBytesOfCheetahsLayers() {
    Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
    Layer wide =
        new Layer(Shapes.square(56), 64, 64, Shapes.layer(56, 1, 1, 3, 1, 1, 1).window(), 1);
    Workload workload =
        Workload.of(parameters, wide, TilingSearch.cheapest(parameters, wide, 1000));
    // 64 channels of 58×58 up, 64 maps down: 4096·98 bits each, 4096·47 bits and 56·56·64·47 bits.
    assertEquals(32 + 64 * 4096 * 98 / 8, workload.bytesUp());
    assertEquals(64 * (4096 + 56 * 56) * 47 / 8, workload.bytesDown());
  }

  @Test
  void theCheapestIsTheLeastOfAll() {
    Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
    for (Layer layer : Shapes.EDGES) {
      double least =
          Workload.of(parameters, layer, TilingSearch.cheapest(parameters, layer, 1))
              .nanos(parameters, 1);
      for (Tiling tiling : TilingSearch.candidates(4096, layer)) {
        assertTrue(least <= Workload.of(parameters, layer, tiling).nanos(parameters, 1));
      }
    }
  }

  @Test
  void tilingsThatDoNotFitAreRefused() {
    Layer layer = Shapes.layer(14, 32, 32, 3, 1, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Packing(layer, new Tiling(List.of(1, 14, 14), 16, 2, 1), 4096));
    Layer grouped = Shapes.layer(14, 32, 32, 3, 1, 1, 32);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Packing(grouped, new Tiling(List.of(1, 14, 14), 1, 1, 2), 4096));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TilingSearch.cheapest(
                new Parameters(ParameterSet.N4096_Q98, 37),
                Shapes.layer(70, 1, 1, 65, 1, 0, 1),
                1));
  }
}
