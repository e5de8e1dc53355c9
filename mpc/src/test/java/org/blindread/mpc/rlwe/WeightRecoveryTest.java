package org.blindread.mpc.rlwe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.PrimeField;
import org.junit.jupiter.api.Test;

/// The hospital attacks: from its key, its errors and the reply it computes the weights. It
/// succeeds on a reply that was not hidden, and on one without flooding; it fails on the real one.
final class WeightRecoveryTest {
  private static final int CHANNELS = 4;
  private static final int EXTENT = 56;
  private static final int TAPS = 9;

  private final Parameters parameters = new Parameters(ParameterSet.N4096_Q98, 37);
  private final Modulus modulus = parameters.modulus();
  private final Layer layer = Shapes.layer(EXTENT, CHANNELS, 1, 3, 1, 1, 1);
  private final Tiling tiling = new Tiling(List.of(1, EXTENT, EXTENT), 1, 1, 1);
  private final HomomorphicConvolution step = HomomorphicConvolution.of(parameters, layer, tiling);
  private final Reply reply = new Reply(parameters);
  private final SecretKey key = SecretKey.generate(parameters, Shapes.stream(1));
  private final PublicKey published = key.publicKey(Shapes.stream(2));
  private final long[] w = Shapes.weights(layer, 12, new SplittableRandom(3));
  private final long[] x = new SplittableRandom(4).longs(layer.inputLength()).toArray();
  private final Packing.Outputs outputs = step.packing().outputs(0, 0, 0);

  /// The inputs as the vendor has them, in slots.
  private final Ciphertext[] inputs = new Ciphertext[CHANNELS];

  WeightRecoveryTest() {
    Sampler sampler = new Sampler(Shapes.stream(5));
    Seed seed = sampler.seed();
    MessageEncoding encoding = new MessageEncoding(parameters);
    for (int c = 0; c < CHANNELS; c++) {
      double[] encoded = encoding.encode(step.packing().input(x, 0, 0, c));
      inputs[c] =
          new Ciphertext(key.encrypt(encoded, seed, c, sampler), SecretKey.mask(modulus, seed, c));
    }
  }

  private Ciphertext product() throws ProtocolException {
    LayerWeights weights = step.weights(w, new NoiseBound(parameters, 15));
    return step.products(weights, inputs, 0, 1)[0];
  }

  private static double[] coefficients(Modulus modulus, double[] slots) {
    double[] coefficients = slots.clone();
    modulus.toCoefficients(coefficients);
    return coefficients;
  }

  @Test
  void withoutHidingTheSecondComponentIsALinearSystemInTheWeights() throws ProtocolException {
    Ciphertext bare = product();
    double[] c1 = coefficients(modulus, bare.c1());
    assertArrayEquals(w, solve(c1).orElseThrow());
  }

  @Test
  void hiddenTheSystemHasNoSolution() throws ProtocolException {
    Ciphertext sum = product();
    reply.hide(
        sum, published, outputs, new long[layer.outputLength()], new Sampler(Shapes.stream(6)));
    assertEquals(Optional.empty(), solve(sum.c1()));
  }

