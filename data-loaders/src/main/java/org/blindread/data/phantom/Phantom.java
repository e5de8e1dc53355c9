package org.blindread.data.phantom;

import org.blindread.data.GreyImage;

/// A synthetic picture that looks roughly like a frontal chest radiograph: two dark lungs, ribs, a
/// bright heart and spine, noise. It stands for no patient and says nothing about medicine; it lets
/// the machinery run where there are no images.
///
/// The same seed gives the same pixels on every machine (integer noise, `StrictMath`).
public final class Phantom {
  private static final int LARGEST = 4096;

  private final long seed;
  private final int size;

  private Phantom(long seed, int size) {
    this.seed = seed;
    this.size = size;
  }

  /// A square 8-bit image.
  ///
  /// @param seed which of them; public
  /// @param size width and height in pixels, 16 … 4096
  /// @throws IllegalArgumentException if the size is out of range
  public static GreyImage chest(long seed, int size) {
    if (size < 16 || size > LARGEST) {
      throw new IllegalArgumentException("a phantom has 16 … 4096 pixels a side, not " + size);
    }
    Phantom phantom = new Phantom(seed, size);
    short[] samples = new short[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        samples[y * size + x] = phantom.pixel(x, y);
      }
    }
    return new GreyImage(size, size, 8, samples);
  }

  private short pixel(int column, int row) {
    double x = (column + 0.5) / size;
    double y = (row + 0.5) / size;
    double breadth = 0.17 + 0.03 * unit(1);
    double lungs =
        Math.max(
            inside(x, y, 0.29 + 0.02 * unit(2), 0.48, breadth, 0.33),
            inside(x, y, 0.71 - 0.02 * unit(3), 0.48, breadth, 0.33));
    double heart = inside(x, y, 0.55 + 0.03 * unit(4), 0.63, 0.13 + 0.05 * unit(5), 0.15);
    double spine = inside(x, y, 0.5, 0.5, 0.05, 0.6);
    double ribs = StrictMath.sin((y * 9 + 3 * (x - 0.5) * (x - 0.5) + unit(6)) * 2 * StrictMath.PI);
    double body = inside(x, y, 0.5, 0.62, 0.52, 0.62);
    double value = 20 + 150 * body;
    value -= 105 * lungs * (1 - heart);
    value += 14 * lungs * Math.max(0, ribs);
    value += 40 * spine + 20 * heart;
    value += 12 * (noise(column, row) - 0.5) + 10 * (noise(column / 8, row / 8 + size) - 0.5);
    return (short) Math.clamp((long) StrictMath.floor(value + 0.5), 0, 255);
  }

  /// 1 well inside an ellipse, 0 outside, with a soft edge.
  private static double inside(double x, double y, double cx, double cy, double rx, double ry) {
    double dx = (x - cx) / rx;
    double dy = (y - cy) / ry;
    return Math.clamp((1 - (dx * dx + dy * dy)) * 3, 0.0, 1.0);
  }

  private double unit(int which) {
    return noise(-which, -which);
  }

  /// A number in [0, 1) by SplitMix64's finaliser.
  private double noise(int column, int row) {
    long z = seed * 0x9E3779B97F4A7C15L + ((long) row << 32 | (column & 0xFFFFFFFFL));
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24;
  }
}
