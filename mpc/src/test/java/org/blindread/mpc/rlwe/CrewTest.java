package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pieces on many threads: each made once, failures as they are, and nothing that depends on who
/// makes what.
final class CrewTest {
  private static final Crew ALONE = new Crew(Runnable::run, 0);

  private final ExecutorService threads = Executors.newFixedThreadPool(3);
  private final Crew four = new Crew(threads, 3);

  @AfterEach
  void dismiss() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void everyPieceIsMadeOnce(int pieces) throws ProtocolException {
    for (Crew crew : List.of(ALONE, four, Crew.OF_MACHINE)) {
      AtomicIntegerArray made = new AtomicIntegerArray(pieces);
      crew.each(pieces, () -> made::incrementAndGet);
      for (int n = 0; n < pieces; n++) {
        assertEquals(1, made.get(n), "piece " + n);
      }
    }
  }

  @Test
  void helpersThatComeTooLateFindNothingToDo() throws ProtocolException {
    AtomicInteger made = new AtomicInteger();
    List<Runnable> late = new ArrayList<>();
    new Crew(late::add, 3).each(5, () -> _ -> made.incrementAndGet());
    assertEquals(3, late.size());
    late.forEach(Runnable::run);
    assertEquals(5, made.get());
  }

  @Test
  void aFailureArrivesAsItIsAndEndsTheWork() {
    for (Crew crew : List.of(ALONE, four)) {
      ProtocolException damaged = new ProtocolException("damaged");
      AtomicInteger made = new AtomicInteger();
      Crew.Piece piece =
          n -> {
            if (n == 10) {
              throw damaged;
            }
            made.incrementAndGet();
          };
      ProtocolException arrived =
          assertThrows(ProtocolException.class, () -> crew.each(1_000_000, () -> piece));
      assertSame(damaged, arrived);
      assertTrue(made.get() < 1_000_000);
      StackOverflowError error = new StackOverflowError();
      assertSame(
          error,
          assertThrows(
              StackOverflowError.class,
              () ->
                  crew.each(
                      2,
                      () ->
                          _ -> {
                            throw error;
                          })));
    }
  }

  @Test
  void anInterruptedCallerStops() {
    AtomicInteger made = new AtomicInteger();
    Thread.currentThread().interrupt();
    ProtocolException stopped =
        assertThrows(
            ProtocolException.class, () -> ALONE.each(1000, () -> _ -> made.incrementAndGet()));
    assertTrue(Thread.interrupted(), "the mark stays");
    assertEquals("interrupted while computing an encrypted layer", stopped.getMessage());
    assertEquals(0, made.get());
  }

  @Test
  void scratchOfAPieceIsFreeForTheNextAndNotBefore() throws ProtocolException {
    long[][] taken = new long[4][];
    ALONE.each(
        2,
        () ->
            n -> {
              taken[2 * n] = Scratch.ofThread().longs(16);
              taken[2 * n + 1] = Scratch.ofThread().longs(16);
              assertNotSame(taken[2 * n], taken[2 * n + 1]);
            });
    assertSame(taken[0], taken[2]);
    assertSame(taken[1], taken[3]);
    assertNotSame(taken[0], Scratch.ofThread().longs(16), "outside of a piece");
  }

  private static final Parameters PARAMETERS = new Parameters(ParameterSet.N4096_Q98, 37);

  /// Points, whose weights are kept; several tiles and blocks; groups.
  private static final List<Layer> LAYERS =
      List.of(
          Shapes.layer(28, 24, 40, 1, 1, 0, 1),
          Shapes.layer(30, 9, 7, 3, 1, 1, 1),
          Shapes.layer(20, 12, 24, 3, 2, 1, 4));

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() throws ProtocolException {
    for (Layer layer : LAYERS) {
      byte[][] one = messages(layer, ALONE);
      for (Crew crew : List.of(four, Crew.OF_MACHINE)) {
        byte[][] other = messages(layer, crew);
        for (int i = 0; i < one.length; i++) {
          assertArrayEquals(one[i], other[i], layer + ", message " + i);
        }
      }
    }
  }

