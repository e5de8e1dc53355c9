package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles of the convolution in single precision, fused: 8 pixels by one or two vectors of
/// output channels.
///
/// One weight vector serves 8 broadcast pixels. Two vectors a tile where a register has 512 bits
/// (32 registers: 16 sums, 2 weights), else one (16 registers: 8 sums). Measured against 4×4, 6×2,
/// 12×2 and 14×2: 8×2 is within 10 % of the best on Zen 4 and the best on Sapphire Rapids for
/// `long`, whose multiplication falsely waits for the old content of its target register, so that a
/// tile must leave many registers free. A tile is a method of its own for the compiler's sake:
/// inside the loop over pixels it would be compiled in mid-run (OSR), with every vector boxed.
final class VectorFloatTiles {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final boolean TWO = SPECIES.vectorBitSize() >= 512;
  private static final int PIXELS = 8;

  /// Output channels of a panel.
  static final int PANEL = TWO ? 2 * LANES : LANES;

  private VectorFloatTiles() {}

  /// See [Kernels].
  static void multiply(
      float[] weights,
      int weightsFrom,
      float[] input,
      int inputFrom,
      Walk walk,
      int block,
      float[] output,
      int outputFrom,
      int stride,
      int lanes) {
    int pixels = walk.pixels().length;
    if (TWO && lanes == PANEL) {
      for (int p = 0; p < pixels; p += PIXELS) {
        two(weights, weightsFrom, input, inputFrom, walk, block, p, output, outputFrom, stride);
      }
      return;
    }
    for (int lane = 0; lane < lanes; lane += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(lane, lanes);
      for (int p = 0; p < pixels; p += PIXELS) {
        one(
            weights,
            weightsFrom + lane,
            input,
            inputFrom,
            walk,
            block,
            p,
            output,
            outputFrom + lane,
            stride,
            mask);
      }
    }
  }

