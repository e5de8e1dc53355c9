package org.blindread.mpc.zoo;

import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A grey image that a radiograph's statistics would not rule out: a bright field with soft dark
/// and bright spots of all sizes and fine grain, in equal channels normalised as ImageNet's are.
final class SeededImage {
  private static final double[] MEANS = {0.485, 0.456, 0.406};
  private static final double[] DEVIATIONS = {0.229, 0.224, 0.225};
  private static final int SPOTS = 24;
  private static final double GRAIN = 0.03;

  private SeededImage() {}

  /// An image of channels×height×width, at most three channels.
  static RealTensor of(int channels, int height, int width, long seed) {
    SeededNumbers numbers = SeededNumbers.of(seed, "image");
    double[] grey = new double[height * width];
    java.util.Arrays.fill(grey, 0.45);
    for (int spot = 0; spot < SPOTS; spot++) {
      addSpot(grey, height, width, numbers);
    }
    for (int i = 0; i < grey.length; i++) {
      grey[i] = Math.clamp(grey[i] + GRAIN * numbers.normal(), 0, 1);
    }
    float[] values = new float[channels * grey.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < grey.length; i++) {
        values[c * grey.length + i] = (float) ((grey[i] - MEANS[c]) / DEVIATIONS[c]);
      }
    }
    return new RealTensor(Shape.of(channels, height, width), values);
  }

  /// Adds a Gaussian spot: the product of a row and a column profile.
  private static void addSpot(double[] grey, int height, int width, SeededNumbers numbers) {
    double wide = 0.02 + 0.25 * numbers.uniform() * numbers.uniform();
    double tall = 0.02 + 0.25 * numbers.uniform() * numbers.uniform();
    double[] column = profile(width, numbers.uniform(), wide);
    double[] row = profile(height, numbers.uniform(), tall);
    double strength = 0.35 * numbers.normal();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        grey[y * width + x] += strength * row[y] * column[x];
      }
    }
  }

  private static double[] profile(int size, double centre, double deviation) {
    double[] profile = new double[size];
    for (int i = 0; i < size; i++) {
      double distance = ((i + 0.5) / size - centre) / deviation;
      profile[i] = StrictMath.exp(-0.5 * distance * distance);
    }
    return profile;
  }
}
