package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.FixedPoint;

/// Graph and ranges in, plan and weights out: the passes in order, the decision on the range, the
/// equalisation and the lowering.
public final class Compiler {
  private Compiler() {}

  /// Compiles a model.
  ///
  /// @param ranges extremes of every input and node of `graph`
  /// @throws CompileException if an operation has no secure form or a value does not fit the
  ///   numbers
  public static Compiled compile(Graph graph, Ranges ranges, FixedPoint numbers, Options options)
      throws CompileException {
    return compile(graph, ranges, numbers, options, (_, _) -> {});
  }

  /// Compiles a model and shows it after every pass.
  public static Compiled compile(
      Graph graph,
      Ranges ranges,
      FixedPoint numbers,
      Options options,
      BiConsumer<Pass, Model> observer)
      throws CompileException {
    Model model = prepared(graph, ranges, observer);
    double target = powerAbove(RangeAnalysis.largest(RangeAnalysis.layers(model)));
    double limit = Math.scalb(1.0, numbers.bits() - 2 - 2 * numbers.fractionBits());
    List<Pass> rest = new ArrayList<>();
    if (options.foldForward()) {
      rest.add(new FoldBatchNormForward(Math.clamp(limit / (2 * target), 1, 8)));
    }
    rest.addAll(last(options));
    model = run(model, rest, observer);
    RangeReport report = RangeAnalysis.decide(model, numbers, options.allowUnsafeRange());
    if (options.equalize()) {
      model = run(model, List.of(new EqualizeChannels(Math.min(target, limit / 8))), observer);
    }
    return new Lowering(model, graph, numbers, options).lower(report);
  }

  /// The numbers of profile `auto`: the largest scale that keeps the headroom in a ring of `bits`.
  /// The scale becomes public with the plan, and with it the order of magnitude of the model's
  /// largest value.
  ///
  /// @throws CompileException if not even scale 1 fits
  public static FixedPoint widest(Graph graph, Ranges ranges, int bits, Options options)
      throws CompileException {
    Model model = prepared(graph, ranges, (_, _) -> {});
    List<Pass> rest = new ArrayList<>();
    if (options.foldForward()) {
      rest.add(new FoldBatchNormForward(8));
    }
    rest.addAll(last(options));
    List<RangeReport.Layer> layers = RangeAnalysis.layers(run(model, rest, (_, _) -> {}));
    float largest = RangeAnalysis.largest(layers);
    int scale = RangeAnalysis.largestScale(largest, bits);
    if (scale < 1) {
      throw new CompileException(
          "values of magnitude %.4g fit no scale in %d bits".formatted(largest, bits));
    }
    return FixedPoint.of(bits, scale);
  }

  /// Where averages divide exactly they stay where they are: a quarter in the weights is rounded.
  private static List<Pass> last(Options options) {
    return options.divide()
        ? List.of(new ConvolveBatchNorm())
        : List.of(new ConvolveBatchNorm(), new PoolBeforeConvolution());
  }

  /// The passes that need no numbers.
  private static Model prepared(Graph graph, Ranges ranges, BiConsumer<Pass, Model> observer)
      throws CompileException {
    List<String> values = new ArrayList<>(graph.inputs().keySet());
    graph.nodes().forEach(node -> values.add(node.name()));
    for (String value : values) {
      if (!ranges.values().containsKey(value)) {
        throw new CompileException("the ranges lack '%s': calibrate this model".formatted(value));
      }
    }
    return run(
        Model.of(graph, ranges),
        List.of(
            new ConvolveMatrixProducts(),
            new NormalizeArithmetic(),
            new FoldBatchNormBackward(),
            new PoolBeforeRelu()),
        observer);
  }

  private static Model run(Model model, List<Pass> passes, BiConsumer<Pass, Model> observer)
      throws CompileException {
    Model current = model;
    for (Pass pass : passes) {
      current = pass.apply(current);
      observer.accept(pass, current);
    }
    return current;
  }

  private static double powerAbove(float magnitude) {
    return Math.scalb(1.0, RangeAnalysis.integerBits(magnitude));
  }
}
