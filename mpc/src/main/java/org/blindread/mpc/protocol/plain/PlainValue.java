package org.blindread.mpc.protocol.plain;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// A value in the clear: canonical ring elements. Owns its arrays.
///
/// Convolutions run modulo 2^64 whatever ℓ is, so that the twin sees an overflow of the smaller
/// ring instead of its wrapped value.
///
/// @param packed convolution weights, packed on first use by number of groups
public record PlainValue(
    Shape shape, long[] values, Map<Integer, RingConvolution.Prepared> packed) {
  static PlainValue of(Shape shape, long[] values) {
    return new PlainValue(shape, values, new ConcurrentHashMap<>());
  }

  RingConvolution.Prepared prepared(int groups) {
    return packed.computeIfAbsent(
        groups,
        _ -> {
          int outputs = shape.extent(0);
          int inputs = shape.extent(-1);
          return RingConvolution.prepare(
              values, outputs, shape.size() / outputs / inputs, inputs, groups, 64);
        });
  }

  /// The largest sum of magnitudes that one output channel's weights have.
  double largestRowNorm() {
    int row = values.length / shape.extent(0);
    double largest = 0;
    for (int from = 0; from < values.length; from += row) {
      double norm = 0;
      for (int i = from; i < from + row; i++) {
        norm += Math.abs((double) values[i]);
      }
      largest = Math.max(largest, norm);
    }
    return largest;
  }

  @Override
  public String toString() {
    return "PlainValue[" + shape + "]";
  }
}