  /// Two requests and their answers, from streams that go on.
  private static byte[][] messages(Layer layer, Crew crew) throws ProtocolException {
    SplittableRandom random = new SplittableRandom(11);
    Tiling tiling = TilingSearch.cheapest(PARAMETERS, layer, 0.8);
    HomomorphicConvolution step = HomomorphicConvolution.of(PARAMETERS, layer, tiling, crew);
    long[] x = random.longs(layer.inputLength()).toArray();
    long[] w = Shapes.weights(layer, 6, random);
    LayerWeights weights = step.weights(w, new NoiseBound(PARAMETERS, 15));
    SecretKey key = SecretKey.generate(PARAMETERS, Shapes.stream(1));
    PublicKey published = key.publicKey(Shapes.stream(2));
    Prg hospital = Shapes.stream(3);
    Prg vendor = Shapes.stream(4);
    byte[][] messages = new byte[4][];
    for (int i = 0; i < messages.length; i += 2) {
      messages[i] = step.request(key, x, hospital);
      Answer answer = step.answer(weights, published, messages[i], vendor);
      messages[i + 1] = answer.message();
      long[] y = step.finish(key, answer.message());
      for (int n = 0; n < y.length; n++) {
        y[n] = (y[n] + answer.share()[n]) & Shapes.mask(37);
      }
      assertArrayEquals(Shapes.expected(layer, x, w, 37), y, layer.toString());
    }
    return messages;
  }

  /// Neither between two requests of one input nor within them: of zeros, whose ciphertexts are
  /// alike but for what was drawn.
  @Test
  void noTwoCiphertextsAreAlike() throws ProtocolException {
    Layer layer = LAYERS.get(1);
    HomomorphicConvolution step =
        HomomorphicConvolution.of(PARAMETERS, layer, new Tiling(List.of(1, 15, 15), 2, 1, 1), four);
    SecretKey key = SecretKey.generate(PARAMETERS, Shapes.stream(1));
    Prg secret = Shapes.stream(3);
    int size = ElementCodec.bytes(PARAMETERS.modulus());
    int ciphertexts = step.packing().ciphertexts();
    Set<String> seen = new HashSet<>();
    Set<String> errors = new HashSet<>();
    for (int request = 0; request < 2; request++) {
      byte[] message = step.request(key, new long[layer.inputLength()], secret);
      for (int n = 0; n < ciphertexts; n++) {
        int at = 32 + n * size;
        seen.add(Arrays.toString(Arrays.copyOfRange(message, at, at + 64)));
        errors.add(Arrays.toString(errors(key, message, n)));
      }
    }
    assertEquals(2 * ciphertexts, seen.size());
    assertEquals(2 * ciphertexts, errors.size());
    assertNotEquals(1, ciphertexts);
  }

  /// c0 + a·s of an encryption of zero.
  private static double[] errors(SecretKey key, byte[] request, int number)
      throws ProtocolException {
    Modulus modulus = PARAMETERS.modulus();
    double[] e = ElementCodec.read(modulus, request, 32 + number * ElementCodec.bytes(modulus));
    modulus.toCoefficients(e);
    Seed seed = Seed.received(Arrays.copyOf(request, 32));
    double[] a = SecretKey.mask(modulus, seed, number);
    modulus.toCoefficients(a);
    double[] minusProduct = key.minusProduct(a);
    for (int j = 0; j < modulus.degree(); j++) {
      e[j] = modulus.field(0).centred(modulus.field(0).residue((long) (e[j] - minusProduct[j])));
      assertTrue(Math.abs(e[j]) <= Sampler.LARGEST_ERROR, "an error of " + e[j]);
    }
    return Arrays.copyOf(e, modulus.degree());
  }
}
