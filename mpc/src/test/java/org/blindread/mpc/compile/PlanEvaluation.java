package org.blindread.mpc.compile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Executes a plan on integers exactly as the Javadoc of its instructions says.
final class PlanEvaluation {
  private PlanEvaluation() {}

  /// The decoded outputs by name, in the plan's layout.
  ///
  /// @param inputs in the graph's layout
  static Map<String, RealTensor> run(
      Plan plan, Map<String, RingTensor> weights, Map<String, RealTensor> inputs) {
    FixedPoint n = plan.numbers();
    List<RingTensor> v = new ArrayList<>();
    Map<String, RealTensor> outputs = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      Shape shape = step.shape();
      long[] y = new long[shape.size()];
      switch (step.instruction()) {
        case Instruction.Input(String _, String name) -> {
          RealTensor x = ChannelsLast.of(inputs.get(name));
          for (int i = 0; i < y.length; i++) {
            y[i] = n.encode(x.values()[i], step.scale());
          }
        }
        case Instruction.Weight(String name, var _) -> {
          RingTensor w = weights.get(name);
          if (!w.shape().equals(shape)) {
            throw new AssertionError(name + " has shape " + w.shape() + ", not " + shape);
          }
          y = w.values();
        }
        case Instruction.Convolve c -> y = convolve(c, v, shape);
        case Instruction.Add(int a, int b) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = v.get(a).values()[i] + v.get(b).values()[i];
          }
        }
        case Instruction.Subtract(int a, int b) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = v.get(a).values()[i] - v.get(b).values()[i];
          }
        }
        case Instruction.Scale(int x, var factors, int _) -> {
          for (int i = 0; i < y.length; i++) {
            int position = factors.size() == 1 ? 0 : i / shape.extent(-1);
            y[i] = v.get(x).values()[i] * factors.get(position);
          }
        }
        case Instruction.Offset(int x, long value) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = v.get(x).values()[i] + value;
          }
        }
        case Instruction.SumPool(int x, Window window) -> {
          Shape in = v.get(x).shape();
          for (int i = 0; i < y.length; i++) {
            int[] out = RealEvaluation.index(shape, i);
            for (int t = 0; t < window.taps(); t++) {
              int at = position(window, in, out, t);
              y[i] += at < 0 ? 0 : v.get(x).values()[at * in.extent(-1) + out[out.length - 1]];
            }
          }
        }
        case Instruction.Pad(int x, var low, var _, long value) -> {
          java.util.Arrays.fill(y, value);
          RingTensor a = v.get(x);
          for (int i = 0; i < a.values().length; i++) {
            int[] index = RealEvaluation.index(a.shape(), i);
            for (int axis = 0; axis < index.length; axis++) {
              index[axis] += low.get(axis);
            }
            y[RealEvaluation.at(shape, index)] = a.values()[i];
          }
        }
        case Instruction.Take(int x, int axis, var positions) -> {
          RingTensor a = v.get(x);
          for (int i = 0; i < y.length; i++) {
            int[] index = RealEvaluation.index(shape, i);
            index[axis] = positions.get(index[axis]);
            y[i] = a.values()[RealEvaluation.at(a.shape(), index)];
          }
        }
        case Instruction.Concat(var operands, int axis) -> {
          int first = 0;
          for (int operand : operands) {
            RingTensor a = v.get(operand);
            for (int i = 0; i < a.values().length; i++) {
              int[] index = RealEvaluation.index(a.shape(), i);
              index[axis] += first;
              y[RealEvaluation.at(shape, index)] = a.values()[i];
            }
            first += a.shape().extent(axis);
          }
        }
        case Instruction.Reshape(int x, Shape _) -> y = v.get(x).values();
        case Instruction.Permute(int x, var axes) -> {
          RingTensor a = v.get(x);
          for (int i = 0; i < y.length; i++) {
            int[] index = RealEvaluation.index(shape, i);
            int[] from = new int[index.length];
            for (int axis = 0; axis < index.length; axis++) {
              from[axes.get(axis)] = index[axis];
            }
            y[i] = a.values()[RealEvaluation.at(a.shape(), from)];
          }
        }
        case Instruction.Truncate(int x, int bits) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] = n.truncate(inRange(v.get(x).values()[i], n, step), bits);
          }
        }
        case Instruction.Relu(int x, var offset, var flips, int bits) -> {
          int channels = shape.extent(-1);
          for (int i = 0; i < y.length; i++) {
            long z = v.get(x).values()[i];
            z += offset.isPresent() ? v.get(offset.getAsInt()).values()[i % channels] : 0;
            boolean keep = inRange(z, n, step) >= 0;
            keep ^= flips.isPresent() && (v.get(flips.getAsInt()).values()[i % channels] & 1) == 1;
            y[i] = keep ? n.truncate(z, bits) : 0;
          }
        }
        case Instruction.Maximum(int a, int b) -> {
          for (int i = 0; i < y.length; i++) {
            y[i] =
                Math.max(
                    inRange(v.get(a).values()[i], n, step), inRange(v.get(b).values()[i], n, step));
          }
        }
        case Instruction.Output(int x, String name, var _) -> {
          y = v.get(x).values();
          float[] decoded = new float[y.length];
          for (int i = 0; i < y.length; i++) {
            decoded[i] = (float) n.decode(y[i], step.scale());
          }
          outputs.put(name, new RealTensor(shape, decoded));
        }
      }
      v.add(new RingTensor(shape, y));
    }
    return outputs;
  }

  private static long inRange(long z, FixedPoint n, Step step) {
    long signed = n.signed(z);
    BigInteger limit = BigInteger.ONE.shiftLeft(n.bits() - 2);
    if (BigInteger.valueOf(signed).abs().compareTo(limit) > 0) {
      throw new AssertionError("layer " + step.layer() + " leaves the range");
    }
    return signed;
  }

  private static long[] convolve(Instruction.Convolve c, List<RingTensor> v, Shape shape) {
    RingTensor x = v.get(c.x());
    RingTensor w = v.get(c.kernel());
    long[] y = new long[shape.size()];
    int channels = shape.extent(-1);
    int taps = c.window().taps();
    int perGroup = w.shape().extent(-1);
    for (int i = 0; i < y.length; i++) {
      int[] out = RealEvaluation.index(shape, i);
      int m = i % channels;
      int first = m / (channels / c.groups()) * perGroup;
      long sum = 0;
      for (int t = 0; t < taps; t++) {
        int at = position(c.window(), x.shape(), out, t);
        for (int k = 0; at >= 0 && k < perGroup; k++) {
          sum +=
              x.values()[at * x.shape().extent(-1) + first + k]
                  * w.values()[(m * taps + t) * perGroup + k];
        }
      }
      if (c.bias().isPresent()) {
        long[] bias = v.get(c.bias().getAsInt()).values();
        sum += bias.length == channels ? bias[m] : bias[i];
      }
      y[i] = sum;
    }
    return y;
  }

  private static int position(Window window, Shape in, int[] out, int t) {
    int[] tap = RealEvaluation.index(new Shape(window.kernel()), t);
    int at = 0;
    for (int axis = 0; axis < tap.length; axis++) {
      int p =
          out[axis] * window.strides().get(axis)
              - window.low().get(axis)
              + tap[axis] * window.dilations().get(axis);
      if (p < 0 || p >= in.extent(axis)) {
        return -1;
      }
      at = at * in.extent(axis) + p;
    }
    return at;
  }
}
