package org.blindread.mpc.tensor.kernel;

/// Where a weight stands among packed panels: `groups × ⌈outputs a group / width⌉` panels, each
/// `depth × width`, filled with zeros up to the width. Filters of one input and one output a group
/// are packed as `taps × channels` instead, in a single panel.
///
/// @param outputs output channels of all groups together
/// @param taps of the window
/// @param inputs input channels of one group
/// @param groups number of groups
/// @param width output channels of one panel
record Panels(int outputs, int taps, int inputs, int groups, int width) {
  /// @throws IllegalArgumentException if a count is not positive or groups do not divide outputs
  Panels {
    if (outputs < 1 || taps < 1 || inputs < 1 || groups < 1 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "a convolution needs positive counts and groups that divide its outputs: outputs %d, taps %d, inputs a group %d, groups %d"
              .formatted(outputs, taps, inputs, groups));
    }
    Math.multiplyExact(Math.multiplyExact(outputs + groups * width, taps), inputs);
  }

  /// Whether every channel has a filter of its own.
  boolean channelwise() {
    return inputs == 1 && outputs == groups && groups > 1;
  }

  int depth() {
    return taps * inputs;
  }

  int outputsPerGroup() {
    return outputs / groups;
  }

  int perGroup() {
    return (outputsPerGroup() + width - 1) / width;
  }

  /// Where panel `panel` of group `group` starts.
  int start(int group, int panel) {
    return (group * perGroup() + panel) * depth() * width;
  }

  /// Output channels panel `panel` of a group really has.
  int lanes(int panel) {
    return Math.min(width, outputsPerGroup() - panel * width);
  }

  int packedLength() {
    return channelwise() ? outputs * taps : groups * perGroup() * depth() * width;
  }

  /// Where the weight of output `m`, row `k` (taps row-major, then input channels) goes.
  int packedIndex(int m, int k) {
    if (channelwise()) {
      return k * outputs + m;
    }
    int inGroup = m % outputsPerGroup();
    return start(m / outputsPerGroup(), inGroup / width) + k * width + inGroup % width;
  }

  /// @throws IllegalArgumentException if the number of weights is not outputs × taps × inputs
  void checkWeights(int given) {
    if (given != outputs * depth()) {
      throw new IllegalArgumentException(
          "%d outputs × %d taps × %d inputs a group need %d weights, given %d"
              .formatted(outputs, taps, inputs, outputs * depth(), given));
    }
  }
}
