package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles of the convolution modulo 2^64: 8 pixels by one or two vectors of output
/// channels.
///
/// One weight vector serves 8 broadcast pixels. Two vectors a tile where a register has 512 bits
/// (32 registers: 16 sums, 2 weights), else one (16 registers: 8 sums). Measured against 4×4, 6×2,
/// 12×2 and 14×2: 8×2 is within 10 % of the best on Zen 4 and the best on Sapphire Rapids for
/// `long`, whose multiplication falsely waits for the old content of its target register, so that a
/// tile must leave many registers free. A tile is a method of its own for the compiler's sake:
/// inside the loop over pixels it would be compiled in mid-run (OSR), with every vector boxed.
final class VectorLongTiles {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final boolean TWO = SPECIES.vectorBitSize() >= 512;
  private static final int PIXELS = 8;

  /// Output channels of a panel.
  static final int PANEL = TWO ? 2 * LANES : LANES;

  private VectorLongTiles() {}

  /// See [Kernels].
  static void multiply(
      long[] weights,
      int weightsFrom,
      long[] input,
      int inputFrom,
      Walk walk,
      int block,
      long[] output,
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
      VectorMask<Long> mask = SPECIES.indexInRange(lane, lanes);
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
      long[] weights,
      int weightsFrom,
      long[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      long[] output,
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
    LongVector s0a;
    LongVector s0b;
    LongVector s1a;
    LongVector s1b;
    LongVector s2a;
    LongVector s2b;
    LongVector s3a;
    LongVector s3b;
    LongVector s4a;
    LongVector s4b;
    LongVector s5a;
    LongVector s5b;
    LongVector s6a;
    LongVector s6b;
    LongVector s7a;
    LongVector s7b;
    if (block == 0) {
      s0a = LongVector.zero(SPECIES);
      s0b = LongVector.zero(SPECIES);
      s1a = LongVector.zero(SPECIES);
      s1b = LongVector.zero(SPECIES);
      s2a = LongVector.zero(SPECIES);
      s2b = LongVector.zero(SPECIES);
      s3a = LongVector.zero(SPECIES);
      s3b = LongVector.zero(SPECIES);
      s4a = LongVector.zero(SPECIES);
      s4b = LongVector.zero(SPECIES);
      s5a = LongVector.zero(SPECIES);
      s5b = LongVector.zero(SPECIES);
      s6a = LongVector.zero(SPECIES);
      s6b = LongVector.zero(SPECIES);
      s7a = LongVector.zero(SPECIES);
      s7b = LongVector.zero(SPECIES);
    } else {
      s0a = LongVector.fromArray(SPECIES, output, y0);
      s0b = LongVector.fromArray(SPECIES, output, y0 + LANES);
      s1a = LongVector.fromArray(SPECIES, output, y1);
      s1b = LongVector.fromArray(SPECIES, output, y1 + LANES);
      s2a = LongVector.fromArray(SPECIES, output, y2);
      s2b = LongVector.fromArray(SPECIES, output, y2 + LANES);
      s3a = LongVector.fromArray(SPECIES, output, y3);
      s3b = LongVector.fromArray(SPECIES, output, y3 + LANES);
      s4a = LongVector.fromArray(SPECIES, output, y4);
      s4b = LongVector.fromArray(SPECIES, output, y4 + LANES);
      s5a = LongVector.fromArray(SPECIES, output, y5);
      s5b = LongVector.fromArray(SPECIES, output, y5 + LANES);
      s6a = LongVector.fromArray(SPECIES, output, y6);
      s6b = LongVector.fromArray(SPECIES, output, y6 + LANES);
      s7a = LongVector.fromArray(SPECIES, output, y7);
      s7b = LongVector.fromArray(SPECIES, output, y7 + LANES);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        LongVector wa = LongVector.fromArray(SPECIES, weights, w);
        LongVector wb = LongVector.fromArray(SPECIES, weights, w + LANES);
        LongVector b0 = LongVector.broadcast(SPECIES, input[x0 + k]);
        s0a = s0a.add(b0.mul(wa));
        s0b = s0b.add(b0.mul(wb));
        LongVector b1 = LongVector.broadcast(SPECIES, input[x1 + k]);
        s1a = s1a.add(b1.mul(wa));
        s1b = s1b.add(b1.mul(wb));
        LongVector b2 = LongVector.broadcast(SPECIES, input[x2 + k]);
        s2a = s2a.add(b2.mul(wa));
        s2b = s2b.add(b2.mul(wb));
        LongVector b3 = LongVector.broadcast(SPECIES, input[x3 + k]);
        s3a = s3a.add(b3.mul(wa));
        s3b = s3b.add(b3.mul(wb));
        LongVector b4 = LongVector.broadcast(SPECIES, input[x4 + k]);
        s4a = s4a.add(b4.mul(wa));
        s4b = s4b.add(b4.mul(wb));
        LongVector b5 = LongVector.broadcast(SPECIES, input[x5 + k]);
        s5a = s5a.add(b5.mul(wa));
        s5b = s5b.add(b5.mul(wb));
        LongVector b6 = LongVector.broadcast(SPECIES, input[x6 + k]);
        s6a = s6a.add(b6.mul(wa));
        s6b = s6b.add(b6.mul(wb));
        LongVector b7 = LongVector.broadcast(SPECIES, input[x7 + k]);
        s7a = s7a.add(b7.mul(wa));
        s7b = s7b.add(b7.mul(wb));
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
      long[] weights,
      int weightsFrom,
      long[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      long[] output,
      int outputFrom,
      int stride,
      VectorMask<Long> mask) {
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
    LongVector s0;
    LongVector s1;
    LongVector s2;
    LongVector s3;
    LongVector s4;
    LongVector s5;
    LongVector s6;
    LongVector s7;
    if (block == 0) {
      s0 = LongVector.zero(SPECIES);
      s1 = LongVector.zero(SPECIES);
      s2 = LongVector.zero(SPECIES);
      s3 = LongVector.zero(SPECIES);
      s4 = LongVector.zero(SPECIES);
      s5 = LongVector.zero(SPECIES);
      s6 = LongVector.zero(SPECIES);
      s7 = LongVector.zero(SPECIES);
    } else {
      s0 = LongVector.fromArray(SPECIES, output, y0, mask);
      s1 = LongVector.fromArray(SPECIES, output, y1, mask);
      s2 = LongVector.fromArray(SPECIES, output, y2, mask);
      s3 = LongVector.fromArray(SPECIES, output, y3, mask);
      s4 = LongVector.fromArray(SPECIES, output, y4, mask);
      s5 = LongVector.fromArray(SPECIES, output, y5, mask);
      s6 = LongVector.fromArray(SPECIES, output, y6, mask);
      s7 = LongVector.fromArray(SPECIES, output, y7, mask);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        LongVector wv = LongVector.fromArray(SPECIES, weights, w);
        LongVector b0 = LongVector.broadcast(SPECIES, input[x0 + k]);
        s0 = s0.add(b0.mul(wv));
        LongVector b1 = LongVector.broadcast(SPECIES, input[x1 + k]);
        s1 = s1.add(b1.mul(wv));
        LongVector b2 = LongVector.broadcast(SPECIES, input[x2 + k]);
        s2 = s2.add(b2.mul(wv));
        LongVector b3 = LongVector.broadcast(SPECIES, input[x3 + k]);
        s3 = s3.add(b3.mul(wv));
        LongVector b4 = LongVector.broadcast(SPECIES, input[x4 + k]);
        s4 = s4.add(b4.mul(wv));
        LongVector b5 = LongVector.broadcast(SPECIES, input[x5 + k]);
        s5 = s5.add(b5.mul(wv));
        LongVector b6 = LongVector.broadcast(SPECIES, input[x6 + k]);
        s6 = s6.add(b6.mul(wv));
        LongVector b7 = LongVector.broadcast(SPECIES, input[x7 + k]);
        s7 = s7.add(b7.mul(wv));
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
  static void channelwise(long[] weights, long[] input, Walk walk, int channels, long[] output) {
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Long> mask = SPECIES.indexInRange(c, channels);
      for (int p = 0; p < walk.pixels().length; p++) {
        channelwise(weights, input, walk, channels, c, p, output, mask);
      }
    }
  }

  private static void channelwise(
      long[] weights,
      long[] input,
      Walk walk,
      int channels,
      int c,
      int p,
      long[] output,
      VectorMask<Long> mask) {
    int[] offsets = walk.offsets();
    int from = walk.pixels()[p] + c;
    LongVector sum = LongVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      LongVector b = LongVector.fromArray(SPECIES, input, from + offsets[t], mask);
      LongVector w = LongVector.fromArray(SPECIES, weights, t * channels + c, mask);
      sum = sum.add(b.mul(w));
    }
    sum.intoArray(output, p * channels + c, mask);
  }
}
