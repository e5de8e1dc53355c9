package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;

/// Decides whether a model's values fit the ring, from the extremes that the vendor measured.
///
/// Values between a linear layer and the comparison or truncation after it stand at scale 2f, and
/// both need −2^(ℓ−2) ≤ v < 2^(ℓ−2). With three bits of headroom over what the calibration images
/// reached: 2f + integer bits + 3 + 2 ≤ ℓ. At least 32 images are asked for.
public final class RangeAnalysis {
  /// Fewer calibration images than this are refused.
  public static final int IMAGES = 32;

  /// Bits between the extremes of the calibration images and the edge of the range.
  public static final int HEADROOM = 3;

  private RangeAnalysis() {}

  /// Integer bits of a magnitude: the smallest i ≥ 0 with magnitude < 2^i.
  public static int integerBits(float magnitude) {
    return magnitude < 1 ? 0 : Math.getExponent(magnitude) + 1;
  }

  /// The largest scale f at which a magnitude keeps its headroom in a ring of `bits`; below 1 if
  /// there is none.
  public static int largestScale(float magnitude, int bits) {
    return Math.floorDiv(bits - 2 - HEADROOM - integerBits(magnitude), 2);
  }

  /// The layers that the decision looks at, those of the model but for what the receiver applies in
  /// the clear, what a ReLU with thresholds has shifted (the clamp of its offset bounds that), and
  /// places of largest elements, which stand at scale 0.
  static List<RangeReport.Layer> layers(Model model) {
    Map<String, Double> bounds = intervals(model);
    Set<String> apart = new HashSet<>(model.thresholds().keySet());
    List<RangeReport.Layer> layers = new ArrayList<>();
    for (Node node : model.graph().nodes()) {
      boolean vanishes =
          node.op() instanceof Op.Sigmoid
              || node.op() instanceof Op.Softmax
              || node.op() instanceof Op.BatchNorm;
      boolean follows =
          !(node.op() instanceof Op.Conv) && node.operands().stream().anyMatch(apart::contains);
      if (follows || node.op() instanceof Op.ArgMax) {
        apart.add(node.name());
      }
      if (vanishes || apart.contains(node.name())) {
        continue;
      }
      Extremes range = model.ranges().values().get(node.name());
      layers.add(
          new RangeReport.Layer(
              node.name(),
              range.min(),
              range.max(),
              Math.log(bounds.get(node.name())) / Math.log(2)));
    }
    return layers;
  }

  /// The largest magnitude of any layer.
  static float largest(List<RangeReport.Layer> layers) {
    float largest = 0;
    for (RangeReport.Layer layer : layers) {
      largest = Math.max(largest, layer.magnitude());
    }
    return largest;
  }

  /// The report on a model that fits, or that is compiled all the same.
  ///
  /// @param allowUnsafe report what does not fit instead of refusing it
  /// @throws CompileException naming the layer, its extremes and the numbers that would do
  public static RangeReport decide(Model model, FixedPoint numbers, boolean allowUnsafe)
      throws CompileException {
    List<RangeReport.Layer> layers = layers(model);
    List<String> warnings = new ArrayList<>();
    int images = model.ranges().images();
    if (images < IMAGES) {
      warnings.add(
          ("the ranges come from %d images, at least %d are needed: "
                  + "calibrate on more, or allow the unsafe range")
              .formatted(images, IMAGES));
    }
    float largest = largest(layers);
    int needed = 2 * numbers.fractionBits() + integerBits(largest) + HEADROOM + 2;
    if (needed > numbers.bits()) {
      RangeReport.Layer layer =
          layers.stream().filter(l -> l.magnitude() == largest).findFirst().orElseThrow();
      int scale = largestScale(largest, numbers.bits());
      warnings.add(
          ("layer '%s' reaches %.4g … %.4g: 2·%d fraction bits, %d integer bits, %d bits of headroom"
                  + " and 2 do not fit %d bits; %d bits would do at this scale%s, "
                  + "or allow the unsafe range")
              .formatted(
                  layer.name(),
                  layer.min(),
                  layer.max(),
                  numbers.fractionBits(),
                  integerBits(largest),
                  HEADROOM,
                  numbers.bits(),
                  needed,
                  scale >= 1 ? ", or scale " + scale + " at this width" : ""));
    }
    if (!allowUnsafe && !warnings.isEmpty()) {
      throw new CompileException(String.join("; ", warnings));
    }
    return new RangeReport(numbers, images, layers, numbers.bits() - needed, warnings);
  }

  /// Bounds of all values by interval arithmetic.
  private static Map<String, Double> intervals(Model model) {
    Map<String, Double> bounds = new HashMap<>();
    model
        .graph()
        .inputs()
        .keySet()
        .forEach(in -> bounds.put(in, (double) model.ranges().values().get(in).magnitude()));
    for (Node node : model.graph().nodes()) {
      double x = bounds.getOrDefault(node.operands().getFirst(), 0.0);
      double bound =
          switch (node.op()) {
            case Op.Conv _ -> convolution(model, node, x);
            case Op.Add _, Op.Subtract _ ->
                node.operands().stream().mapToDouble(o -> bounds.getOrDefault(o, 0.0)).sum();
            case Op.Concat _ ->
                node.operands().stream()
                    .mapToDouble(o -> bounds.getOrDefault(o, 0.0))
                    .max()
                    .orElse(0);
            case Op.Relu _ -> x + offset(model, node);
            case Op.Pad pad -> Math.max(x, Math.abs(pad.value()));
            case Op.AveragePool pool ->
                model.sums().contains(node.name()) ? x * pool.window().taps() : x;
            case Op.LeakyRelu leaky -> x * Math.max(1, Math.abs(leaky.alpha()));
            case Op.BatchNorm _,
                Op.Multiply _,
                Op.Divide _,
                Op.MatMul _,
                Op.Clip _,
                Op.MaxPool _,
                Op.Mean _,
                Op.Reshape _,
                Op.Transpose _,
                Op.Slice _,
                Op.Sigmoid _,
                Op.Softmax _,
                Op.ArgMax _ ->
                x;
          };
      bounds.put(node.name(), bound);
    }
    return bounds;
  }

  private static double offset(Model model, Node node) {
    return model.thresholds().containsKey(node.name())
        ? largestOf(model.thresholds().get(node.name()).offset())
        : 0;
  }

  private static double convolution(Model model, Node node, double x) {
    RealTensor w = model.graph().constants().get(node.operands().get(1));
    int inner = w.shape().inner(0);
    double largest = 0;
    double sum = 0;
    for (int i = 0; i < w.values().length; i++) {
      sum = i % inner == 0 ? 0 : sum;
      sum += Math.abs(w.values()[i]);
      largest = Math.max(largest, sum);
    }
    double bias =
        node.operands().size() == 3
            ? largestOf(model.graph().constants().get(node.operands().get(2)).values())
            : 0;
    RealTensor map = model.biasMaps().get(node.name());
    return largest * x + bias + (map == null ? 0 : largestOf(map.values()));
  }

  private static double largestOf(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
