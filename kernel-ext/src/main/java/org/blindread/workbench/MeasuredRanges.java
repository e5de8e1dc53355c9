package org.blindread.workbench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What calibration measured in a model, as its card keeps it: private to the vendor, never
/// exported.
///
/// @param images number of calibration images; 0 if the model was never calibrated
/// @param values extremes by name of input or node
public record MeasuredRanges(int images, Map<String, Extremes> values) {

  /// Smallest and largest element of one value, and the largest magnitude of each channel.
  ///
  /// @param min the smallest element seen
  /// @param max the largest
  /// @param channels largest magnitude by channel; empty where the value has none
  public record Extremes(float min, float max, List<Float> channels) {
    /// @throws IllegalArgumentException if a number is not finite, or min > max
    public Extremes {
      channels = List.copyOf(channels);
      if (!Float.isFinite(min) || !Float.isFinite(max) || min > max) {
        throw new IllegalArgumentException("min and max must be finite and in order");
      }
      if (!channels.stream().allMatch(channel -> channel >= 0 && Float.isFinite(channel))) {
        throw new IllegalArgumentException("a channel's magnitude must be finite and not negative");
      }
    }

    /// No numbers: they are the vendor's.
    @Override
    public String toString() {
      return "Extremes[" + channels.size() + " channels]";
    }
  }

  /// @throws IllegalArgumentException if there are values without images or the reverse
  public MeasuredRanges {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    if (images < 0 || (images == 0) != values.isEmpty()) {
      throw new IllegalArgumentException(
          "ranges of %d values cannot come from %d images".formatted(values.size(), images));
    }
  }

  /// A model that was never calibrated.
  public static MeasuredRanges none() {
    return new MeasuredRanges(0, Map.of());
  }

  public boolean isEmpty() {
    return images == 0;
  }

  @Override
  public String toString() {
    return "MeasuredRanges[%d images, %d values]".formatted(images, values.size());
  }
}
