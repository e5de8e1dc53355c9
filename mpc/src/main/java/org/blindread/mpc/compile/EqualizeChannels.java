package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Multiplies every channel by a secret power of two so that all of them use the same part of the
/// ring; exact, since the powers move through the weights on both sides.
///
/// Channels that an operation ties together (both inputs of an addition, a pooling and its operand)
/// share one exponent e = ⌊log2(target / largest magnitude)⌋, bounded to 0 … 12; a channel that is
/// always zero has e = 0, and so have the inputs and outputs of the model. Where a filter's norm
/// would pass 8, its exponent is lowered: `2pc` plans its noise for ‖w‖₂ ≤ 2^3. The classes follow
/// from the structure; the exponents are secret and change constants only.
public final class EqualizeChannels implements Pass {
  private static final int LARGEST = 12;

  /// The square of the norm that no filter is raised beyond.
  private static final double NORM = 64;

  private static final int ROUNDS = 200;

  private final double target;

  /// The pass with a target.
  ///
  /// @param target the magnitude that a channel may be raised to, usually the next power of two
  ///   above the largest extreme of the model
  public EqualizeChannels(double target) {
    this.target = target;
  }

  @Override
  public String name() {
    return "channels are raised to a common magnitude by powers of two";
  }

  @Override
  public Model apply(Model model) {
    Draft draft = new Draft(model);
    Classes classes = new Classes(model.graph());
    model.graph().nodes().forEach(node -> tie(classes, node));
    model.graph().inputs().keySet().forEach(classes::pin);
    model.graph().outputs().forEach(classes::pin);
    model.ranges().values().forEach((value, range) -> classes.meet(value, range));
    classes.choose(target);
    bound(model, classes);
    for (Node node : model.graph().nodes()) {
      int[] e = classes.exponents(node.name());
      if (node.op() instanceof Op.Conv) {
        Weights.shift(draft, node, classes.exponents(node.operands().getFirst()), e);
      }
      if (draft.thresholds.containsKey(node.name())) {
        Thresholds t = draft.thresholds.get(node.name());
        draft.thresholds.put(node.name(), new Thresholds(shifted(t.offset(), e), t.flips()));
      }
      Extremes range = draft.range(node.name());
      if (Arrays.stream(e).anyMatch(bits -> bits != 0)) {
        draft.range(node.name(), Extremes.within(shifted(range.channels(), e)));
      }
    }
    return draft.toModel();
  }

  /// Lowers exponents until no filter is beyond [#NORM] because of its exponent. Every round lowers
  /// at least one, and all at 0 is the model as it was, so this ends.
  private static void bound(Model model, Classes classes) {
    List<Node> convolutions =
        model.graph().nodes().stream().filter(node -> node.op() instanceof Op.Conv).toList();
    List<double[][]> energies =
        convolutions.stream()
            .map(node -> energy(model.graph().constants().get(node.operands().get(1))))
            .toList();
    boolean lowered = true;
    for (int round = 0; lowered && round < ROUNDS; round++) {
      lowered = false;
      for (int i = 0; i < convolutions.size(); i++) {
        Node conv = convolutions.get(i);
        int[] in = classes.exponents(conv.operands().getFirst());
        int[] out = classes.exponents(conv.name());
        int groups = ((Op.Conv) conv.op()).groups();
        for (int m = 0; m < out.length; m++) {
          double[] energy = energies.get(i)[m];
          int first = m / (out.length / groups) * energy.length;
          double sum = 0;
          for (int c = 0; c < energy.length; c++) {
            sum += Math.scalb(energy[c], 2 * (out[m] - in[first + c]));
          }
          if (sum > NORM && out[m] > 0) {
            classes.lower(conv.name(), m, out[m] - 1);
            lowered = true;
          }
        }
      }
    }
  }

  /// Sum of squares per filter and input channel.
  private static double[][] energy(RealTensor w) {
    double[][] energy = new double[w.shape().extent(0)][w.shape().extent(1)];
    int taps = w.shape().inner(1);
    for (int i = 0; i < w.values().length; i++) {
      int filter = i / taps / w.shape().extent(1);
      double value = w.values()[i];
      energy[filter][i / taps % w.shape().extent(1)] += value * value;
    }
    return energy;
  }

  private static float[] shifted(float[] values, int[] e) {
    float[] result = new float[values.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = Math.scalb(values[c], e[c]);
    }
    return result;
  }