  /// 8 pixels from `first` by two vectors; pixels past the last repeat the last, all copies alike.
  private static void two(
      float[] weights,
      int weightsFrom,
      float[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      float[] output,
      int outputFrom,
      int stride) {
    int[] pixels = walk.pixels();
    int last = pixels.length - 1;
    int p0 = first;
    int p1 = Math.min(first + 1, last);
    int p2 = Math.min(first + 2, last);
    int p3 = Math.min(first + 3, last);
    int p4 = Math.min(first + 4, last);
    int p5 = Math.min(first + 5, last);
    int p6 = Math.min(first + 6, last);
    int p7 = Math.min(first + 7, last);
    int x0 = pixels[p0] + inputFrom;
    int x1 = pixels[p1] + inputFrom;
    int x2 = pixels[p2] + inputFrom;
    int x3 = pixels[p3] + inputFrom;
    int x4 = pixels[p4] + inputFrom;
    int x5 = pixels[p5] + inputFrom;
    int x6 = pixels[p6] + inputFrom;
    int x7 = pixels[p7] + inputFrom;
    int y0 = p0 * stride + outputFrom;
    int y1 = p1 * stride + outputFrom;
    int y2 = p2 * stride + outputFrom;
    int y3 = p3 * stride + outputFrom;
    int y4 = p4 * stride + outputFrom;
    int y5 = p5 * stride + outputFrom;
    int y6 = p6 * stride + outputFrom;
    int y7 = p7 * stride + outputFrom;
    FloatVector s0a;
    FloatVector s0b;
    FloatVector s1a;
    FloatVector s1b;
    FloatVector s2a;
    FloatVector s2b;
    FloatVector s3a;
    FloatVector s3b;
    FloatVector s4a;
    FloatVector s4b;
    FloatVector s5a;
    FloatVector s5b;
    FloatVector s6a;
    FloatVector s6b;
    FloatVector s7a;
    FloatVector s7b;
    if (block == 0) {
      s0a = FloatVector.zero(SPECIES);
      s0b = FloatVector.zero(SPECIES);
      s1a = FloatVector.zero(SPECIES);
      s1b = FloatVector.zero(SPECIES);
      s2a = FloatVector.zero(SPECIES);
      s2b = FloatVector.zero(SPECIES);
      s3a = FloatVector.zero(SPECIES);
      s3b = FloatVector.zero(SPECIES);
      s4a = FloatVector.zero(SPECIES);
      s4b = FloatVector.zero(SPECIES);
      s5a = FloatVector.zero(SPECIES);
      s5b = FloatVector.zero(SPECIES);
      s6a = FloatVector.zero(SPECIES);
      s6b = FloatVector.zero(SPECIES);
      s7a = FloatVector.zero(SPECIES);
      s7b = FloatVector.zero(SPECIES);
    } else {
      s0a = FloatVector.fromArray(SPECIES, output, y0);
      s0b = FloatVector.fromArray(SPECIES, output, y0 + LANES);
      s1a = FloatVector.fromArray(SPECIES, output, y1);
      s1b = FloatVector.fromArray(SPECIES, output, y1 + LANES);
      s2a = FloatVector.fromArray(SPECIES, output, y2);
      s2b = FloatVector.fromArray(SPECIES, output, y2 + LANES);
      s3a = FloatVector.fromArray(SPECIES, output, y3);
      s3b = FloatVector.fromArray(SPECIES, output, y3 + LANES);
      s4a = FloatVector.fromArray(SPECIES, output, y4);
      s4b = FloatVector.fromArray(SPECIES, output, y4 + LANES);
      s5a = FloatVector.fromArray(SPECIES, output, y5);
      s5b = FloatVector.fromArray(SPECIES, output, y5 + LANES);
      s6a = FloatVector.fromArray(SPECIES, output, y6);
      s6b = FloatVector.fromArray(SPECIES, output, y6 + LANES);
      s7a = FloatVector.fromArray(SPECIES, output, y7);
      s7b = FloatVector.fromArray(SPECIES, output, y7 + LANES);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        FloatVector b0 = FloatVector.broadcast(SPECIES, input[x0 + k]);
        s0a = b0.fma(wa, s0a);
        s0b = b0.fma(wb, s0b);
        FloatVector b1 = FloatVector.broadcast(SPECIES, input[x1 + k]);
        s1a = b1.fma(wa, s1a);
        s1b = b1.fma(wb, s1b);
        FloatVector b2 = FloatVector.broadcast(SPECIES, input[x2 + k]);
        s2a = b2.fma(wa, s2a);
        s2b = b2.fma(wb, s2b);
        FloatVector b3 = FloatVector.broadcast(SPECIES, input[x3 + k]);
        s3a = b3.fma(wa, s3a);
        s3b = b3.fma(wb, s3b);
        FloatVector b4 = FloatVector.broadcast(SPECIES, input[x4 + k]);
        s4a = b4.fma(wa, s4a);
        s4b = b4.fma(wb, s4b);
        FloatVector b5 = FloatVector.broadcast(SPECIES, input[x5 + k]);
        s5a = b5.fma(wa, s5a);
        s5b = b5.fma(wb, s5b);
        FloatVector b6 = FloatVector.broadcast(SPECIES, input[x6 + k]);
        s6a = b6.fma(wa, s6a);
        s6b = b6.fma(wb, s6b);
        FloatVector b7 = FloatVector.broadcast(SPECIES, input[x7 + k]);
        s7a = b7.fma(wa, s7a);
        s7b = b7.fma(wb, s7b);
      }
    }
    s0a.intoArray(output, y0);
    s0b.intoArray(output, y0 + LANES);
    s1a.intoArray(output, y1);
    s1b.intoArray(output, y1 + LANES);
    s2a.intoArray(output, y2);
    s2b.intoArray(output, y2 + LANES);
    s3a.intoArray(output, y3);
    s3b.intoArray(output, y3 + LANES);
    s4a.intoArray(output, y4);
    s4b.intoArray(output, y4 + LANES);
    s5a.intoArray(output, y5);
    s5b.intoArray(output, y5 + LANES);
    s6a.intoArray(output, y6);
    s6b.intoArray(output, y6 + LANES);
    s7a.intoArray(output, y7);
    s7b.intoArray(output, y7 + LANES);
  }

