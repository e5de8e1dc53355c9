package org.blindread.mpc.protocol.twoparty;

import java.util.Optional;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.rlwe.HomomorphicConvolution;
import org.blindread.mpc.rlwe.Layer;
import org.blindread.mpc.tensor.RingTensor;

/// The linear layers of a plan in the way the terms name.
sealed interface LinearShapes {
  static LinearShapes of(Plan plan, Terms terms) {
    return Knobs.homomorphic(terms)
        ? new Encrypted(Knobs.layers(plan, terms))
        : new Oblivious(plan);
  }

  /// The messages of a layer.
  ///
  /// @param number the step's place in the plan
  void script(int number, Script script);

  /// A layer, ready for images.
  ///
  /// @param kernel its weights, at the vendor
  /// @throws IllegalArgumentException if they break the layer's public bound
  Linear linear(int number, HomomorphicLinear.Keys keys, Optional<RingTensor> kernel);

  /// By homomorphic encryption.
  record Encrypted(LinearLayers layers) implements LinearShapes {
    private HomomorphicConvolution convolution(int number) {
      return Optional.ofNullable(layers.convolutions().get(number)).orElseThrow();
    }

    @Override
    public void script(int number, Script script) {
      HomomorphicLinear.script(convolution(number), script);
    }

    @Override
    public Linear linear(int number, HomomorphicLinear.Keys keys, Optional<RingTensor> kernel) {
      HomomorphicConvolution convolution = convolution(number);
      return new HomomorphicLinear(
          keys,
          convolution,
          kernel.map(w -> convolution.weights(w.values(), layers.bound(number))));
    }
  }

  /// By OTs.
  record Oblivious(Plan plan) implements LinearShapes {
    private Layer layer(int number) {
      Step step = plan.step(number);
      if (step.instruction() instanceof Instruction.Convolve op) {
        return LinearLayers.layer(plan, op, step);
      }
      throw new IllegalArgumentException("step " + number + " is no convolution");
    }

    @Override
    public void script(int number, Script script) {
      ObliviousLinear.script(ObliviousLinear.product(layer(number), plan.numbers().bits()), script);
    }

    @Override
    public Linear linear(int number, HomomorphicLinear.Keys keys, Optional<RingTensor> kernel) {
      return ObliviousLinear.of(layer(number), plan.numbers().bits(), kernel);
    }
  }
}
