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
  private final Parameters parameters;
  private final Layer layer;
  private final Packing packing;
  private final Workload workload;
  private final Reply reply;

  private HomomorphicConvolution(Parameters parameters, Layer layer, Tiling tiling) {
    this.parameters = parameters;
    this.layer = layer;
    packing = new Packing(layer, tiling, parameters.set().degree());
    workload = Workload.of(parameters, layer, tiling);
    reply = new Reply(parameters);
  }

  /// A layer; both parties make the same.
  ///
  /// @throws IllegalArgumentException if the tiling does not fit
  public static HomomorphicConvolution of(Parameters parameters, Layer layer, Tiling tiling) {
    return new HomomorphicConvolution(parameters, layer, tiling);
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
  public byte[] request(SecretKey key, long[] x, Prg secret) {
    checkParameters(key.parameters());
    checkCount(x.length, layer.inputLength(), "elements of input");
    Modulus modulus = parameters.modulus();
    MessageEncoding encoding = new MessageEncoding(parameters);
    Sampler sampler = new Sampler(secret);
    Seed seed = sampler.publicSeed();
    byte[] message = new byte[Math.toIntExact(workload.bytesUp())];
    System.arraycopy(seed.exposeTo(Seed.Use.PEER), 0, message, 0, Seed.BYTES);
    int at = Seed.BYTES;
    for (int tile = 0; tile < packing.spatialTiles(); tile++) {
      for (int group = 0; group < packing.groups(); group++) {
        for (int block = 0; block < packing.channelBlocks(); block++) {
          double[] encoded = encoding.encode(packing.input(x, tile, group, block));
          int number = packing.ciphertext(tile, group, block);
          at =
              ElementCodec.write(modulus, key.encrypt(encoded, seed, number, sampler), message, at);
        }
      }
    }
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
    long[] share = sampler.words(layer.outputLength());
    for (int i = 0; i < share.length; i++) {
      share[i] &= -1L >>> (Long.SIZE - parameters.bits());
    }
    byte[] message = new byte[Math.toIntExact(workload.bytesDown())];
    Wide first = Wide.zeros(layer.outputLength());
    int bits = parameters.replyBits();
    int at = 0;
    for (int group = 0; group < packing.groups(); group++) {
      for (int block = 0; block < packing.filterBlocks(); block++) {
        Ciphertext[] sums = products(weights, inputs, group, block);
        for (int tile = 0; tile < sums.length; tile++) {
          Packing.Outputs outputs = packing.outputs(tile, group, block);
          long[] mask = new long[outputs.indices().length];
          for (int n = 0; n < mask.length; n++) {
            mask[n] = share[outputs.indices()[n]];
          }
          reply.hide(sums[tile], key, outputs.positions(), mask, sampler);
          at = reply.second(sums[tile]).write(bits, message, at);
          first.scatter(reply.first(sums[tile], outputs.positions()), outputs.indices());
        }
      }
    }
    first.write(bits, message, at);
    return new Answer(message, share);
  }

  private Ciphertext[] read(byte[] request) throws ProtocolException {
    Modulus modulus = parameters.modulus();
    ElementCodec.checkLength(request, workload.bytesUp(), "a request");
    Seed seed = Seed.received(Arrays.copyOf(request, Seed.BYTES));
    Ciphertext[] inputs = new Ciphertext[packing.ciphertexts()];
    int size = ElementCodec.bytes(modulus);
    for (int i = 0; i < inputs.length; i++) {
      double[] c0 = ElementCodec.read(modulus, request, Seed.BYTES + i * size);
      inputs[i] = new Ciphertext(c0, SecretKey.mask(modulus, seed, i));
    }
    return inputs;
  }

  /// For every spatial tile the sum over blocks of channels of input times weights, in slots.
  Ciphertext[] products(LayerWeights weights, Ciphertext[] inputs, int group, int filterBlock) {
    Modulus modulus = parameters.modulus();
    Ciphertext[] sums = new Ciphertext[packing.spatialTiles()];
    Arrays.setAll(sums, tile -> Ciphertext.zero(modulus));
    for (int block = 0; block < packing.channelBlocks(); block++) {
      double[] w = weights.slots(group, filterBlock, block);
      for (int tile = 0; tile < sums.length; tile++) {
        sums[tile].addProduct(modulus, inputs[packing.ciphertext(tile, group, block)], w);
      }
    }
    return sums;
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
    int at = 0;
    for (int group = 0; group < packing.groups(); group++) {
      for (int block = 0; block < packing.filterBlocks(); block++) {
        for (int tile = 0; tile < packing.spatialTiles(); tile++) {
          Packing.Outputs outputs = packing.outputs(tile, group, block);
          Wide second = Wide.read(degree, bits, message, at);
          at += size;
          Wide minusProduct = reply.minusProduct(key, second, outputs.positions());
          for (int n = 0; n < minusProduct.count(); n++) {
            int index = outputs.indices()[n];
            y[index] = reply.message(first, index, minusProduct, n);
          }
        }
      }
    }
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
