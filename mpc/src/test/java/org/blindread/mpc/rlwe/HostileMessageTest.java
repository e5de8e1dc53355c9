package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.blindread.mpc.net.ProtocolException;
import org.junit.jupiter.api.Test;

/// What a peer may send instead of what it should.
final class HostileMessageTest {
  private final Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
  private final Layer layer = Shapes.layer(5, 2, 3, 3, 1, 1, 1);
  private final HomomorphicConvolution step =
      HomomorphicConvolution.of(parameters, layer, TilingSearch.cheapest(parameters, layer, 1));
  private final SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
  private final PublicKey published = key.publicKey(Shapes.stream(2));
  private final LayerWeights weights =
      step.weights(
          Shapes.weights(layer, 8, new SplittableRandom(1)), new NoiseBound(parameters, 15));
  private final byte[] request;

  HostileMessageTest() throws ProtocolException {
    request = step.request(key, new long[layer.inputLength()], Shapes.stream(3));
  }

  private Answer answer(byte[] message) throws ProtocolException {
    return step.answer(weights, published, message, Shapes.stream(4));
  }

  @Test
  void otherLengthsAreRefused() throws ProtocolException {
    byte[] answer = answer(request).message();
    byte[] publicKey = published.toBytes();
    for (int change : new int[] {-1, 1, 100, -request.length / 2}) {
      assertThrows(
          ProtocolException.class, () -> answer(Arrays.copyOf(request, request.length + change)));
      assertThrows(
          ProtocolException.class,
          () -> step.finish(key, Arrays.copyOf(answer, Math.max(0, answer.length + change))));
      assertThrows(
          ProtocolException.class,
          () ->
              PublicKey.read(
                  parameters, Arrays.copyOf(publicKey, Math.max(0, publicKey.length + change))));
    }
    assertThrows(ProtocolException.class, () -> answer(new byte[0]));
    assertThrows(ProtocolException.class, () -> step.finish(key, new byte[0]));
    assertThrows(ProtocolException.class, () -> PublicKey.read(parameters, new byte[0]));
  }

  @Test
  void residuesBeyondTheirPrimeAreRefused() {
    // Each prime in turn, first and last coefficient: p itself and all ones.
    Modulus modulus = parameters.modulus();
    int size = BitPacking.bytes(modulus.degree(), 49);
    for (int i = 0; i < modulus.primes(); i++) {
      for (int coefficient : new int[] {0, modulus.degree() - 1}) {
        for (long value : new long[] {modulus.field(i).prime(), (1L << 49) - 1}) {
          byte[] bad = request.clone();
          set(bad, 32 + i * size, coefficient, value);
          ProtocolException refusal = assertThrows(ProtocolException.class, () -> answer(bad));
          assertTrue(
              refusal.getMessage().contains("coefficient " + coefficient), refusal.getMessage());
          byte[] badKey = published.toBytes();
          set(badKey, 32 + i * size, coefficient, value);
          assertThrows(ProtocolException.class, () -> PublicKey.read(parameters, badKey));
        }
      }
    }
  }

  private static void set(byte[] message, int at, int coefficient, long value) {
    long[] residues = new long[4096];
    assertTrue(BitPacking.unpack(message, at, 49, residues));
    residues[coefficient] = value;
    BitPacking.pack(residues, 49, message, at);
  }

  @Test
  void setBitsBehindTheLastCoefficientAreRefused() throws ProtocolException {
    byte[] answer = answer(request).message();
    assertEquals(5, layer.outputLength() * 47 % 8, "bits in the last byte");
    answer[answer.length - 1] |= (byte) 0x80;
    assertThrows(ProtocolException.class, () -> step.finish(key, answer));
  }

  /// Any bytes of the right length and range are an answer: they decrypt to something, and nothing
  /// else happens.
  @Test
  void noiseIsReadWithoutHarm() throws ProtocolException {
    SplittableRandom random = new SplittableRandom(9);
    byte[] noise = new byte[(int) step.workload().bytesDown()];
    random.nextBytes(noise);
    noise[noise.length - 1] = 0;
    assertEquals(layer.outputLength(), step.finish(key, noise).length);
    byte[] zeros = new byte[request.length];
    assertEquals(layer.outputLength(), answer(zeros).share().length);
  }
}
