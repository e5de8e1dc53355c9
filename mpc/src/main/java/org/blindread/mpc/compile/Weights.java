package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Moves per-channel factors and constants into the weights of a convolution.
final class Weights {
  private Weights() {}

  /// Turns conv(x) into s·conv(x) + t, per output channel.
  static void after(Draft draft, Node conv, double[] s, double[] t) {
    RealTensor w = draft.constant(conv.operands().get(1));
    int inner = w.shape().inner(0);
    float[] scaled = new float[w.values().length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (w.values()[i] * s[i / inner]);
    }
    double[] bias = bias(draft, conv);
    for (int m = 0; m < bias.length; m++) {
      bias[m] = bias[m] * s[m] + t[m];
    }
    if (draft.biasMaps.containsKey(conv.name())) {
      RealTensor map = draft.biasMaps.get(conv.name());
      int positions = map.shape().inner(1);
      float[] shifted = new float[map.values().length];
      for (int i = 0; i < shifted.length; i++) {
        int m = i / positions;
        shifted[i] = (float) (map.values()[i] * s[m] + bias[m]);
      }
      draft.biasMaps.put(conv.name(), new RealTensor(map.shape(), shifted));
      define(draft, conv, new RealTensor(w.shape(), scaled), List.of());
    } else {
      define(draft, conv, new RealTensor(w.shape(), scaled), List.of(bias));
    }
  }

  /// Turns conv(x) into conv(a·x + k), per input channel; padding stays 0, not k. Where the window
  /// pads, the bias becomes a whole map, whatever k is.
  static void before(Draft draft, Node conv, double[] a, double[] k) {
    Op.Conv op = (Op.Conv) conv.op();
    RealTensor w = draft.constant(conv.operands().get(1));
    int outputs = w.shape().extent(0);
    int perGroup = w.shape().extent(1);
    int taps = w.shape().inner(1);
    float[] scaled = new float[w.values().length];
    double[][] pushed = new double[outputs][taps];
    for (int m = 0, i = 0; m < outputs; m++) {
      int first = m / (outputs / op.groups()) * perGroup;
      for (int c = 0; c < perGroup; c++) {
        for (int tap = 0; tap < taps; tap++, i++) {
          scaled[i] = (float) (w.values()[i] * a[first + c]);
          pushed[m][tap] += w.values()[i] * k[first + c];
        }
      }
    }
    double[] bias = bias(draft, conv);
    boolean mapped = draft.biasMaps.containsKey(conv.name());
    if (!op.window().padded() && !mapped) {
      for (int m = 0; m < outputs; m++) {
        bias[m] += Arrays.stream(pushed[m]).sum();
      }
      define(draft, conv, new RealTensor(w.shape(), scaled), List.of(bias));
      return;
    }
    int positions = conv.shape().inner(1);
    float[] map =
        mapped ? draft.biasMaps.get(conv.name()).values().clone() : new float[conv.shape().size()];
    boolean[][] inside = inside(op.window(), draft.shape(conv.operands().getFirst()), conv.shape());
    for (int m = 0, i = 0; m < outputs; m++) {
      for (int position = 0; position < positions; position++, i++) {
        double sum = bias[m];
        for (int tap = 0; tap < taps; tap++) {
          sum += inside[position][tap] ? pushed[m][tap] : 0;
        }
        map[i] = (float) (map[i] + sum);
      }
    }
    draft.biasMaps.put(conv.name(), new RealTensor(conv.shape(), map));
    define(draft, conv, new RealTensor(w.shape(), scaled), List.of());
  }

  /// Adds a whole map to conv(x).
  static void add(Draft draft, Node conv, RealTensor map) {
    float[] sum = map.values().clone();
    double[] bias = bias(draft, conv);
    int positions = conv.shape().inner(1);
    RealTensor before =
        draft.biasMaps.getOrDefault(conv.name(), RealTensor.filled(conv.shape(), 0));
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (sum[i] + before.values()[i] + bias[i / positions]);
    }
    draft.biasMaps.put(conv.name(), new RealTensor(conv.shape(), sum));
    define(draft, conv, draft.constant(conv.operands().get(1)), List.of());
  }

  /// Multiplies the weights by 2^(out[m] − in[c]) and everything added by 2^out[m].
  static void shift(Draft draft, Node conv, int[] in, int[] out) {
    Op.Conv op = (Op.Conv) conv.op();
    RealTensor w = draft.constant(conv.operands().get(1));
    int perGroup = w.shape().extent(1);
    int taps = w.shape().inner(1);
    float[] scaled = new float[w.values().length];
    for (int i = 0; i < scaled.length; i++) {
      int m = i / taps / perGroup;
      int c = m / (out.length / op.groups()) * perGroup + i / taps % perGroup;
      scaled[i] = Math.scalb(w.values()[i], out[m] - in[c]);
    }
    boolean biased = conv.operands().size() == 3;
    double[] bias = bias(draft, conv);
    for (int m = 0; m < out.length; m++) {
      bias[m] = Math.scalb(bias[m], out[m]);
    }
    define(draft, conv, new RealTensor(w.shape(), scaled), biased ? List.of(bias) : List.of());
    RealTensor map = draft.biasMaps.get(conv.name());
    if (map != null) {
      int positions = map.shape().inner(1);
      float[] shifted = new float[map.values().length];
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = Math.scalb(map.values()[i], out[i / positions]);
      }
      draft.biasMaps.put(conv.name(), new RealTensor(map.shape(), shifted));
    }
  }

  private static double[] bias(Draft draft, Node conv) {
    double[] bias = new double[conv.shape().extent(1)];
    if (conv.operands().size() == 3) {
      float[] values = draft.constant(conv.operands().get(2)).values();
      for (int m = 0; m < bias.length; m++) {
        bias[m] = values[m];
      }
    }
    return bias;
  }

  private static void define(Draft draft, Node conv, RealTensor w, List<double[]> bias) {
    List<String> operands = new ArrayList<>();
    operands.add(conv.operands().getFirst());
    operands.add(draft.add(conv.name() + ".kernel", w));
    for (double[] b : bias) {
      operands.add(draft.add(conv.name() + ".bias", vector(b)));
    }
    draft.put(conv.name(), conv.op(), operands);
  }

  static RealTensor vector(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new RealTensor(Shape.of(rounded.length), rounded);
  }

  /// For every output position and tap, whether the tap meets the input and not its padding.
  private static boolean[][] inside(Window window, Shape x, Shape y) {
    int positions = y.inner(1);
    boolean[][] inside = new boolean[positions][window.taps()];
    for (int position = 0; position < positions; position++) {
      for (int tap = 0; tap < inside[position].length; tap++) {
        boolean all = true;
        int p = position;
        int t = tap;
        for (int axis = window.axes() - 1; axis >= 0; axis--) {
          int at =
              p % y.extent(axis + 2) * window.strides().get(axis)
                  - window.low().get(axis)
                  + t % window.kernel().get(axis) * window.dilations().get(axis);
          all &= at >= 0 && at < x.extent(axis + 2);
          p /= y.extent(axis + 2);
          t /= window.kernel().get(axis);
        }
        inside[position][tap] = all;
      }
    }
    return inside;
  }
}
