package org.blindread.mpc.compile;

import java.util.List;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// s·x + t with one secret s and t a channel: the form every batch normalisation and every
/// arithmetic with per-channel constants is brought to. Written in a graph as a `BatchNorm` with
/// mean 0, variance 1 and ε = 0.
record Affine(double[] s, double[] t) {

  /// The affine map that a `BatchNorm` node computes.
  static Affine of(Draft draft, Node node) {
    float epsilon = ((Op.BatchNorm) node.op()).epsilon();
    float[] gamma = draft.constant(node.operands().get(1)).values();
    float[] beta = draft.constant(node.operands().get(2)).values();
    float[] mean = draft.constant(node.operands().get(3)).values();
    float[] variance = draft.constant(node.operands().get(4)).values();
    double[] s = new double[gamma.length];
    double[] t = new double[gamma.length];
    for (int c = 0; c < s.length; c++) {
      s[c] = gamma[c] / Math.sqrt((double) variance[c] + epsilon);
      t[c] = beta[c] - mean[c] * s[c];
    }
    return new Affine(s, t);
  }

  /// This map after an inner one: s·(inner.s·x + inner.t) + t.
  Affine after(Affine inner) {
    double[] product = new double[s.length];
    double[] sum = new double[s.length];
    for (int c = 0; c < s.length; c++) {
      product[c] = s[c] * inner.s[c];
      sum[c] = s[c] * inner.t[c] + t[c];
    }
    return new Affine(product, sum);
  }

  /// Defines the node `name` as this map of x.
  void define(Draft draft, String name, String x) {
    Shape channels = Shape.of(s.length);
    draft.put(
        name,
        new Op.BatchNorm(0),
        List.of(
            x,
            draft.add(name + ".s", Weights.vector(s)),
            draft.add(name + ".t", Weights.vector(t)),
            draft.add(name + ".mean", RealTensor.filled(channels, 0)),
            draft.add(name + ".variance", RealTensor.filled(channels, 1))));
  }
}
