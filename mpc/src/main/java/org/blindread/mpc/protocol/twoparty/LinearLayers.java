package org.blindread.mpc.protocol.twoparty;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.rlwe.Flooding;
import org.blindread.mpc.rlwe.HomomorphicConvolution;
import org.blindread.mpc.rlwe.Layer;
import org.blindread.mpc.rlwe.NoiseBound;
import org.blindread.mpc.rlwe.ParameterSet;
import org.blindread.mpc.rlwe.Parameters;
import org.blindread.mpc.rlwe.Tiling;
import org.blindread.mpc.rlwe.TilingSearch;
import org.blindread.mpc.tensor.Shape;

/// How the linear layers of a plan are encrypted: one ring for all, a tiling and a bound on the
/// weights for each. Everything here follows from public numbers, so that both parties choose
/// alike.
///
/// A filter keeps ‖w‖₂ ≤ 2^(f+3) (real norm 8, what the compiler's equalisation aims at); filters
/// that share a reply add up. The vendor's weights are checked against it, and the noise of all
/// replies of a cohort follows from it.
///
/// @param parameters of the ring
/// @param bounds of each layer, by the step's place in the plan
/// @param convolutions of each layer
/// @param divergenceLog2 log₂ of a bound on what the replies of the whole cohort tell of the
///   weights: Kullback-Leibler divergence from replies that tell nothing
record LinearLayers(
    Parameters parameters,
    Map<Integer, NoiseBound> bounds,
    Map<Integer, HomomorphicConvolution> convolutions,
    double divergenceLog2) {
  private static final Map<Question, Tiling> TILINGS = new ConcurrentHashMap<>();

  private record Question(Parameters parameters, Layer layer, double nanosPerByte) {}

  LinearLayers {
    bounds = Map.copyOf(bounds);
    convolutions = Map.copyOf(convolutions);
  }

  /// The fastest ring of 128 bits of security in which every output is right but with probability
  /// 2^-40 a layer, and the cohort's replies keep the flooding rule.
  ///
  /// @param images of the cohort
  /// @param nanosPerByte what a byte between the parties costs, by which tilings are weighed
  /// @throws IllegalArgumentException if there is none
  static LinearLayers of(Plan plan, long images, Flooding flooding, double nanosPerByte) {
    Map<Integer, Layer> layers = layers(plan);
    for (ParameterSet set : ParameterSet.values()) {
      LinearLayers cut =
          cut(new Parameters(set, plan.numbers().bits()), plan, layers, images, nanosPerByte);
      boolean decrypts =
          cut.bounds.entrySet().stream()
              .allMatch(
                  bound -> bound.getValue().decrypts(layers.get(bound.getKey()).outputLength()));
      if (decrypts && flooding.holds(cut.divergenceLog2)) {
        return cut;
      }
    }
    throw new IllegalArgumentException(
        "no ring of 128 bits of security hides the weights of this plan at %s over %d images under %s flooding; take fewer bits, a smaller cohort, the default flooding, or linear=ot"
            .formatted(plan.numbers(), images, flooding));
  }

  private static Map<Integer, Layer> layers(Plan plan) {
    Map<Integer, Layer> layers = new LinkedHashMap<>();
    for (int number = 0; number < plan.steps().size(); number++) {
      Step step = plan.step(number);
      if (step.instruction() instanceof Instruction.Convolve op) {
        layers.put(number, layer(plan, op, step));
      }
    }
    return layers;
  }

  /// The public shape of a convolution.
  static Layer layer(Plan plan, Instruction.Convolve op, Step step) {
    Shape x = plan.step(op.x()).shape();
    List<Integer> spatial = x.extents().subList(0, x.rank() - 1);
    return new Layer(spatial, x.extent(-1), step.shape().extent(-1), op.window(), op.groups());
  }

  private static LinearLayers cut(
      Parameters parameters,
      Plan plan,
      Map<Integer, Layer> layers,
      long images,
      double nanosPerByte) {
    Map<Integer, NoiseBound> bounds = new LinkedHashMap<>();
    Map<Integer, HomomorphicConvolution> convolutions = new LinkedHashMap<>();
    double divergence = 0;
    for (Map.Entry<Integer, Layer> entry : layers.entrySet()) {
      Layer layer = entry.getValue();
      Tiling tiling =
          TILINGS.computeIfAbsent(
              new Question(parameters, layer, nanosPerByte),
              asked -> TilingSearch.cheapest(asked.parameters, asked.layer, asked.nanosPerByte));
      NoiseBound bound = NoiseBound.of(parameters, plan.numbers().fractionBits(), tiling.filters());
      bounds.put(entry.getKey(), bound);
      convolutions.put(entry.getKey(), HomomorphicConvolution.of(parameters, layer, tiling));
      divergence += Math.pow(2, bound.divergenceLog2(layer.outputLength() * images));
    }
    return new LinearLayers(
        parameters, bounds, convolutions, StrictMath.log(divergence) / StrictMath.log(2));
  }

  /// The bound on the weights of a layer.
  NoiseBound bound(int number) {
    return Optional.ofNullable(bounds.get(number)).orElseThrow();
  }

  /// log₂ of a bound on the statistical distance, √(divergence/2) by Pinsker's inequality.
  double distanceLog2() {
    return (divergenceLog2 - 1) / 2;
  }

  /// What the vendor may rely on, for a report.
  String describe(long images, int fractionBits) {
    return "linear layers under RLWE, %s, 128 bits: over %d image%s the replies tell the hospital of the weights at most a divergence of 2^%.1f, a statistical distance of 2^%.1f; every filter keeps ‖w‖₂ ≤ 2^%d at scale %d"
        .formatted(
            parameters,
            images,
            images == 1 ? "" : "s",
            divergenceLog2,
            distanceLog2(),
            fractionBits + NoiseBound.NORM_HEADROOM_BITS,
            fractionBits);
  }
}