  /// Solves Σ a_c·w_c = c1 modulo the first prime by elimination; the equations left over tell
  /// whether the solution is one.
  private Optional<long[]> solve(double[] c1) {
    PrimeField field = modulus.field(0);
    int unknowns = CHANNELS * TAPS;
    int equations = unknowns + 20;
    double[][] a = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      a[c] = coefficients(modulus, inputs[c].c1());
    }
    long[][] system = new long[equations][unknowns + 1];
    for (int k = 0; k < equations; k++) {
      for (int j = 0; j < unknowns; j++) {
        system[k][j] = field.residue((long) shifted(a[j % CHANNELS], tapPosition(j), k));
      }
      system[k][unknowns] = field.residue((long) c1[k]);
    }
    for (int j = 0; j < unknowns; j++) {
      int pivot = j;
      while (system[pivot][j] == 0) {
        pivot++;
      }
      long[] row = system[pivot];
      system[pivot] = system[j];
      system[j] = row;
      long inverse = field.inverse(row[j]);
      for (int i = 0; i <= unknowns; i++) {
        row[i] = field.multiply(row[i], inverse);
      }
      for (int k = 0; k < equations; k++) {
        long factor = system[k][j];
        for (int i = 0; i <= unknowns && k != j; i++) {
          system[k][i] = field.subtract(system[k][i], field.multiply(factor, row[i]));
        }
      }
    }
    for (int k = unknowns; k < equations; k++) {
      if (system[k][unknowns] != 0) {
        return Optional.empty();
      }
    }
    long[] solution = new long[unknowns];
    for (int j = 0; j < unknowns; j++) {
      solution[j] = field.centred(system[j][unknowns]);
    }
    return Optional.of(solution);
  }

  /// Where weight j = tap·channels + channel stands in the polynomial of its channel.
  private int tapPosition(int j) {
    int tap = j / CHANNELS;
    return (2 - tap / 3) * (EXTENT + 2) + 2 - tap % 3;
  }

  /// Coefficient k of polynomial·X^shift.
  private static double shifted(double[] polynomial, int shift, int k) {
    int n = ParameterSet.N4096_Q98.degree();
    return k >= shift ? polynomial[k - shift] : -polynomial[k - shift + n];
  }

  @Test
  void withoutFloodingTheNoiseTellsTheWeights() throws ProtocolException {
    Ciphertext sum = product();
    published.addZero(sum, new Sampler(Shapes.stream(6)));
    double[] estimate = fit(noise(sum, Shapes.expected(layer, x, w, parameters.bits())));
    for (int j = 0; j < w.length; j++) {
      assertEquals((double) w[j], estimate[j], 10, "weight " + j + " of up to 4095");
    }
  }

  @Test
  void floodedTheNoiseTellsNothing() throws ProtocolException {
    Ciphertext sum = product();
    long[] mask = new long[layer.outputLength()];
    reply.hide(sum, published, outputs, mask, new Sampler(Shapes.stream(6)));
    double[] estimate = fit(noise(sum, Shapes.expected(layer, x, w, parameters.bits())));
    // Flooding of rms W/√3 over 3136 outputs and errors of 3.24 leaves W/314, 2^49.7, of doubt.
    double doubt = Math.scalb(1.0, parameters.floodBits()) / Math.sqrt(3 * 3136 * 10.5);
    double squares = Arrays.stream(estimate).map(e -> e * e).sum() / estimate.length;
    assertEquals(1, Math.sqrt(squares) / doubt, 0.6);
  }

  /// c0 + c1·s − ⌊q·y/2^ℓ⌉ at the outputs: what the hospital sees besides the message.
  private long[] noise(Ciphertext sum, long[] y) {
    MessageEncoding encoding = new MessageEncoding(parameters);
    long[] messages = new long[modulus.degree()];
    for (int n = 0; n < outputs.positions().length; n++) {
      messages[outputs.positions()[n]] = y[outputs.indices()[n]];
    }
    double[] encoded = encoding.encode(messages);
    double[] minusProduct = key.minusProduct(sum.c1().clone());
    double[] rest = sum.c0().clone();
    for (int i = 0; i < modulus.primes(); i++) {
      PrimeField field = modulus.field(i);
      for (int n = 0; n < outputs.positions().length; n++) {
        int at = i * modulus.degree() + outputs.positions()[n];
        rest[at] =
            field.centred(
                field.residue((long) rest[at] - (long) minusProduct[at] - (long) encoded[at]));
      }
    }
    long[] low = new Recombination(modulus, 0, 64).combine(rest).low();
    return Arrays.stream(outputs.positions()).mapToLong(at -> low[at]).toArray();
  }

  /// Least squares of the noise on the hospital's own errors.
  private double[] fit(long[] noise) {
    int unknowns = CHANNELS * TAPS;
    double[][] errors = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      errors[c] = errors(c);
    }
    double[][] normal = new double[unknowns][unknowns + 1];
    double[] row = new double[unknowns + 1];
    for (int n = 0; n < noise.length; n++) {
      for (int j = 0; j < unknowns; j++) {
        row[j] = shifted(errors[j % CHANNELS], tapPosition(j), outputs.positions()[n]);
      }
      row[unknowns] = (double) noise[n];
      for (int j = 0; j < unknowns; j++) {
        for (int i = 0; i <= unknowns; i++) {
          normal[j][i] += row[j] * row[i];
        }
      }
    }
    for (int j = 0; j < unknowns; j++) {
      for (int k = 0; k < unknowns; k++) {
        double factor = k == j ? 0 : normal[k][j] / normal[j][j];
        for (int i = 0; i <= unknowns; i++) {
          normal[k][i] -= factor * normal[j][i];
        }
      }
    }
    double[] estimate = new double[unknowns];
    Arrays.setAll(estimate, j -> normal[j][unknowns] / normal[j][j]);
    return estimate;
  }

  /// e + ε of a ciphertext of its own, which a hospital keeps or finds by decrypting.
  private double[] errors(int c) {
    MessageEncoding encoding = new MessageEncoding(parameters);
    double[] c0 = coefficients(modulus, inputs[c].c0());
    double[] minusProduct = key.minusProduct(coefficients(modulus, inputs[c].c1()));
    long[] messages = step.packing().input(x, 0, 0, c);
    double[] encoded = encoding.encode(messages);
    PrimeField field = modulus.field(0);
    int unused = 64 - parameters.bits();
    double[] errors = new double[modulus.degree()];
    for (int j = 0; j < errors.length; j++) {
      long error =
          field.centred(field.residue((long) c0[j] - (long) minusProduct[j] - (long) encoded[j]));
      assertTrue(Math.abs(error) <= Sampler.LARGEST_ERROR);
      // q·m = 2^ℓ·⌊q·m/2^ℓ⌉ + ρ, hence ε = −ρ/2^ℓ.
      long rest = ((messages[j] * modulus.value().longValue()) << unused) >> unused;
      errors[j] = error - Math.scalb((double) rest, -parameters.bits());
    }
    return errors;
  }

  /// The attacks above see a reply before its switch. On the wire, with one weight of 13 bits: the
  /// weight whose product by a rounds to the reply.
  @Test
  void onTheWireAWeightIsFoundUnlessTheReplyIsHidden() throws ProtocolException {
    Layer point = Shapes.layer(EXTENT, 1, 1, 1, 1, 0, 1);
    HomomorphicConvolution small = HomomorphicConvolution.of(parameters, point, tiling);
    LayerWeights weight = small.weights(new long[] {-2718}, new NoiseBound(parameters, 15));
    byte[] request = small.request(key, new long[point.inputLength()], Shapes.stream(7));
    Seed seed = Seed.received(Arrays.copyOf(request, 32));
    double[] a = SecretKey.mask(modulus, seed, 0);
    Wide integers = new Recombination(modulus, 0, 128).combine(coefficients(modulus, a));

    Ciphertext[] untouched = {new Ciphertext(a, a)};
    Ciphertext bare = small.products(weight, untouched, 0, 1)[0];
    Wide open = reply.second(new Ciphertext(bare.c0(), coefficients(modulus, bare.c1())));
    assertEquals(List.of(-2718), search(integers, open));

    Answer answer = small.answer(weight, published, request, Shapes.stream(8));
    Wide real = Wide.read(modulus.degree(), parameters.replyBits(), answer.message(), 0);
    assertEquals(List.of(), search(integers, real));
  }

  private List<Integer> search(Wide a, Wide c1) {
    return IntStream.rangeClosed(-4096, 4096)
        .filter(weight -> matches(a, 0, weight, c1) && matches(a, 1, weight, c1))
        .boxed()
        .toList();
  }

  private boolean matches(Wide a, int n, int weight, Wide c1) {
    BigInteger q = modulus.value();
    BigInteger integer =
        BigInteger.valueOf(a.high()[n])
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(a.low()[n])));
    BigInteger product = integer.multiply(BigInteger.valueOf(weight)).mod(q);
    int bits = parameters.replyBits();
    BigInteger nearest = product.shiftLeft(bits + 1).add(q).divide(q.shiftLeft(1));
    return (nearest.longValue() & Shapes.mask(bits)) == c1.low()[n];
  }

  /// What the hospital sees below the message of a real answer is as wide as flooding is.
  @Test
  void theRealAnswerIsFlooded() throws ProtocolException {
    LayerWeights weights = step.weights(w, new NoiseBound(parameters, 15));
    byte[] request = step.request(key, x, Shapes.stream(9));
    Answer answer = step.answer(weights, published, request, Shapes.stream(10));
    long[] y = step.finish(key, answer.message());
    int bits = parameters.replyBits();
    Wide second = Wide.read(modulus.degree(), bits, answer.message(), 0);
    Wide first = Wide.read(y.length, bits, answer.message(), Wide.bytes(modulus.degree(), bits));
    Wide minusProduct = reply.minusProduct(key, second);
    double squares = 0;
    double largest = 0;
    for (int n = 0; n < y.length; n++) {
      int index = outputs.indices()[n];
      long noise =
          first.low()[index] - minusProduct.low()[outputs.positions()[n]] - (y[index] << 10);
      double signed = (double) (noise << (64 - bits) >> (64 - bits));
      squares += signed * signed;
      largest = Math.max(largest, Math.abs(signed));
    }
    // W·2^T/q = 2^7 gives 2^7/√3 = 73.9, and with the rounding's 15.1 an rms of 75.4.
    assertEquals(75.4, Math.sqrt(squares / y.length), 4);
    assertTrue(largest < 256 + 6 * 15.1);
    assertFalse(Arrays.equals(y, Shapes.expected(layer, x, w, parameters.bits())), "masked");
  }

  /// No two answers share a mask, flooding or an encryption of zero.
  @Test
  void anAnswerNeverRepeats() throws ProtocolException {
    LayerWeights weights = step.weights(w, new NoiseBound(parameters, 15));
    byte[] request = step.request(key, x, Shapes.stream(11));
    Prg stream = Shapes.stream(12);
    Answer one = step.answer(weights, published, request, stream);
    Answer two = step.answer(weights, published, request, stream);
    assertFalse(Arrays.equals(one.message(), two.message()));
    assertFalse(Arrays.equals(one.share(), two.share()));
  }
}
