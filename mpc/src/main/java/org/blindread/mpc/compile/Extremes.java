package org.blindread.mpc.compile;

import java.util.Arrays;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// The extremes of one value over all calibration images. Private to the vendor.
///
/// The record owns its array: nobody writes to it after construction.
///
/// @param min the smallest element seen
/// @param max the largest element seen
/// @param channels largest magnitude of each channel (axis 1); empty for values of rank below 2
public record Extremes(float min, float max, float[] channels) {

  /// The extremes of one tensor.
  public static Extremes of(RealTensor tensor) {
    Shape shape = tensor.shape();
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    float[] channels = new float[shape.rank() < 2 ? 0 : shape.extent(1)];
    int inner = shape.rank() < 2 ? 1 : shape.inner(1);
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
      if (channels.length > 0) {
        int channel = i / inner % channels.length;
        channels[channel] = Math.max(channels[channel], Math.abs(values[i]));
      }
    }
    return new Extremes(min, max, channels);
  }

  /// The same bound for every one of `channels` channels.
  static Extremes within(float bound, int channels) {
    float[] all = new float[channels];
    Arrays.fill(all, bound);
    return new Extremes(-bound, bound, all);
  }

  /// The extremes of a value whose channels are bounded as given.
  static Extremes within(float[] channels) {
    float bound = 0;
    for (float channel : channels) {
      bound = Math.max(bound, channel);
    }
    return new Extremes(-bound, bound, channels);
  }

  /// The extremes over both.
  ///
  /// @throws IllegalArgumentException if the numbers of channels differ
  public Extremes join(Extremes other) {
    if (channels.length != other.channels.length) {
      throw new IllegalArgumentException(
          "numbers of channels differ: %d and %d"
              .formatted(channels.length, other.channels.length));
    }
    float[] larger = new float[channels.length];
    for (int c = 0; c < larger.length; c++) {
      larger[c] = Math.max(channels[c], other.channels[c]);
    }
    return new Extremes(Math.min(min, other.min), Math.max(max, other.max), larger);
  }

  /// The largest magnitude.
  public float magnitude() {
    return Math.max(Math.abs(min), Math.abs(max));
  }

  @Override
  public String toString() {
    return "Extremes[%d channels]".formatted(channels.length);
  }
}
