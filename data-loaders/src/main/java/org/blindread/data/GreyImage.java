package org.blindread.data;

/// A grey image in memory, row by row from the top left.
///
/// The record owns its array: nobody writes to it after construction.
///
/// @param width pixels per row
/// @param height rows
/// @param bits 8 or 16: a pixel is 0 … 2^bits − 1
/// @param samples `width·height` pixels, unsigned (read them by [#sample])
public record GreyImage(int width, int height, int bits, short[] samples) {
  /// @throws IllegalArgumentException if the number of pixels is not width·height
  public GreyImage {
    if (width < 1 || height < 1 || (long) width * height != samples.length) {
      throw new IllegalArgumentException(
          "an image of %d×%d has not %d pixels".formatted(width, height, samples.length));
    }
    if (bits != 8 && bits != 16) {
      throw new IllegalArgumentException("a grey image has 8 or 16 bits, not " + bits);
    }
  }

  /// The pixel at column `x`, row `y`: 0 … 2^bits − 1.
  public int sample(int x, int y) {
    return samples[y * width + x] & 0xFFFF;
  }

  /// The image in 8 bits: the same, or each of 16 bits times 255/65535, rounded to the nearest.
  public GreyImage toEightBits() {
    if (bits == 8) {
      return this;
    }
    short[] reduced = new short[samples.length];
    for (int i = 0; i < reduced.length; i++) {
      reduced[i] = (short) (((samples[i] & 0xFFFF) + 128) / 257);
    }
    return new GreyImage(width, height, 8, reduced);
  }

  /// The size only; pixels are a patient's.
  @Override
  public String toString() {
    return "GreyImage[" + width + "×" + height + ", " + bits + " bits]";
  }
}
