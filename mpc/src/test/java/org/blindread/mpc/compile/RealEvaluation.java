package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Evaluates a graph element by element, for tests of passes on small models.
final class RealEvaluation {
  private RealEvaluation() {}

  /// All values by name.
  static Map<String, RealTensor> run(Graph graph, Map<String, RealTensor> inputs) {
    Map<String, RealTensor> values = new HashMap<>(graph.constants());
    values.putAll(inputs);
    for (Node node : graph.nodes()) {
      List<RealTensor> x = node.operands().stream().map(values::get).toList();
      values.put(node.name(), evaluate(node, x));
    }
    return values;
  }

  static List<RealTensor> outputs(Graph graph, Map<String, RealTensor> inputs) {
    Map<String, RealTensor> values = run(graph, inputs);
    return graph.outputs().stream().map(values::get).toList();
  }

  static Ranges calibrate(Graph graph, List<Map<String, RealTensor>> images) {
    Map<String, Extremes> extremes = new HashMap<>();
    for (Map<String, RealTensor> image : images) {
      run(graph, image).forEach((k, v) -> extremes.merge(k, Extremes.of(v), Extremes::join));
    }
    graph.constants().keySet().forEach(extremes::remove);
    return new Ranges(images.size(), extremes);
  }

  private static RealTensor evaluate(Node node, List<RealTensor> x) {
    RealTensor a = x.getFirst();
    Shape shape = node.shape();
    return switch (node.op()) {
      case Op.Conv conv -> convolve(conv, x, shape);
      case Op.BatchNorm norm -> {
        float[] y = new float[shape.size()];
        for (int i = 0; i < y.length; i++) {
          int c = i / shape.inner(1) % shape.extent(1);
          double deviation = Math.sqrt((double) x.get(4).values()[c] + norm.epsilon());
          y[i] =
              (float)
                  (x.get(1).values()[c]
                          * (a.values()[i] - (double) x.get(3).values()[c])
                          / deviation
                      + x.get(2).values()[c]);
        }
        yield new RealTensor(shape, y);
      }
      case Op.Relu _ -> map(a, v -> Math.max(v, 0));
      case Op.LeakyRelu leaky -> map(a, v -> v >= 0 ? v : leaky.alpha() * v);
      case Op.Clip clip -> map(a, v -> Math.min(Math.max(v, clip.low()), clip.high()));
      case Op.MaxPool pool -> pool(a, shape, pool.window(), true, false);
      case Op.AveragePool pool -> pool(a, shape, pool.window(), false, pool.countPadding());
      case Op.Mean mean -> {
        double[] sums = new double[shape.size()];
        for (int i = 0; i < a.values().length; i++) {
          int[] index = index(a.shape(), i);
          mean.axes().forEach(axis -> index[axis] = 0);
          sums[at(shape, index)] += a.values()[i];
        }
        float[] y = new float[sums.length];
        for (int i = 0; i < y.length; i++) {
          y[i] = (float) (sums[i] * y.length / a.values().length);
        }
        yield new RealTensor(shape, y);
      }
      case Op.Add _ -> zip(x, shape, Double::sum);
      case Op.Subtract _ -> zip(x, shape, (p, q) -> p - q);
      case Op.Multiply _ -> zip(x, shape, (p, q) -> p * q);
      case Op.Divide _ -> zip(x, shape, (p, q) -> p / q);
      case Op.MatMul _ -> {
        int k = a.shape().extent(-1);
        int n = shape.extent(-1);
        float[] y = new float[shape.size()];
        for (int i = 0; i < y.length; i++) {
          double sum = 0;
          for (int j = 0; j < k; j++) {
            sum += (double) a.values()[i / n * k + j] * x.get(1).values()[j * n + i % n];
          }
          y[i] = (float) sum;
        }
        yield new RealTensor(shape, y);
      }
      case Op.Concat concat -> {
        float[] y = new float[shape.size()];
        int first = 0;
        for (RealTensor part : x) {
          for (int i = 0; i < part.values().length; i++) {
            int[] index = index(part.shape(), i);
            index[concat.axis()] += first;
            y[at(shape, index)] = part.values()[i];
          }
          first += part.shape().extent(concat.axis());
        }
        yield new RealTensor(shape, y);
      }
      case Op.Reshape _ -> a.as(shape);
      case Op.Transpose transpose -> ChannelsLast.permute(a, transpose.permutation());
      case Op.Pad pad -> {
        float[] y = RealTensor.filled(shape, pad.value()).values();
        for (int i = 0; i < a.values().length; i++) {
          int[] index = index(a.shape(), i);
          for (int axis = 0; axis < index.length; axis++) {
            index[axis] += pad.low().get(axis);
          }
          y[at(shape, index)] = a.values()[i];
        }
        yield new RealTensor(shape, y);
      }
      case Op.Slice slice -> {
        float[] y = new float[shape.size()];
        for (int i = 0; i < y.length; i++) {
          int[] index = index(shape, i);
          index[slice.axis()] = slice.start() + index[slice.axis()] * slice.step();
          y[i] = a.values()[at(a.shape(), index)];
        }
        yield new RealTensor(shape, y);
      }
      case Op.Sigmoid _, Op.Softmax _ -> a;
    };
  }

