package org.blindread.mpc.protocol.twoparty;

import java.util.Optional;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.RingTensor;

/// The linear layers of a plan in the way the terms name.
///
/// @param encrypted where they are computed under encryption
record LinearShapes(Optional<LinearLayers> encrypted) {
  static LinearShapes of(Plan plan, Terms terms) {
    return new LinearShapes(Optional.of(Knobs.layers(plan, terms)));
  }

  /// The messages of a layer.
  void script(int number, Script script) {
    HomomorphicLinear.script(encrypted.orElseThrow().convolutions().get(number), script);
  }

  /// A layer, ready for images.
  ///
  /// @param kernel its weights, at the vendor
  Linear linear(int number, HomomorphicLinear.Keys keys, Optional<RingTensor> kernel) {
    LinearLayers layers = encrypted.orElseThrow();
    var convolution = layers.convolutions().get(number);
    return new HomomorphicLinear(
        keys,
        convolution,
        kernel.map(w -> convolution.weights(w.values(), layers.bounds().get(number))));
  }
}
