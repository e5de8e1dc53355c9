package org.blindread.mpc.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;

/// Folds s·x + t forward through a ReLU into all the convolutions that read it, also through
/// average pooling and reshapes that keep the channels.
///
/// max(s·x + t, 0) = s·([x' ≥ 0] ⊕ [s < 0])·x' with x' = x + C, C = t/s. The offset C and the flips
/// become the ReLU's [Thresholds]; s goes, signed, into the next weights. C is clamped to ±X with X
/// = `reach`·max|x| of the channel; a clamped channel that is always on adds the missing K = t −
/// s·C to the next layer, one that is always off nothing. A channel with s = 0 gets zero weights
/// and K = max(t, 0). Where the next convolution pads, its bias becomes a whole map in any case:
/// nothing public depends on s or t.
///
/// Without a ReLU the map goes into the next weights as it is. Where a consumer is not linear,
/// nothing is folded and [ConvolveBatchNorm] takes over.
public final class FoldBatchNormForward implements Pass {
  /// What 2^-8 of the largest channel counts as at least: a channel that was zero on all
  /// calibration images may stir on the next.
  private static final float FLOOR = 1f / 256;

  private final double reach;

  /// The pass with a clamp.
  ///
  /// @param reach the clamp X in multiples of a channel's largest magnitude, ≥ 1; 8 by default
  public FoldBatchNormForward(double reach) {
    if (!(reach >= 1)) {
      throw new IllegalArgumentException("reach must be at least 1, not " + reach);
    }
    this.reach = reach;
  }

  @Override
  public String name() {
    return "batch normalisation folds through ReLU into the convolutions after";
  }

  @Override
  public Model apply(Model model) {
    return Draft.visited(
        model,
        (draft, node) -> {
          if (node.op() instanceof Op.BatchNorm) {
            fold(draft, node);
          }
        });
  }

  private void fold(Draft draft, Node norm) {
    Optional<Node> relu =
        draft
            .onlyReader(norm.name())
            .filter(n -> n.op() instanceof Op.Relu && !draft.thresholds.containsKey(n.name()));
    String value = relu.map(Node::name).orElse(norm.name());
    List<Node> convolutions = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    if (!linear(draft, value, convolutions, passed)) {
      return;
    }
    Affine map = Affine.of(draft, norm);
    String x = norm.operands().getFirst();
    double[] scale = map.s();
    double[] constant = map.t();
    float[] bound = null;
    if (relu.isPresent()) {
      float[] peak = peaks(draft.range(x));
      int channels = peak.length;
      scale = new double[channels];
      constant = new double[channels];
      bound = new float[channels];
      float[] offset = new float[channels];
      boolean[] flips = new boolean[channels];
      for (int c = 0; c < channels; c++) {
        double s = map.s()[c];
        double t = map.t()[c];
        double limit = reach * peak[c];
        if (Math.abs(s) < Float.MIN_NORMAL || limit == 0) {
          constant[c] = Math.max(t, 0);
        } else {
          double exact = t / s;
          offset[c] = (float) Math.clamp(exact, -limit, limit);
          flips[c] = s < 0;
          scale[c] = s;
          boolean on = Math.abs(exact) > limit && t > 0;
          constant[c] = on ? t - s * offset[c] : 0;
        }
        bound[c] = peak[c] + Math.abs(offset[c]);
      }
      draft.thresholds.put(value, new Thresholds(offset, flips));
      draft.put(value, relu.get().op(), x);
    }
    rescale(draft, value, x, scale, constant, bound, passed, relu.isPresent());
    for (Node conv : convolutions) {
      Weights.before(draft, draft.node(conv.name()).orElseThrow(), scale, constant);
    }
    if (relu.isEmpty()) {
      draft.redirect(norm.name(), x);
    }
    draft.remove(norm.name());
  }

  /// Whether a value reaches nothing but convolutions, through operations that commute with a
  /// per-channel affine map; collects both.
  private static boolean linear(
      Draft draft, String value, List<Node> convolutions, List<String> passed) {
    List<Node> readers = draft.readers(value);
    if (draft.isOutput(value) || readers.isEmpty()) {
      return false;
    }
    for (Node reader : readers) {
      if (reader.op() instanceof Op.Conv) {
        convolutions.add(reader);
      } else if (commutes(draft, reader)) {
        passed.add(reader.name());
        if (!linear(draft, reader.name(), convolutions, passed)) {
          return false;
        }
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean commutes(Draft draft, Node node) {
    return switch (node.op()) {
      case Op.AveragePool pool ->
          !draft.sums.contains(node.name()) && !(pool.window().padded() && pool.countPadding());
      case Op.Mean mean -> mean.axes().stream().allMatch(axis -> axis != 1);
      case Op.Reshape _ -> Channels.keptByReshape(draft, node);
      case Op.Conv _,
          Op.BatchNorm _,
          Op.Relu _,
          Op.LeakyRelu _,
          Op.Clip _,
          Op.MaxPool _,
          Op.Add _,
          Op.Subtract _,
          Op.Multiply _,
          Op.Divide _,
          Op.MatMul _,
          Op.Concat _,
          Op.Transpose _,
          Op.Pad _,
          Op.Slice _,
          Op.Sigmoid _,
          Op.Softmax _,
          Op.ArgMax _ ->
          false;
    };
  }

  /// The ranges of the values that lost the map: |v| ≤ (max|s·v + K| + |K|)/|s|, and never more
  /// than the largest |x + C|.
  private static void rescale(
      Draft draft,
      String value,
      String x,
      double[] s,
      double[] k,
      float[] bound,
      List<String> passed,
      boolean thresholds) {
    List<String> values = new ArrayList<>(passed);
    float[] limit = thresholds ? bound : draft.range(x).channels();
    if (thresholds) {
      values.add(value);
    }
    for (String v : values) {
      float[] old = draft.range(v).channels();
      float[] now = new float[old.length];
      for (int c = 0; c < now.length; c++) {
        double exact = s[c] == 0 ? limit[c] : (old[c] + Math.abs(k[c])) / Math.abs(s[c]);
        now[c] = (float) Math.min(exact, limit[c]);
      }
      draft.range(v, Extremes.within(now));
    }
  }

  private static float[] peaks(Extremes range) {
    float[] peaks = range.channels().clone();
    float floor = range.magnitude() * FLOOR;
    for (int c = 0; c < peaks.length; c++) {
      peaks[c] = Math.max(peaks[c], floor);
    }
    return peaks;
  }
}
