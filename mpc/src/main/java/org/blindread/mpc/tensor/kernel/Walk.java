package org.blindread.mpc.tensor.kernel;

import java.util.List;
import org.blindread.mpc.tensor.Window;

/// How a convolution walks over its zero-padded, channels-last input: where each output pixel
/// starts and which stretches of memory it reads from there, in the order of the packed weights.
///
/// Taps that lie side by side in memory (the innermost axis, undilated, one group) form one
/// stretch, so that a stem of 3 channels runs over 21 elements at a time. Stretches are cut into
/// blocks of at most [#BLOCK] weights a lane, which a second-level cache holds while all pixels
/// pass by.
///
/// @param pixels offset of each output pixel, outermost first
/// @param offsets offset of each segment from the pixel
/// @param lengths elements of each segment
/// @param rows the index k of each segment's first weight
/// @param blocks the first segment of each block, and the number of segments
record Walk(int[] pixels, int[] offsets, int[] lengths, int[] rows, int[] blocks) {
  private static final int BLOCK = 512;
  private static final int AXES = 3;

  /// The walk over an input of the (padded) extents.
  ///
  /// @param window its padding is ignored: the extents contain it
  /// @param channels of all groups together
  static Walk of(List<Integer> padded, Window window, int channels, int groups) {
    int[] extents = threeAxes(padded, 1);
    int[] kernel = threeAxes(window.kernel(), 1);
    int[] strides = threeAxes(window.strides(), 1);
    int[] dilations = threeAxes(window.dilations(), 1);
    int row = extents[2] * channels;
    int plane = extents[1] * row;

    boolean merged = groups == 1 && dilations[2] == 1;
    int stretch = merged ? kernel[2] * channels : channels / groups;
    int columns = merged ? 1 : kernel[2];
    int pieces = (stretch + BLOCK - 1) / BLOCK;
    int[] offsets = new int[kernel[0] * kernel[1] * columns * pieces];
    int[] lengths = new int[offsets.length];
    int[] rows = new int[offsets.length];
    int[] blocks = new int[offsets.length + 1];
    int count = 0;
    int k = 0;
    int blockCount = 0;
    int blockStart = 0;
    for (int z = 0; z < kernel[0]; z++) {
      for (int y = 0; y < kernel[1]; y++) {
        for (int x = 0; x < columns; x++) {
          int tap = z * dilations[0] * plane + y * dilations[1] * row + x * dilations[2] * channels;
          for (int done = 0; done < stretch; done += BLOCK) {
            int length = Math.min(BLOCK, stretch - done);
            if (count == 0 || k + length - blockStart > BLOCK) {
              blocks[blockCount++] = count;
              blockStart = k;
            }
            offsets[count] = tap + done;
            lengths[count] = length;
            rows[count++] = k;
            k += length;
          }
        }
      }
    }
    blocks[blockCount++] = count;
    return new Walk(
        pixels(extents, kernel, strides, dilations, channels),
        offsets,
        lengths,
        rows,
        java.util.Arrays.copyOf(blocks, blockCount));
  }

  private static int[] pixels(
      int[] extents, int[] kernel, int[] strides, int[] dilations, int channels) {
    int[] steps = new int[AXES];
    for (int a = 0; a < AXES; a++) {
      steps[a] = (extents[a] - dilations[a] * (kernel[a] - 1) - 1) / strides[a] + 1;
    }
    int[] pixels = new int[steps[0] * steps[1] * steps[2]];
    int count = 0;
    for (int z = 0; z < steps[0]; z++) {
      for (int y = 0; y < steps[1]; y++) {
        int line = (z * strides[0] * extents[1] + y * strides[1]) * extents[2];
        for (int x = 0; x < steps[2]; x++) {
          pixels[count++] = (line + x * strides[2]) * channels;
        }
      }
    }
    return pixels;
  }

  /// One entry per axis for depth, height and width; missing outer axes get `filler`.
  static int[] threeAxes(List<Integer> list, int filler) {
    int[] three = new int[AXES];
    for (int a = 0; a < AXES; a++) {
      int from = a - (AXES - list.size());
      three[a] = from < 0 ? filler : list.get(from);
    }
    return three;
  }

  int blockCount() {
    return blocks.length - 1;
  }

  /// The number of weights a lane.
  int depth() {
    int last = rows.length - 1;
    return rows[last] + lengths[last];
  }
}