  /// 8 pixels from `first` by one vector, of which the mask's lanes are read and written.
  private static void one(
      float[] weights,
      int weightsFrom,
      float[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      float[] output,
      int outputFrom,
      int stride,
      VectorMask<Float> mask) {
    int[] pixels = walk.pixels();
    int last = pixels.length - 1;
    int p0 = first;
    int p1 = Math.min(first + 1, last);
    int p2 = Math.min(first + 2, last);
    int p3 = Math.min(first + 3, last);
    int p4 = Math.min(first + 4, last);
    int p5 = Math.min(first + 5, last);
    int p6 = Math.min(first + 6, last);
    int p7 = Math.min(first + 7, last);
    int x0 = pixels[p0] + inputFrom;
    int x1 = pixels[p1] + inputFrom;
    int x2 = pixels[p2] + inputFrom;
    int x3 = pixels[p3] + inputFrom;
    int x4 = pixels[p4] + inputFrom;
    int x5 = pixels[p5] + inputFrom;
    int x6 = pixels[p6] + inputFrom;
    int x7 = pixels[p7] + inputFrom;
    int y0 = p0 * stride + outputFrom;
    int y1 = p1 * stride + outputFrom;
    int y2 = p2 * stride + outputFrom;
    int y3 = p3 * stride + outputFrom;
    int y4 = p4 * stride + outputFrom;
    int y5 = p5 * stride + outputFrom;
    int y6 = p6 * stride + outputFrom;
    int y7 = p7 * stride + outputFrom;
    FloatVector s0;
    FloatVector s1;
    FloatVector s2;
    FloatVector s3;
    FloatVector s4;
    FloatVector s5;
    FloatVector s6;
    FloatVector s7;
    if (block == 0) {
      s0 = FloatVector.zero(SPECIES);
      s1 = FloatVector.zero(SPECIES);
      s2 = FloatVector.zero(SPECIES);
      s3 = FloatVector.zero(SPECIES);
      s4 = FloatVector.zero(SPECIES);
      s5 = FloatVector.zero(SPECIES);
      s6 = FloatVector.zero(SPECIES);
      s7 = FloatVector.zero(SPECIES);
    } else {
      s0 = FloatVector.fromArray(SPECIES, output, y0, mask);
      s1 = FloatVector.fromArray(SPECIES, output, y1, mask);
      s2 = FloatVector.fromArray(SPECIES, output, y2, mask);
      s3 = FloatVector.fromArray(SPECIES, output, y3, mask);
      s4 = FloatVector.fromArray(SPECIES, output, y4, mask);
      s5 = FloatVector.fromArray(SPECIES, output, y5, mask);
      s6 = FloatVector.fromArray(SPECIES, output, y6, mask);
      s7 = FloatVector.fromArray(SPECIES, output, y7, mask);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        FloatVector wv = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector b0 = FloatVector.broadcast(SPECIES, input[x0 + k]);
        s0 = b0.fma(wv, s0);
        FloatVector b1 = FloatVector.broadcast(SPECIES, input[x1 + k]);
        s1 = b1.fma(wv, s1);
        FloatVector b2 = FloatVector.broadcast(SPECIES, input[x2 + k]);
        s2 = b2.fma(wv, s2);
        FloatVector b3 = FloatVector.broadcast(SPECIES, input[x3 + k]);
        s3 = b3.fma(wv, s3);
        FloatVector b4 = FloatVector.broadcast(SPECIES, input[x4 + k]);
        s4 = b4.fma(wv, s4);
        FloatVector b5 = FloatVector.broadcast(SPECIES, input[x5 + k]);
        s5 = b5.fma(wv, s5);
        FloatVector b6 = FloatVector.broadcast(SPECIES, input[x6 + k]);
        s6 = b6.fma(wv, s6);
        FloatVector b7 = FloatVector.broadcast(SPECIES, input[x7 + k]);
        s7 = b7.fma(wv, s7);
      }
    }
    s0.intoArray(output, y0, mask);
    s1.intoArray(output, y1, mask);
    s2.intoArray(output, y2, mask);
    s3.intoArray(output, y3, mask);
    s4.intoArray(output, y4, mask);
    s5.intoArray(output, y5, mask);
    s6.intoArray(output, y6, mask);
    s7.intoArray(output, y7, mask);
  }

  /// See [Kernels].
  static void channelwise(float[] weights, float[] input, Walk walk, int channels, float[] output) {
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(c, channels);
      for (int p = 0; p < walk.pixels().length; p++) {
        channelwise(weights, input, walk, channels, c, p, output, mask);
      }
    }
  }

  private static void channelwise(
      float[] weights,
      float[] input,
      Walk walk,
      int channels,
      int c,
      int p,
      float[] output,
      VectorMask<Float> mask) {
    int[] offsets = walk.offsets();
    int from = walk.pixels()[p] + c;
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      FloatVector b = FloatVector.fromArray(SPECIES, input, from + offsets[t], mask);
      FloatVector w = FloatVector.fromArray(SPECIES, weights, t * channels + c, mask);
      sum = b.fma(w, sum);
    }
    sum.intoArray(output, p * channels + c, mask);
  }
}
