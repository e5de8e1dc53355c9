package org.blindread.mpc.rlwe;

import java.util.Arrays;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;

/// A linear layer by the vendor's secret weights on the hospital's secret input.
///
/// Reference: Cheetah (USENIX Security 2022, eprint 2022/207), section 4 for the packing; the reply
/// is ours, see [Reply]. Computes y_0 + y_1 = W·x modulo 2^ℓ, exactly but with probability 2^-40 a
/// layer ([NoiseBound]): the hospital holds x and gets y_0, the vendor holds W and gets y_1 = r,
/// uniform. With x an additive share of the input, the vendor adds W times its own share in the
/// clear.
///
/// Threat model: both follow the protocol. The hospital's input is hidden by RLWE (128 bits), the
/// vendor's weights by RLWE and by flooding to the distance that [NoiseBound] states. A hospital
/// that deviates may choose its ciphertexts, and nothing is claimed then.
///
/// Once a session the hospital sends its [PublicKey]. A layer takes two messages, one round each:
///
/// 1. The hospital packs x into polynomials, encrypts them and sends one seed and the first
///    components.
/// 2. The vendor multiplies by its weights, sums over blocks of channels, hides each sum, and sends
///    what is left.
/// 3. The hospital decrypts the coefficients that are outputs.
///
/// The vendor's work depends on x only through what it is sent: with a random x it may all be done
/// before there is an image.
public final class HomomorphicConvolution {
  /// Numbers of 8 bytes that weights or sums may take: 64 MiB.
  private static final int MOST_NUMBERS = 1 << 23;

  /// Ciphertexts of several groups that are multiplied together.
  private static final int MOST_CIPHERTEXTS = 1 << 10;

  private final Parameters parameters;
  private final Layer layer;
  private final Packing packing;
  private final Workload workload;
  private final Reply reply;
  private final Crew crew;

  private HomomorphicConvolution(Parameters parameters, Layer layer, Tiling tiling, Crew crew) {
    this.parameters = parameters;
    this.layer = layer;
    packing = new Packing(layer, tiling, parameters.set().degree());
    workload = Workload.of(parameters, layer, tiling);
    reply = new Reply(parameters);
    this.crew = crew;
  }

  /// A layer; both parties make the same.
  ///
  /// @throws IllegalArgumentException if the tiling does not fit
  public static HomomorphicConvolution of(Parameters parameters, Layer layer, Tiling tiling) {
    return of(parameters, layer, tiling, Crew.OF_MACHINE);
  }

  static HomomorphicConvolution of(Parameters parameters, Layer layer, Tiling tiling, Crew crew) {
    return new HomomorphicConvolution(parameters, layer, tiling, crew);
  }

  public Parameters parameters() {
    return parameters;
  }

  public Layer layer() {
    return layer;
  }

  Packing packing() {
    return packing;
  }

  /// Exact counts and bytes.
  public Workload workload() {
    return workload;
  }

  /// Step 1, hospital: encrypts x.
  ///
  /// @param x S×inputs elements, channels last; only their low ℓ bits matter
  /// @param secret a stream that nobody else holds
  /// @return `workload().bytesUp()` bytes
  /// @throws ProtocolException if the thread was interrupted
  public byte[] request(SecretKey key, long[] x, Prg secret) throws ProtocolException {
    checkParameters(key.parameters());
    checkCount(x.length, layer.inputLength(), "elements of input");
    Modulus modulus = parameters.modulus();
    MessageEncoding encoding = new MessageEncoding(parameters);
    Sampler sampler = new Sampler(secret);
    Seed seed = sampler.seed();
    Seed[] errors = sampler.seeds(packing.ciphertexts());
    byte[] message = new byte[Math.toIntExact(workload.bytesUp())];
    System.arraycopy(seed.exposeTo(Seed.Use.PEER), 0, message, 0, Seed.BYTES);
    int size = ElementCodec.bytes(modulus);
    crew.each(
        packing.ciphertexts(),
        () ->
            number -> {
              double[] encoded = encoding.encode(packing.input(x, number));
              double[] c0 =
                  key.encrypt(encoded, seed, number, new Sampler(new Prg(errors[number])));
              ElementCodec.write(modulus, c0, message, Seed.BYTES + number * size);
            });
    return message;
  }

  /// Before step 2, vendor, once a session: checks the weights against the public bound.
  ///
  /// @param weights outputs × taps × (inputs/groups), taps row-major; only their low ℓ bits matter
  /// @throws IllegalArgumentException if their number is wrong or the bound is broken
  public LayerWeights weights(long[] weights, NoiseBound bound) {
    return LayerWeights.checked(this, weights, bound);
  }

