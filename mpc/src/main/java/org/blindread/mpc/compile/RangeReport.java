package org.blindread.mpc.compile;

import java.util.List;
import java.util.Locale;
import org.blindread.mpc.tensor.FixedPoint;

/// Why the numbers are wide enough for a model, or in which layers they may not be. Private to the
/// vendor.
///
/// @param numbers ring width and scale
/// @param images number of calibration images
/// @param layers one line a layer, in order of evaluation
/// @param spareBits bits left beyond the headroom; negative if the range is unsafe
/// @param warnings what was overridden; empty if nothing was
public record RangeReport(
    FixedPoint numbers, int images, List<Layer> layers, int spareBits, List<String> warnings) {

  /// The extremes of one layer.
  ///
  /// @param name name of the layer
  /// @param min smallest value on the calibration images
  /// @param max largest value on the calibration images
  /// @param intervalBits log2 of the bound by interval arithmetic: printed, never decisive, since
  ///   it grows exponentially with depth
  public record Layer(String name, float min, float max, double intervalBits) {
    /// The largest magnitude on the calibration images.
    public float magnitude() {
      return Math.max(Math.abs(min), Math.abs(max));
    }
  }

  public RangeReport {
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
  }

  /// Whether every value keeps the headroom.
  public boolean safe() {
    return warnings.isEmpty();
  }

  /// A table for the vendor's eyes.
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "ranges on %d images, %s, %d bits to spare%n".formatted(images, numbers, spareBits));
    warnings.forEach(warning -> text.append("UNSAFE: ").append(warning).append('\n'));
    for (Layer layer : layers) {
      text.append(
          "%-40s %12.4f … %12.4f  interval 2^%.1f%n"
              .formatted(layer.name(), layer.min(), layer.max(), layer.intervalBits())
              .toString());
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "RangeReport[%d layers, %s]", layers.size(), safe() ? "safe" : "unsafe");
  }
}
