package org.blindread.data.transform;

import org.blindread.data.GreyImage;

/// Pillow's `Image.resize(size, BILINEAR)` for 8-bit grey images, to the bit (Pillow,
/// `src/libImaging/Resample.c`): a triangle filter widened by the reduction factor, its weights in
/// fixed point with 22 fraction bits, first along the rows, then along the columns, each pass
/// rounded to 8 bits. That is the order of Pillow 3.3 to 12, with which the published networks were
/// trained; Pillow 13 resizes very tall images columns first, and some pixels differ by one.
///
/// With s = max(1, in/out), output pixel i has its centre at c = (i + ½)·in/out and takes input
/// pixel j with weight max(0, 1 − |j + ½ − c|/s), normalised to sum 1.
final class BilinearResize {
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private BilinearResize() {}

  /// @param image 8 bits
  static GreyImage resize(GreyImage image, int width, int height) {
    GreyImage narrowed = image.width() == width ? image : alongRows(image, width);
    return narrowed.height() == height ? narrowed : alongColumns(narrowed, height);
  }

  private static GreyImage alongRows(GreyImage image, int width) {
    short[] out = new short[width * image.height()];
    for (int x = 0; x < width; x++) {
      Weights weights = Weights.of(image.width(), width, x);
      for (int y = 0; y < image.height(); y++) {
        int sum = 1 << (PRECISION_BITS - 1);
        for (int k = 0; k < weights.fixed.length; k++) {
          sum += image.sample(weights.first + k, y) * weights.fixed[k];
        }
        out[y * width + x] = clip(sum);
      }
    }
    return new GreyImage(width, image.height(), 8, out);
  }

  private static GreyImage alongColumns(GreyImage image, int height) {
    int width = image.width();
    short[] out = new short[width * height];
    for (int y = 0; y < height; y++) {
      Weights weights = Weights.of(image.height(), height, y);
      for (int x = 0; x < width; x++) {
        int sum = 1 << (PRECISION_BITS - 1);
        for (int k = 0; k < weights.fixed.length; k++) {
          sum += image.sample(x, weights.first + k) * weights.fixed[k];
        }
        out[y * width + x] = clip(sum);
      }
    }
    return new GreyImage(width, height, 8, out);
  }

  private static short clip(int sum) {
    return (short) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  /// The input pixels that one output pixel is made of.
  ///
  /// @param first index of the first of them
  /// @param fixed their weights times 2^22
  private record Weights(int first, int[] fixed) {

    static Weights of(int in, int out, int index) {
      double scale = (double) in / out;
      double support = Math.max(scale, 1.0);
      double centre = (index + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(in, (int) (centre + support + 0.5));
      double inverse = 1.0 / support;
      double[] weights = new double[end - first];
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        double distance = Math.abs((k + first - centre + 0.5) * inverse);
        weights[k] = distance < 1.0 ? 1.0 - distance : 0.0;
        sum += weights[k];
      }
      int[] fixed = new int[weights.length];
      for (int k = 0; k < fixed.length; k++) {
        double weight = sum != 0.0 ? weights[k] / sum : weights[k];
        fixed[k] = (int) (0.5 + weight * (1 << PRECISION_BITS));
      }
      return new Weights(first, fixed);
    }
  }
}
