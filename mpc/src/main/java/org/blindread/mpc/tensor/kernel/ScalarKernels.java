package org.blindread.mpc.tensor.kernel;

import java.util.Arrays;

/// The plain loops: what the vector form is tested against, and what serves without it.
final class ScalarKernels implements Kernels {
  private static final int PANEL = 64;
  private static final int BLOCK_WORDS = 8;
  private static final int BYTE_BITS = 8;

  @Override
  public SelectionLoops selections() {
    return new ScalarSelections();
  }

  @Override
  public NttLoops ntt(NttRoot root) {
    return new ScalarNtt(root);
  }

  @Override
  public PlaneLoops planes() {
    return new ScalarPlanes();
  }

  @Override
  public BlockLoops blocks() {
    return new ScalarBlocks();
  }

  @Override
  public int longPanel() {
    return PANEL;
  }

  @Override
  public int intPanel() {
    return PANEL;
  }

  @Override
  public int floatPanel() {
    return PANEL;
  }

  @Override
  public void multiply(
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
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = outputFrom + p * stride;
      if (block == 0) {
        Arrays.fill(output, to, to + lanes, 0);
      }
      for (int s = walk.blocks()[block]; s < walk.blocks()[block + 1]; s++) {
        int from = inputFrom + walk.pixels()[p] + walk.offsets()[s];
        int w = weightsFrom + walk.rows()[s] * PANEL;
        for (int k = 0; k < walk.lengths()[s]; k++, w += PANEL) {
          long x = input[from + k];
          for (int m = 0; m < lanes; m++) {
            output[to + m] += x * weights[w + m];
          }
        }
      }
    }
  }

  @Override
  public void multiply(
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
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = outputFrom + p * stride;
      if (block == 0) {
        Arrays.fill(output, to, to + lanes, 0);
      }
      for (int s = walk.blocks()[block]; s < walk.blocks()[block + 1]; s++) {
        int from = inputFrom + walk.pixels()[p] + walk.offsets()[s];
        int w = weightsFrom + walk.rows()[s] * PANEL;
        for (int k = 0; k < walk.lengths()[s]; k++, w += PANEL) {
          int x = input[from + k];
          for (int m = 0; m < lanes; m++) {
            output[to + m] += x * weights[w + m];
          }
        }
      }
    }
  }

  @Override
  public void multiply(
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
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = outputFrom + p * stride;
      if (block == 0) {
        Arrays.fill(output, to, to + lanes, 0);
      }
      for (int s = walk.blocks()[block]; s < walk.blocks()[block + 1]; s++) {
        int from = inputFrom + walk.pixels()[p] + walk.offsets()[s];
        int w = weightsFrom + walk.rows()[s] * PANEL;
        for (int k = 0; k < walk.lengths()[s]; k++, w += PANEL) {
          float x = input[from + k];
          for (int m = 0; m < lanes; m++) {
            output[to + m] = Math.fma(x, weights[w + m], output[to + m]);
          }
        }
      }
    }
  }

  @Override
  public void channelwise(long[] weights, long[] input, Walk walk, int channels, long[] output) {
    Arrays.fill(output, 0);
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = p * channels;
      for (int t = 0; t < walk.offsets().length; t++) {
        int from = walk.pixels()[p] + walk.offsets()[t];
        for (int c = 0; c < channels; c++) {
          output[to + c] += input[from + c] * weights[t * channels + c];
        }
      }
    }
  }

  @Override
  public void channelwise(int[] weights, int[] input, Walk walk, int channels, int[] output) {
    Arrays.fill(output, 0, walk.pixels().length * channels, 0);
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = p * channels;
      for (int t = 0; t < walk.offsets().length; t++) {
        int from = walk.pixels()[p] + walk.offsets()[t];
        for (int c = 0; c < channels; c++) {
          output[to + c] += input[from + c] * weights[t * channels + c];
        }
      }
    }
  }

  @Override
  public void channelwise(float[] weights, float[] input, Walk walk, int channels, float[] output) {
    Arrays.fill(output, 0);
    for (int p = 0; p < walk.pixels().length; p++) {
      int to = p * channels;
      for (int t = 0; t < walk.offsets().length; t++) {
        int from = walk.pixels()[p] + walk.offsets()[t];
        for (int c = 0; c < channels; c++) {
          output[to + c] = Math.fma(input[from + c], weights[t * channels + c], output[to + c]);
        }
      }
    }
  }

  @Override
  public void slice(
      long[] values,
      int from,
      int blocks,
      int lowBit,
      int bits,
      long[] planes,
      int planesFrom,
      int planeWords) {
    long[] matrix = new long[Long.SIZE];
    for (int word = 0; word < blocks * BLOCK_WORDS; word++) {
      int first = from + word / BLOCK_WORDS * BLOCK + word % BLOCK_WORDS;
      for (int k = 0; k < Long.SIZE; k++) {
        matrix[k] = values[first + BYTE_BITS * k] >>> lowBit;
      }
      transpose(matrix);
      for (int i = 0; i < bits; i++) {
        planes[planesFrom + i * planeWords + word] = matrix[i];
      }
    }
  }

  /// Transposes a matrix of 64×64 bits in place (Warren, Hacker's Delight, 7-3): bit i of row k
  /// becomes bit k of row i.
  static void transpose(long[] rows) {
    long mask = 0x00000000FFFFFFFFL;
    for (int step = 32; step != 0; step >>>= 1, mask ^= mask << step) {
      for (int k = 0; k < Long.SIZE; k = (k + step + 1) & ~step) {
        long swapped = ((rows[k] >>> step) ^ rows[k + step]) & mask;
        rows[k + step] ^= swapped;
        rows[k] ^= swapped << step;
      }
    }
  }

  @Override
  public void spread(long[] plane, int planeFrom, int blocks, long[] out, int outFrom) {
    for (int word = 0; word < blocks * BLOCK_WORDS; word++) {
      int first = outFrom + word / BLOCK_WORDS * BLOCK + word % BLOCK_WORDS;
      long bits = plane[planeFrom + word];
      for (int k = 0; k < Long.SIZE; k++) {
        out[first + BYTE_BITS * k] = bits >>> k & 1;
      }
    }
  }
}
