package org.blindread.data.transform;

import java.util.List;
import org.blindread.data.DatasetException;
import org.blindread.data.GreyImage;

/// How an image becomes a network's input, as the model card's `input` says. The order of the steps
/// and of every float operation is torchvision's: reduce to 8 bits, resize, crop, divide by the
/// maximum, subtract the mean, divide by the deviation; the grey value is copied to each channel.
///
/// Interpolation is always Pillow's antialiased `BILINEAR`; an image that has the size already
/// stays untouched.
///
/// @param channels C, at least 1
/// @param height rows of the network's input
/// @param width columns of the network's input
/// @param resize how an image of another size is scaled
/// @param crop what is cut off after scaling
/// @param scale at most 1: the factor of a pixel 0 … 255 (1/255); above 1: the maximum it is
///   divided by (255)
/// @param mean what is subtracted, one number a channel
/// @param std what is divided by after that, one positive number a channel
public record Preprocessing(
    int channels,
    int height,
    int width,
    Resize resize,
    Crop crop,
    double scale,
    List<Double> mean,
    List<Double> std) {

  private static final int LARGEST_SIDE = 8192;
  private static final int MOST_CHANNELS = 64;
  private static final long MOST_PIXELS = 1L << 26;

  /// How an image is scaled.
  public enum Resize {
    /// To exactly height×width; the aspect is not kept.
    EXACT,
    /// Until the shorter side fits, the aspect kept; the longer is rounded down.
    SHORTER_SIDE
  }

  /// What is cut off after scaling.
  public enum Crop {
    NONE,
    /// The middle height×width pixels; half a pixel goes to the even side, as torchvision's.
    CENTRE
  }

  /// @throws IllegalArgumentException naming the field and what it must be
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    check(channels >= 1 && channels <= MOST_CHANNELS, "channels must be 1 … 64, not ", channels);
    check(height >= 1 && height <= LARGEST_SIDE, "height must be 1 … 8192, not ", height);
    check(width >= 1 && width <= LARGEST_SIDE, "width must be 1 … 8192, not ", width);
    check(
        scale > 0 && scale <= 256,
        "scale must be a factor such as 0.00392156862745098 or the maximum 255, not ",
        scale);
    check(
        mean.size() == channels,
        "mean must hold one number a channel (" + channels + "), not ",
        mean.size());
    check(
        std.size() == channels,
        "std must hold one number a channel (" + channels + "), not ",
        std.size());
    check(mean.stream().allMatch(Double::isFinite), "mean must hold finite numbers, not ", mean);
    check(
        std.stream().allMatch(deviation -> deviation > 0 && Double.isFinite(deviation)),
        "std must hold positive numbers, not ",
        std);
    check(
        resize == Resize.EXACT || height == width,
        "resize 'shorter-side' needs height = width, not ",
        height + "×" + width);
  }

  private static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + value);
    }
  }

  /// The usual one of networks trained on ImageNet: three channels, resized exactly.
  public static Preprocessing imageNet(int height, int width) {
    return new Preprocessing(
        3,
        height,
        width,
        Resize.EXACT,
        Crop.NONE,
        0.00392156862745098,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225));
  }

  /// The network's input: `channels`×`height`×`width` numbers, row-major.
  ///
  /// @throws DatasetException if the scaled image has not the network's size and is not cropped
  public float[] apply(GreyImage image) throws DatasetException {
    GreyImage fitted = cropped(scaled(image.toEightBits()));
    float maximum = (float) (scale > 1 ? scale : 1 / scale);
    int plane = height * width;
    float[] out = new float[channels * plane];
    for (int channel = 0; channel < channels; channel++) {
      float m = mean.get(channel).floatValue();
      float s = std.get(channel).floatValue();
      for (int i = 0; i < plane; i++) {
        float unit = fitted.samples()[i] / maximum;
        out[channel * plane + i] = (unit - m) / s;
      }
    }
    return out;
  }

  private GreyImage scaled(GreyImage image) throws DatasetException {
    return switch (resize) {
      case EXACT -> BilinearResize.resize(image, width, height);
      case SHORTER_SIDE -> {
        long shorter = Math.min(image.width(), image.height());
        long scaledWidth = width * (long) image.width() / shorter;
        long scaledHeight = height * (long) image.height() / shorter;
        if (scaledWidth * scaledHeight > MOST_PIXELS) {
          throw new DatasetException(
              "an image of %d×%d is too long and thin to scale its shorter side to %d"
                  .formatted(image.width(), image.height(), width));
        }
        yield BilinearResize.resize(image, (int) scaledWidth, (int) scaledHeight);
      }
    };
  }

  private GreyImage cropped(GreyImage image) throws DatasetException {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    if (crop == Crop.NONE) {
      throw new DatasetException(
          "the image is %d×%d after resize 'shorter-side', the network reads %d×%d; set crop to 'centre'"
              .formatted(image.width(), image.height(), width, height));
    }
    int left = (int) Math.rint((image.width() - width) / 2.0);
    int top = (int) Math.rint((image.height() - height) / 2.0);
    short[] middle = new short[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(image.samples(), (top + y) * image.width() + left, middle, y * width, width);
    }
    return new GreyImage(width, height, 8, middle);
  }
}
