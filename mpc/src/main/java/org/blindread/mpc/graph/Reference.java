package org.blindread.mpc.graph;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.blindread.mpc.tensor.kernel.RealConvolution;

/// Evaluates a [Graph] in single precision: the truth that lowering is tested against, and what
/// calibration measures.
///
/// Every machine gives the same bits: convolutions and matrix products sum in one fixed order by
/// [RealConvolution], the bias is added last; BatchNorm, means, Sigmoid and Softmax run in double
/// precision and are rounded once. Packed weights are kept from run to run; an instance serves
/// several threads.
///
/// ```java
/// var reference = new Reference(graph);
/// float logit = reference.run(Map.of("image", image)).get("classifier").values()[0];
/// ```
public final class Reference {
  private final Graph graph;
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final Map<String, RealConvolution.Prepared> packed = new ConcurrentHashMap<>();

  /// Learns of every node's value, in order of evaluation.
  @FunctionalInterface
  public interface Observer {
    void value(String node, RealTensor value);
  }

  public Reference(Graph graph) {
    this.graph = graph;
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String operand : graph.nodes().get(i).operands()) {
        lastUse.put(operand, i);
      }
    }
    graph.outputs().forEach(output -> lastUse.put(output, graph.nodes().size()));
  }

  /// The outputs of `graph` for `inputs`, evaluated once.
  ///
  /// @throws IllegalArgumentException as [#run(Map)] does
  public static Map<String, RealTensor> evaluate(Graph graph, Map<String, RealTensor> inputs) {
    return new Reference(graph).run(inputs);
  }

  /// The outputs by name, in the model's order.
  ///
  /// @param inputs a tensor of the stated shape for every input
  /// @throws IllegalArgumentException if an input is missing or of another shape
  public Map<String, RealTensor> run(Map<String, RealTensor> inputs) {
    return run(inputs, (_, _) -> {});
  }

  /// As [#run(Map)]; `observer` is told every node's value. A value is dropped after its last use.
  public Map<String, RealTensor> run(Map<String, RealTensor> inputs, Observer observer) {
    Map<String, RealTensor> values = new HashMap<>(graph.constants());
    graph.inputs().forEach((name, shape) -> values.put(name, input(inputs, name, shape)));
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      List<RealTensor> operands = node.operands().stream().map(values::get).toList();
      RealTensor value = value(node, operands);
      observer.value(node.name(), value);
      values.put(node.name(), value);
      for (String operand : node.operands()) {
        if (lastUse.get(operand) == i) {
          values.remove(operand);
        }
      }
      if (!lastUse.containsKey(node.name())) {
        values.remove(node.name());
      }
    }
    Map<String, RealTensor> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output, values.get(output)));
    return Collections.unmodifiableMap(outputs);
  }

  private RealTensor input(Map<String, RealTensor> inputs, String name, Shape shape) {
    if (!inputs.containsKey(name)) {
      throw new IllegalArgumentException(
          "no value for input '%s' of %s; given: %s"
              .formatted(name, graph.name(), inputs.keySet()));
    }
    RealTensor given = inputs.get(name);
    if (!given.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "input '%s' of %s has shape %s, given %s"
              .formatted(name, graph.name(), shape, given.shape()));
    }
    return given;
  }

  /// As [#value(Op, List)], with the packed weights of an earlier run where they are constant.
  private RealTensor value(Node node, List<RealTensor> operands) {
    boolean packs = node.op() instanceof Op.Conv || node.op() instanceof Op.MatMul;
    if (!packs || !graph.constants().containsKey(node.operands().get(1))) {
      return value(node.op(), operands);
    }
    RealConvolution.Prepared weights =
        packed.computeIfAbsent(node.name(), _ -> pack(node.op(), operands.get(1)));
    return node.op() instanceof Op.Conv conv
        ? convolution(conv.window(), weights, operands, node.shape())
        : product(weights, operands.getFirst(), node.shape());
  }

  /// The value of one operation, for operands of shapes that [ShapeRule] accepts.
  ///
  /// @throws IllegalArgumentException if it does not accept them, or a pooling window covers
  ///   nothing but padding
  public static RealTensor value(Op op, List<RealTensor> operands) {
    Shape shape = ShapeRule.of(op, operands.stream().map(RealTensor::shape).toList());
    RealTensor x = operands.getFirst();
    return switch (op) {
      case Op.Conv conv -> convolution(conv.window(), pack(op, operands.get(1)), operands, shape);
      case Op.MatMul _ -> product(pack(op, operands.get(1)), x, shape);
      case Op.BatchNorm norm -> RealArithmetic.batchNorm(operands, norm.epsilon());
      case Op.Relu _ -> RealArithmetic.map(x, v -> Math.max(v, 0f));
      case Op.LeakyRelu leaky -> RealArithmetic.map(x, v -> v >= 0 ? v : leaky.alpha() * v);
      case Op.Clip clip ->
          RealArithmetic.map(x, v -> Math.min(Math.max(v, clip.low()), clip.high()));
      case Op.Sigmoid _ -> RealArithmetic.map(x, v -> (float) (1 / (1 + StrictMath.exp(-v))));
      case Op.Softmax softmax -> RealArithmetic.softmax(x, softmax.axis());
      case Op.ArgMax arg -> RealArithmetic.argMax(x, arg.axis(), shape);
      case Op.MaxPool pool -> Pooling.maximum(x, pool.window(), shape);
      case Op.AveragePool pool -> Pooling.mean(x, pool.window(), pool.countPadding(), shape);
      case Op.Mean mean -> RealArithmetic.mean(x, mean.axes(), shape);
      case Op.Add _ -> RealArithmetic.combine(operands, shape, (a, b) -> a + b);
      case Op.Subtract _ -> RealArithmetic.combine(operands, shape, (a, b) -> a - b);
      case Op.Multiply _ -> RealArithmetic.combine(operands, shape, (a, b) -> a * b);
      case Op.Divide _ -> RealArithmetic.combine(operands, shape, (a, b) -> a / b);
      case Op.Concat concat -> RealArithmetic.concat(operands, concat.axis(), shape);
      case Op.Reshape reshape -> x.as(reshape.shape());
      case Op.Transpose transpose -> RealArithmetic.transpose(x, transpose.permutation(), shape);
      case Op.Pad pad -> RealArithmetic.pad(x, pad, shape);
      case Op.Slice slice -> RealArithmetic.slice(x, slice, shape);
    };
  }

  private static RealConvolution.Prepared pack(Op op, RealTensor weights) {
    Shape shape = weights.shape();
    if (op instanceof Op.Conv conv) {
      int taps = conv.window().taps();
      float[] channelsLast = new float[shape.size()];
      int inputs = shape.extent(1);
      int filter = taps * inputs;
      for (int m = 0; m < shape.extent(0); m++) {
        RealArithmetic.flip(weights.values(), m * filter, inputs, taps, channelsLast, m * filter);
      }
      return RealConvolution.prepare(channelsLast, shape.extent(0), taps, inputs, conv.groups());
    }
    float[] transposed = new float[shape.size()];
    RealArithmetic.flip(weights.values(), 0, shape.extent(0), shape.extent(1), transposed, 0);
    return RealConvolution.prepare(transposed, shape.extent(1), 1, shape.extent(0), 1);
  }

  private static RealTensor convolution(
      Window window, RealConvolution.Prepared weights, List<RealTensor> operands, Shape shape) {
    RealTensor x = operands.getFirst();
    List<Integer> extents = x.shape().extents().subList(2, x.shape().rank());
    int inputSize = x.shape().inner(0);
    int outputSize = shape.inner(0);
    float[] input = new float[inputSize];
    float[] output = new float[outputSize];
    float[] values = new float[shape.size()];
    int outputs = shape.extent(1);
    for (int n = 0; n < shape.extent(0); n++) {
      RealArithmetic.flip(
          x.values(), n * inputSize, weights.inputs(), x.shape().inner(1), input, 0);
      RealConvolution.apply(weights, input, extents, window, output);
      if (operands.size() == 3) {
        float[] bias = operands.get(2).values();
        for (int from = 0; from < outputSize; from += outputs) {
          for (int m = 0; m < outputs; m++) {
            output[from + m] += bias[m];
          }
        }
      }
      RealArithmetic.flip(output, 0, shape.inner(1), outputs, values, n * outputSize);
    }
    return new RealTensor(shape, values);
  }

  private static RealTensor product(RealConvolution.Prepared weights, RealTensor x, Shape shape) {
    float[] values = new float[shape.size()];
    int rows = shape.size() / weights.outputs();
    RealConvolution.apply(
        weights, x.values(), List.of(rows), Window.of(List.of(1), List.of(1)), values);
    return new RealTensor(shape, values);
  }
}
