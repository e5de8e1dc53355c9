package org.blindread.mpc.rlwe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.tensor.Window;
import org.blindread.mpc.tensor.kernel.RingConvolution;

/// Layers that the tests share, and what they compute by the ring kernel.
final class Shapes {
  static final List<Layer> EDGES =
      List.of(
          Layer.matrix(1, 1024, 14),
          Layer.matrix(1, 1, 1),
          Layer.matrix(7, 13, 207),
          // 1×1, 3×3, 7×7, strides, padding
          layer(7, 33, 17, 1, 1, 0, 1),
          layer(14, 5, 6, 3, 1, 1, 1),
          layer(13, 3, 8, 7, 2, 3, 1),
          layer(9, 4, 3, 1, 2, 0, 1),
          layer(9, 4, 3, 3, 2, 1, 1),
          layer(11, 2, 2, 3, 3, 2, 1),
          // channelwise, grouped
          layer(8, 12, 12, 3, 1, 1, 12),
          layer(6, 12, 24, 3, 2, 1, 4),
          // wider than one polynomial in every way
          layer(70, 2, 3, 3, 1, 1, 1),
          // one and three axes, dilated, unevenly padded
          new Layer(
              List.of(23),
              6,
              5,
              new Window(List.of(3), List.of(2), List.of(0), List.of(4), List.of(3)),
              1),
          new Layer(
              List.of(5, 6, 7),
              6,
              9,
              new Window(
                  List.of(2, 3, 1),
                  List.of(1, 2, 3),
                  List.of(0, 1, 2),
                  List.of(1, 0, 0),
                  List.of(3, 1, 1)),
              3));

  private Shapes() {}

  static Layer layer(
      int extent, int inputs, int outputs, int kernel, int stride, int padding, int groups) {
    return new Layer(
        List.of(extent, extent), inputs, outputs, Window.square(kernel, stride, padding), groups);
  }

  static Layer random(SplittableRandom random) {
    int axes = random.nextInt(1, 4);
    List<List<Integer>> window = new ArrayList<>();
    for (int list = 0; list < 5; list++) {
      window.add(new ArrayList<>());
    }
    List<Integer> extents = new ArrayList<>();
    for (int a = 0; a < axes; a++) {
      int kernel = random.nextInt(1, 5);
      int dilation = random.nextInt(1, 4);
      int low = random.nextInt(0, 3);
      int high = random.nextInt(0, 3);
      int least = Math.max(1, dilation * (kernel - 1) + 1 - low - high);
      window.get(0).add(kernel);
      window.get(1).add(random.nextInt(1, 4));
      window.get(2).add(low);
      window.get(3).add(high);
      window.get(4).add(dilation);
      extents.add(least + random.nextInt(0, axes == 1 ? 40 : 6));
    }
    int groups = random.nextInt(3) == 0 ? random.nextInt(1, 6) : 1;
    return new Layer(
        extents,
        groups * random.nextInt(1, 14),
        groups * random.nextInt(1, 14),
        new Window(window.get(0), window.get(1), window.get(2), window.get(3), window.get(4)),
        groups);
  }

  /// The layer modulo 2^bits.
  static long[] expected(Layer layer, long[] x, long[] weights, int bits) {
    var kernel =
        RingConvolution.prepare(
            weights,
            layer.outputs(),
            layer.window().taps(),
            layer.inputs() / layer.groups(),
            layer.groups(),
            bits);
    long[] y = new long[layer.outputLength()];
    RingConvolution.apply(kernel, x, layer.extents(), layer.window(), y);
    for (int i = 0; i < y.length; i++) {
      y[i] &= mask(bits);
    }
    return y;
  }

  static long mask(int bits) {
    return -1L >>> (64 - bits);
  }

  /// A stream that is the same on every call.
  static Prg stream(long number) {
    return new Prg(Seed.received(ByteBuffer.allocate(Seed.BYTES).putLong(number).array()));
  }

  /// Weights of whole numbers below 2^magnitudeBits, both signs.
  static long[] weights(Layer layer, int magnitudeBits, SplittableRandom random) {
    long most = 1L << magnitudeBits;
    return random.longs(layer.weightLength(), 1 - most, most).toArray();
  }

  static List<Integer> square(int extent) {
    return Collections.nCopies(2, extent);
  }
}