  private static RealTensor map(RealTensor x, DoubleUnaryOperator f) {
    float[] y = new float[x.values().length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) f.applyAsDouble(x.values()[i]);
    }
    return new RealTensor(x.shape(), y);
  }

  private static RealTensor zip(List<RealTensor> x, Shape shape, DoubleBinaryOperator f) {
    float[] y = new float[shape.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) f.applyAsDouble(broadcast(x.get(0), shape, i), broadcast(x.get(1), shape, i));
    }
    return new RealTensor(shape, y);
  }

  private static float broadcast(RealTensor x, Shape shape, int i) {
    int[] index = index(shape, i);
    int[] own = new int[x.shape().rank()];
    for (int axis = 0; axis < own.length; axis++) {
      int of = index[axis + index.length - own.length];
      own[axis] = x.shape().extent(axis) == 1 ? 0 : of;
    }
    return x.values()[at(x.shape(), own)];
  }

  private static RealTensor convolve(Op.Conv conv, List<RealTensor> x, Shape shape) {
    RealTensor a = x.get(0);
    RealTensor w = x.get(1);
    float[] y = new float[shape.size()];
    int perGroup = w.shape().extent(1);
    for (int i = 0; i < y.length; i++) {
      int[] out = index(shape, i);
      int group = out[1] / (shape.extent(1) / conv.groups());
      double sum = x.size() == 3 ? x.get(2).values()[out[1]] : 0;
      for (List<Integer> tap : taps(conv.window(), a.shape(), out)) {
        if (tap.isEmpty()) {
          continue;
        }
        for (int c = 0; c < perGroup; c++) {
          int[] in = new int[out.length];
          int[] at = new int[out.length];
          in[1] = group * perGroup + c;
          at[0] = out[1];
          at[1] = c;
          for (int axis = 0; axis < out.length - 2; axis++) {
            in[axis + 2] = tap.get(2 * axis);
            at[axis + 2] = tap.get(2 * axis + 1);
          }
          sum += (double) a.values()[at(a.shape(), in)] * w.values()[at(w.shape(), at)];
        }
      }
      y[i] = (float) sum;
    }
    return new RealTensor(shape, y);
  }

  private static RealTensor pool(
      RealTensor a, Shape shape, Window window, boolean max, boolean countPadding) {
    float[] y = new float[shape.size()];
    for (int i = 0; i < y.length; i++) {
      int[] out = index(shape, i);
      double sum = 0;
      double largest = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (List<Integer> tap : taps(window, a.shape(), out)) {
        if (tap.isEmpty()) {
          continue;
        }
        int[] in = out.clone();
        for (int axis = 0; axis < out.length - 2; axis++) {
          in[axis + 2] = tap.get(2 * axis);
        }
        float v = a.values()[at(a.shape(), in)];
        sum += v;
        largest = Math.max(largest, v);
        count++;
      }
      y[i] = (float) (max ? largest : sum / (countPadding ? window.taps() : count));
    }
    return new RealTensor(shape, y);
  }

  /// For every tap (position, tap index) per axis, or nothing where it lies in the padding.
  private static List<List<Integer>> taps(Window window, Shape x, int[] out) {
    List<List<Integer>> taps = new ArrayList<>();
    for (int t = 0; t < window.taps(); t++) {
      int[] tap = index(new Shape(window.kernel()), t);
      List<Integer> entry = new ArrayList<>();
      boolean inside = true;
      for (int axis = 0; axis < tap.length; axis++) {
        int at =
            out[axis + 2] * window.strides().get(axis)
                - window.low().get(axis)
                + tap[axis] * window.dilations().get(axis);
        inside &= at >= 0 && at < x.extent(axis + 2);
        entry.add(at);
        entry.add(tap[axis]);
      }
      taps.add(inside ? entry : List.of());
    }
    return taps;
  }

  static int[] index(Shape shape, int i) {
    int[] index = new int[shape.rank()];
    int rest = i;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.extent(axis);
      rest /= shape.extent(axis);
    }
    return index;
  }

  static int at(Shape shape, int[] index) {
    int at = 0;
    for (int axis = 0; axis < index.length; axis++) {
      at = at * shape.extent(axis) + index[axis];
    }
    return at;
  }
}