  /// Step 2, vendor: multiplies, hides, replies.
  ///
  /// @param secret a stream that nobody else holds; masks, flooding and the encryptions of zero
  ///   come from it
  /// @throws ProtocolException if the request is not one: another length, or a residue out of range
  public Answer answer(LayerWeights weights, PublicKey key, byte[] request, Prg secret)
      throws ProtocolException {
    checkParameters(key.parameters());
    if (!weights.belongTo(this)) {
      throw new IllegalArgumentException("these are weights of another layer");
    }
    Ciphertext[] inputs = read(request);
    Sampler sampler = new Sampler(secret);
    Seed[] replies = sampler.seeds(packing.replies());
    long[] share = sampler.words(layer.outputLength());
    for (int i = 0; i < share.length; i++) {
      share[i] &= -1L >>> (Long.SIZE - parameters.bits());
    }
    byte[] message = new byte[Math.toIntExact(workload.bytesDown())];
    Wide first = Wide.zeros(layer.outputLength());
    int bits = parameters.replyBits();
    int size = Wide.bytes(parameters.set().degree(), bits);
    int blocks = packing.groups() * packing.filterBlocks();
    int most = blocksAtOnce();
    for (int from = 0; from < blocks; from += most) {
      Ciphertext[] sums = products(weights, inputs, from, Math.min(most, blocks - from));
      int firstReply = from * packing.spatialTiles();
      crew.each(
          sums.length,
          () ->
              n -> {
                int number = firstReply + n;
                Packing.Outputs outputs = packing.outputs(number);
                Sampler own = new Sampler(new Prg(replies[number]));
                reply.hide(sums[n], key, outputs, share, own);
                reply.second(sums[n]).write(bits, message, number * size);
                first.put(reply.first(sums[n]), outputs);
              });
    }
    first.write(bits, message, packing.replies() * size);
    return new Answer(message, share);
  }

  private Ciphertext[] read(byte[] request) throws ProtocolException {
    Modulus modulus = parameters.modulus();
    ElementCodec.checkLength(request, workload.bytesUp(), "a request");
    Seed seed = Seed.received(Arrays.copyOf(request, Seed.BYTES));
    Ciphertext[] inputs = new Ciphertext[packing.ciphertexts()];
    int size = ElementCodec.bytes(modulus);
    crew.each(
        inputs.length,
        () ->
            i -> {
              double[] c0 = ElementCodec.read(modulus, request, Seed.BYTES + i * size);
              inputs[i] = new Ciphertext(c0, SecretKey.mask(modulus, seed, i));
            });
    return inputs;
  }

  /// Blocks of filters that are multiplied together, for which weights, sums and inputs stay within
  /// the memory a layer may take.
  private int blocksAtOnce() {
    int ofWeights = packing.channelBlocks() * parameters.set().primes() * packing.weightDegree();
    int ofSums = 2 * packing.spatialTiles() * parameters.modulus().length();
    int blocks = Math.max(1, MOST_NUMBERS / Math.max(ofWeights, ofSums));
    int ofGroup = packing.spatialTiles() * packing.channelBlocks();
    return Math.min(blocks, Math.max(1, MOST_CIPHERTEXTS / ofGroup) * packing.filterBlocks());
  }

  /// For some blocks of filters, numbered through all groups, and every spatial tile the sum over
  /// blocks of channels of input times weights, in slots.
  Ciphertext[] products(LayerWeights weights, Ciphertext[] inputs, int from, int count)
      throws ProtocolException {
    return new Products(packing, parameters.modulus(), crew)
        .of(inputs, from, weights.panels(from, count, crew));
  }

  /// Step 3, hospital: W·x − r.
  ///
  /// @return S'×outputs elements, 0 … 2^ℓ−1 as unsigned words, channels last
  /// @throws ProtocolException if the message is no answer: another length, or set bits that carry
  ///   nothing
  public long[] finish(SecretKey key, byte[] message) throws ProtocolException {
    checkParameters(key.parameters());
    ElementCodec.checkLength(message, workload.bytesDown(), "an answer");
    int bits = parameters.replyBits();
    int degree = parameters.set().degree();
    long[] y = new long[layer.outputLength()];
    int size = Wide.bytes(degree, bits);
    Wide first = Wide.read(y.length, bits, message, packing.replies() * size);
    crew.each(
        packing.replies(),
        () ->
            number -> {
              Wide second = Wide.read(degree, bits, message, number * size);
              reply.messages(first, reply.minusProduct(key, second), packing.outputs(number), y);
            });
    return y;
  }

  private void checkParameters(Parameters given) {
    if (!given.equals(parameters)) {
      throw new IllegalArgumentException(
          "the key is for %s, the layer for %s".formatted(given, parameters));
    }
  }

  private static void checkCount(int given, int expected, String what) {
    if (given != expected) {
      throw new IllegalArgumentException(
          "the layer has %d %s, given %d".formatted(expected, what, given));
    }
  }

  @Override
  public String toString() {
    return "HomomorphicConvolution[%s, %s, %s]".formatted(parameters, layer, workload);
  }
}
