package org.blindread.mpc.compile;

/// The vendor's secret in a ReLU that took up a batch normalisation: y = ([x + C ≥ 0] ⊕ n)·(x + C),
/// channel by channel.
///
/// The record owns its arrays: nobody writes to them after construction.
///
/// @param offset C, one value a channel
/// @param flips n, one bit a channel
public record Thresholds(float[] offset, boolean[] flips) {
  /// @throws IllegalArgumentException if the numbers of channels differ
  public Thresholds {
    if (offset.length != flips.length) {
      throw new IllegalArgumentException(
          "offsets and flips differ: %d and %d channels".formatted(offset.length, flips.length));
    }
  }

  @Override
  public String toString() {
    return "Thresholds[%d channels]".formatted(offset.length);
  }
}
