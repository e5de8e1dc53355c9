package org.blindread.mpc.protocol.twoparty;

import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.ObliviousProduct;
import org.blindread.mpc.rlwe.Layer;
import org.blindread.mpc.tensor.Patches;
import org.blindread.mpc.tensor.RingTensor;

/// A layer by OTs alone, as CrypTFlow2's SCI_OT has it: the convolution as products of matrices
/// ([Patches]), these by [ObliviousProduct]. For learning and for small shapes: a DenseNet-121
/// would send some 200 GB.
///
/// @param product its shape
/// @param patches of the input
/// @param outputs channels of the result
/// @param weights at the vendor
record ObliviousLinear(
    ObliviousProduct product, Patches patches, int outputs, Optional<long[]> weights)
    implements Linear {

  /// @throws IllegalArgumentException if the layer is too large
  static ObliviousProduct product(Layer layer, int bits) {
    Patches patches = patches(layer);
    return new ObliviousProduct(
        layer.groups(), layer.outputs() / layer.groups(), patches.inner(), patches.columns(), bits);
  }

  private static Patches patches(Layer layer) {
    return new Patches(layer.extents(), layer.inputs(), layer.window(), layer.groups());
  }

  static ObliviousLinear of(Layer layer, int bits, Optional<RingTensor> kernel) {
    return new ObliviousLinear(
        product(layer, bits), patches(layer), layer.outputs(), kernel.map(RingTensor::values));
  }

  private static Demand demand(ObliviousProduct product) {
    return product.vendorSends() ? new Demand(product.cots(), 0) : new Demand(0, product.cots());
  }

  static void script(ObliviousProduct product, Script script) {
    script.prepare(demand(product));
    long asks = product.cost().fromReceiver();
    long answers = product.cost().fromSender();
    if (product.vendorSends()) {
      script.exchange(0, asks);
      script.exchange(answers, 0);
    } else {
      script.exchange(asks, 0);
      script.exchange(0, answers);
    }
  }

  @Override
  public long[] vendor(Dialogue talk) throws ProtocolException {
    talk.prepare(demand(product));
    return patches.channelsLast(product.vendor(talk.ot(), weights.orElseThrow()), outputs);
  }

  @Override
  public long[] hospital(Dialogue talk, long[] x) throws ProtocolException {
    talk.prepare(demand(product));
    return patches.channelsLast(product.hospital(talk.ot(), patches.of(x)), outputs);
  }

  @Override
  public String toString() {
    return "ObliviousLinear[" + product + "]";
  }
}
