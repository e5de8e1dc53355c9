package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.blindread.mpc.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class HomomorphicConvolutionTest {
  @ParameterizedTest
  @FieldSource("org.blindread.mpc.rlwe.Shapes#EDGES")
  void edgesAreExact(Layer layer) throws ProtocolException {
    check(new Parameters(ParameterSet.N4096_Q98, 37), layer, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "N4096_Q98,16", "N4096_Q98,32", "N4096_Q98,35", "N4096_Q98,37",
    "N4096_Q108,44", "N4096_Q108,32", "N8192_Q147,37", "N8192_Q147,64"
  })
  void everyRingIsExactOverRandomLayers(ParameterSet set, int bits) throws ProtocolException {
    for (int seed = 0; seed < 6; seed++) {
      check(
          new Parameters(set, bits), Shapes.random(new SplittableRandom(100 * bits + seed)), seed);
    }
  }

  private static void check(Parameters parameters, Layer layer, int seed) throws ProtocolException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tiling> tilings = TilingSearch.candidates(parameters.set().degree(), layer);
    check(parameters, layer, TilingSearch.cheapest(parameters, layer, 1), random);
    Tiling other = tilings.get(random.nextInt(tilings.size()));
    if (Workload.of(parameters, layer, other).replies() < 200) {
      check(parameters, layer, other, random);
    }
  }

  private static void check(
      Parameters parameters, Layer layer, Tiling tiling, SplittableRandom random)
      throws ProtocolException {
    String place = "%s, %s, %s".formatted(parameters, layer, tiling);
    HomomorphicConvolution step = HomomorphicConvolution.of(parameters, layer, tiling);
    long[] x = random.longs(layer.inputLength()).toArray();
    long[] w = Shapes.weights(layer, 6, random);
    SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
    PublicKey published = PublicKey.read(parameters, key.publicKey(Shapes.stream(2)).toBytes());
    byte[] request = step.request(key, x, Shapes.stream(3));
    LayerWeights weights = step.weights(w, new NoiseBound(parameters, 15));
    Answer answer = step.answer(weights, published, request, Shapes.stream(4));
    assertEquals(step.workload().bytesUp(), request.length, place);
    assertEquals(step.workload().bytesDown(), answer.message().length, place);
    long[] y = step.finish(key, answer.message());
    long mask = Shapes.mask(parameters.bits());
    for (int i = 0; i < y.length; i++) {
      assertEquals(y[i], y[i] & mask, place);
      y[i] = (y[i] + answer.share()[i]) & mask;
    }
    assertArrayEquals(Shapes.expected(layer, x, w, parameters.bits()), y, place);
  }

  private final Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
  private final Layer layer = Shapes.layer(9, 4, 3, 3, 2, 1, 1);
  private final HomomorphicConvolution step =
      HomomorphicConvolution.of(parameters, layer, TilingSearch.cheapest(parameters, layer, 1));

  @Test
  void weightsBeyondThePublicBoundAreRefused() {
    long[] w = new long[layer.weightLength()];
    w[0] = 1 << 14;
    w[1] = -(1 << 14);
    step.weights(w, new NoiseBound(parameters, 15));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> step.weights(w, new NoiseBound(parameters, 14)));
    assertEquals(
        "the filters of block 0 of group 0 break the public bound ‖w‖₂ ≤ 2^14; scale them"
            + " down, as the compiler's equalisation does, or compute the layer by OTs",
        refusal.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> step.weights(new long[3], new NoiseBound(parameters, 15)));
    assertThrows(
        IllegalArgumentException.class,
        () -> step.weights(w, new NoiseBound(new Parameters(ParameterSet.N4096_Q108, 37), 15)));
  }

  @Test
  void keysAndWeightsOfOthersAreRefused() throws ProtocolException {
    SecretKey other =
        SecretKey.generate(new Parameters(ParameterSet.N4096_Q98, 36), Shapes.stream(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> step.request(other, new long[layer.inputLength()], Shapes.stream(1)));
    SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
    assertThrows(
        IllegalArgumentException.class, () -> step.request(key, new long[1], Shapes.stream(1)));
    HomomorphicConvolution twin =
        HomomorphicConvolution.of(parameters, layer, TilingSearch.cheapest(parameters, layer, 1));
    LayerWeights weights =
        twin.weights(new long[layer.weightLength()], new NoiseBound(parameters, 15));
    byte[] request = step.request(key, new long[layer.inputLength()], Shapes.stream(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> step.answer(weights, key.publicKey(Shapes.stream(2)), request, Shapes.stream(3)));
  }

  @Test
  void nothingShowsASecret() throws ProtocolException {
    SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
    assertEquals("SecretKey[hidden, N=4096 log q=98 ℓ=37]", key.toString());
    assertEquals("PublicKey[N=4096 log q=98 ℓ=37]", key.publicKey(Shapes.stream(2)).toString());
    LayerWeights weights =
        step.weights(new long[layer.weightLength()], new NoiseBound(parameters, 15));
    assertEquals("LayerWeights[hidden, " + layer + "]", weights.toString());
    byte[] request = step.request(key, new long[layer.inputLength()], Shapes.stream(3));
    Answer answer =
        step.answer(weights, key.publicKey(Shapes.stream(2)), request, Shapes.stream(4));
    assertEquals("Answer[" + answer.message().length + " bytes]", answer.toString());
    assertEquals("Sampler[hidden]", new Sampler(Shapes.stream(5)).toString());
  }

  @Test
  void theSameInputLooksDifferentEveryTime() throws ProtocolException {
    SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
    long[] x = new long[layer.inputLength()];
    assertFalse(
        Arrays.equals(
            step.request(key, x, Shapes.stream(2)), step.request(key, x, Shapes.stream(3))));
  }
}
