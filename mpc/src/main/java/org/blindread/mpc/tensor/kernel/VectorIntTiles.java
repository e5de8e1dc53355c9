package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles of the convolution modulo 2^32: 8 pixels by one or two vectors of output
/// channels.
///
/// One weight vector serves 8 broadcast pixels. Two vectors a tile where a register has 512 bits
/// (32 registers: 16 sums, 2 weights), else one (16 registers: 8 sums). Measured against 4×4, 6×2,
/// 12×2 and 14×2: 8×2 is within 10 % of the best on Zen 4 and the best on Sapphire Rapids for
/// `long`, whose multiplication falsely waits for the old content of its target register, so that a
/// tile must leave many registers free. A tile is a method of its own for the compiler's sake:
/// inside the loop over pixels it would be compiled in mid-run (OSR), with every vector boxed.
final class VectorIntTiles {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final boolean TWO = SPECIES.vectorBitSize() >= 512;
  private static final int PIXELS = 8;

  /// Output channels of a panel.
  static final int PANEL = TWO ? 2 * LANES : LANES;

  private VectorIntTiles() {}

  /// See [Kernels].
  static void multiply(
      int[] weights,
      int weightsFrom,
      int[] input,
      int inputFrom,
      Walk walk,
      int block,
      int[] output,
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
      VectorMask<Integer> mask = SPECIES.indexInRange(lane, lanes);
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
      int[] weights,
      int weightsFrom,
      int[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      int[] output,
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
    IntVector s0a;
    IntVector s0b;
    IntVector s1a;
    IntVector s1b;
    IntVector s2a;
    IntVector s2b;
    IntVector s3a;
    IntVector s3b;
    IntVector s4a;
    IntVector s4b;
    IntVector s5a;
    IntVector s5b;
    IntVector s6a;
    IntVector s6b;
    IntVector s7a;
    IntVector s7b;
    if (block == 0) {
      s0a = IntVector.zero(SPECIES);
      s0b = IntVector.zero(SPECIES);
      s1a = IntVector.zero(SPECIES);
      s1b = IntVector.zero(SPECIES);
      s2a = IntVector.zero(SPECIES);
      s2b = IntVector.zero(SPECIES);
      s3a = IntVector.zero(SPECIES);
      s3b = IntVector.zero(SPECIES);
      s4a = IntVector.zero(SPECIES);
      s4b = IntVector.zero(SPECIES);
      s5a = IntVector.zero(SPECIES);
      s5b = IntVector.zero(SPECIES);
      s6a = IntVector.zero(SPECIES);
      s6b = IntVector.zero(SPECIES);
      s7a = IntVector.zero(SPECIES);
      s7b = IntVector.zero(SPECIES);
    } else {
      s0a = IntVector.fromArray(SPECIES, output, y0);
      s0b = IntVector.fromArray(SPECIES, output, y0 + LANES);
      s1a = IntVector.fromArray(SPECIES, output, y1);
      s1b = IntVector.fromArray(SPECIES, output, y1 + LANES);
      s2a = IntVector.fromArray(SPECIES, output, y2);
      s2b = IntVector.fromArray(SPECIES, output, y2 + LANES);
      s3a = IntVector.fromArray(SPECIES, output, y3);
      s3b = IntVector.fromArray(SPECIES, output, y3 + LANES);
      s4a = IntVector.fromArray(SPECIES, output, y4);
      s4b = IntVector.fromArray(SPECIES, output, y4 + LANES);
      s5a = IntVector.fromArray(SPECIES, output, y5);
      s5b = IntVector.fromArray(SPECIES, output, y5 + LANES);
      s6a = IntVector.fromArray(SPECIES, output, y6);
      s6b = IntVector.fromArray(SPECIES, output, y6 + LANES);
      s7a = IntVector.fromArray(SPECIES, output, y7);
      s7b = IntVector.fromArray(SPECIES, output, y7 + LANES);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        IntVector wa = IntVector.fromArray(SPECIES, weights, w);
        IntVector wb = IntVector.fromArray(SPECIES, weights, w + LANES);
        IntVector b0 = IntVector.broadcast(SPECIES, input[x0 + k]);
        s0a = s0a.add(b0.mul(wa));
        s0b = s0b.add(b0.mul(wb));
        IntVector b1 = IntVector.broadcast(SPECIES, input[x1 + k]);
        s1a = s1a.add(b1.mul(wa));
        s1b = s1b.add(b1.mul(wb));
        IntVector b2 = IntVector.broadcast(SPECIES, input[x2 + k]);
        s2a = s2a.add(b2.mul(wa));
        s2b = s2b.add(b2.mul(wb));
        IntVector b3 = IntVector.broadcast(SPECIES, input[x3 + k]);
        s3a = s3a.add(b3.mul(wa));
        s3b = s3b.add(b3.mul(wb));
        IntVector b4 = IntVector.broadcast(SPECIES, input[x4 + k]);
        s4a = s4a.add(b4.mul(wa));
        s4b = s4b.add(b4.mul(wb));
        IntVector b5 = IntVector.broadcast(SPECIES, input[x5 + k]);
        s5a = s5a.add(b5.mul(wa));
        s5b = s5b.add(b5.mul(wb));
        IntVector b6 = IntVector.broadcast(SPECIES, input[x6 + k]);
        s6a = s6a.add(b6.mul(wa));
        s6b = s6b.add(b6.mul(wb));
        IntVector b7 = IntVector.broadcast(SPECIES, input[x7 + k]);
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
      int[] weights,
      int weightsFrom,
      int[] input,
      int inputFrom,
      Walk walk,
      int block,
      int first,
      int[] output,
      int outputFrom,
      int stride,
      VectorMask<Integer> mask) {
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
    IntVector s0;
    IntVector s1;
    IntVector s2;
    IntVector s3;
    IntVector s4;
    IntVector s5;
    IntVector s6;
    IntVector s7;
    if (block == 0) {
      s0 = IntVector.zero(SPECIES);
      s1 = IntVector.zero(SPECIES);
      s2 = IntVector.zero(SPECIES);
      s3 = IntVector.zero(SPECIES);
      s4 = IntVector.zero(SPECIES);
      s5 = IntVector.zero(SPECIES);
      s6 = IntVector.zero(SPECIES);
      s7 = IntVector.zero(SPECIES);
    } else {
      s0 = IntVector.fromArray(SPECIES, output, y0, mask);
      s1 = IntVector.fromArray(SPECIES, output, y1, mask);
      s2 = IntVector.fromArray(SPECIES, output, y2, mask);
      s3 = IntVector.fromArray(SPECIES, output, y3, mask);
      s4 = IntVector.fromArray(SPECIES, output, y4, mask);
      s5 = IntVector.fromArray(SPECIES, output, y5, mask);
      s6 = IntVector.fromArray(SPECIES, output, y6, mask);
      s7 = IntVector.fromArray(SPECIES, output, y7, mask);
    }
    int[] offsets = walk.offsets();
    int[] lengths = walk.lengths();
    int w = weightsFrom + walk.rows()[walk.blocks()[block]] * PANEL;
    int end = walk.blocks()[block + 1];
    for (int s = walk.blocks()[block]; s < end; s++) {
      int to = offsets[s] + lengths[s];
      for (int k = offsets[s]; k < to; k++, w += PANEL) {
        IntVector wv = IntVector.fromArray(SPECIES, weights, w);
        IntVector b0 = IntVector.broadcast(SPECIES, input[x0 + k]);
        s0 = s0.add(b0.mul(wv));
        IntVector b1 = IntVector.broadcast(SPECIES, input[x1 + k]);
        s1 = s1.add(b1.mul(wv));
        IntVector b2 = IntVector.broadcast(SPECIES, input[x2 + k]);
        s2 = s2.add(b2.mul(wv));
        IntVector b3 = IntVector.broadcast(SPECIES, input[x3 + k]);
        s3 = s3.add(b3.mul(wv));
        IntVector b4 = IntVector.broadcast(SPECIES, input[x4 + k]);
        s4 = s4.add(b4.mul(wv));
        IntVector b5 = IntVector.broadcast(SPECIES, input[x5 + k]);
        s5 = s5.add(b5.mul(wv));
        IntVector b6 = IntVector.broadcast(SPECIES, input[x6 + k]);
        s6 = s6.add(b6.mul(wv));
        IntVector b7 = IntVector.broadcast(SPECIES, input[x7 + k]);
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
  static void channelwise(int[] weights, int[] input, Walk walk, int channels, int[] output) {
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Integer> mask = SPECIES.indexInRange(c, channels);
      for (int p = 0; p < walk.pixels().length; p++) {
        channelwise(weights, input, walk, channels, c, p, output, mask);
      }
    }
  }

  private static void channelwise(
      int[] weights,
      int[] input,
      Walk walk,
      int channels,
      int c,
      int p,
      int[] output,
      VectorMask<Integer> mask) {
    int[] offsets = walk.offsets();
    int from = walk.pixels()[p] + c;
    IntVector sum = IntVector.zero(SPECIES);
    for (int t = 0; t < offsets.length; t++) {
      IntVector b = IntVector.fromArray(SPECIES, input, from + offsets[t], mask);
      IntVector w = IntVector.fromArray(SPECIES, weights, t * channels + c, mask);
      sum = sum.add(b.mul(w));
    }
    sum.intoArray(output, p * channels + c, mask);
  }
}