  private static void tie(Classes classes, Node node) {
    String y = node.name();
    List<String> x = node.operands();
    switch (node.op()) {
      case Op.Conv _ -> {}
      case Op.Relu _, Op.LeakyRelu _, Op.MaxPool _, Op.AveragePool _, Op.Add _, Op.Subtract _ ->
          x.forEach(operand -> classes.tie(operand, y));
      case Op.Clip _,
          Op.Sigmoid _,
          Op.Softmax _,
          Op.ArgMax _,
          Op.BatchNorm _,
          Op.Multiply _,
          Op.Divide _,
          Op.MatMul _ -> {
        x.forEach(classes::pin);
        classes.pin(y);
      }
      case Op.Mean mean -> {
        if (mean.axes().contains(1)) {
          classes.merge(x.getFirst(), y);
        } else {
          classes.tie(x.getFirst(), y);
        }
      }
      case Op.Concat concat -> {
        int first = 0;
        for (String operand : x) {
          if (concat.axis() != 1 || node.shape().extent(0) != 1) {
            classes.tie(operand, y);
            continue;
          }
          for (int c = 0; c < classes.channels(operand); c++) {
            classes.tie(operand, c, y, first + c);
          }
          first += classes.channels(operand);
        }
      }
      case Op.Slice slice -> {
        if (slice.axis() != 1 || node.shape().extent(0) != 1) {
          classes.tie(x.getFirst(), y);
        } else {
          for (int c = 0; c < slice.count(); c++) {
            classes.tie(x.getFirst(), slice.start() + slice.step() * c, y, c);
          }
        }
      }
      case Op.Reshape _ -> {
        if (Channels.kept(classes.shape(x.getFirst()), node.shape())) {
          classes.tie(x.getFirst(), y);
        } else {
          classes.merge(x.getFirst(), y);
        }
      }
      case Op.Transpose transpose -> {
        if (Channels.kept(classes.shape(x.getFirst()), node.shape())
            && transpose.permutation().get(1) == 1) {
          classes.tie(x.getFirst(), y);
        } else {
          classes.merge(x.getFirst(), y);
        }
      }
      case Op.Pad pad -> {
        classes.tie(x.getFirst(), y);
        if (pad.value() != 0) {
          classes.pin(y);
        }
      }
    }
  }

  /// Union-find over (value, channel).
  private static final class Classes {
    private final Graph graph;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, Integer> first = new HashMap<>();
    private final int[] parent;
    private final float[] peak;
    private final boolean[] pinned;
    private final int[] exponent;

    Classes(Graph graph) {
      this.graph = graph;
      shapes.putAll(graph.inputs());
      graph.nodes().forEach(node -> shapes.put(node.name(), node.shape()));
      List<String> values = new ArrayList<>(graph.inputs().keySet());
      graph.nodes().forEach(node -> values.add(node.name()));
      int size = 0;
      for (String value : values) {
        first.put(value, size);
        size += channels(value);
      }
      parent = new int[size];
      Arrays.setAll(parent, i -> i);
      peak = new float[size];
      pinned = new boolean[size];
      exponent = new int[size];
    }

    Shape shape(String value) {
      return shapes.containsKey(value) ? shapes.get(value) : graph.shape(value);
    }

    int channels(String value) {
      Shape shape = shape(value);
      return shape.rank() >= 2 && shape.extent(0) == 1 ? shape.extent(1) : 1;
    }

    private int find(int i) {
      while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
      }
      return i;
    }

    void tie(String a, int channelOfA, String b, int channelOfB) {
      int x = find(first.get(a) + channelOfA);
      int y = find(first.get(b) + channelOfB);
      parent[x] = y;
      peak[y] = Math.max(peak[x], peak[y]);
      pinned[y] |= pinned[x];
    }

    /// Channel by channel, or all together where their numbers differ.
    void tie(String a, String b) {
      if (channels(a) != channels(b)) {
        merge(a, b);
        return;
      }
      for (int c = 0; c < channels(a); c++) {
        tie(a, c, b, c);
      }
    }

    void merge(String a, String b) {
      for (int c = 0; c < channels(a); c++) {
        tie(a, c, b, 0);
      }
      for (int c = 1; c < channels(b); c++) {
        tie(b, c, b, 0);
      }
    }

    void pin(String value) {
      for (int c = 0; c < channels(value); c++) {
        pinned[find(first.get(value) + c)] = true;
      }
    }

    void meet(String value, Extremes range) {
      int channels = channels(value);
      for (int c = 0; c < channels; c++) {
        int root = find(first.get(value) + c);
        float magnitude =
            range.channels().length == channels ? range.channels()[c] : range.magnitude();
        peak[root] = Math.max(peak[root], magnitude);
        pinned[root] |= range.channels().length != channels;
      }
    }

    /// Chooses the exponent of every class; nothing may be tied or pinned after that.
    void choose(double target) {
      for (int i = 0; i < parent.length; i++) {
        int root = find(i);
        boolean free = !pinned[root] && peak[root] > 0 && peak[root] < target;
        exponent[root] = free ? Math.min(LARGEST, Math.getExponent(target / peak[root])) : 0;
      }
    }

    void lower(String value, int channel, int e) {
      int root = find(first.get(value) + channel);
      exponent[root] = Math.min(exponent[root], e);
    }

    int[] exponents(String value) {
      int[] e = new int[channels(value)];
      for (int c = 0; c < e.length; c++) {
        e[c] = exponent[find(first.get(value) + c)];
      }
      return e;
    }
  }
}
