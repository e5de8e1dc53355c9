package org.blindread.mpc.tensor.kernel;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// A channels-last image and the margin of zeros that a window wants around it.
///
/// @param extents of the image, 1 to 3
/// @param window whose padding is the margin
/// @param channels innermost extent
record Frame(List<Integer> extents, Window window, int channels) {
  /// @throws IllegalArgumentException if the window does not fit, the kernel has other taps, or an
  ///   array has not the size the shapes ask for
  static Frame checked(
      Panels panels, List<Integer> extents, Window window, int inputLength, int outputLength) {
    if (window.taps() != panels.taps()) {
      throw new IllegalArgumentException(
          "the kernel was prepared for %d taps, the window has %d: %s"
              .formatted(panels.taps(), window.taps(), window));
    }
    Frame frame = new Frame(List.copyOf(extents), window, panels.inputs() * panels.groups());
    long outputPixels = 1;
    for (int extent : window.outputExtents(frame.extents)) {
      outputPixels *= extent;
    }
    check("input", frame.extents, frame.channels, frame.imageLength(), inputLength);
    check(
        "output",
        window.outputExtents(extents),
        panels.outputs(),
        outputPixels * panels.outputs(),
        outputLength);
    return frame;
  }

  private static void check(
      String what, List<Integer> extents, int channels, long needed, int given) {
    if (needed != given) {
      throw new IllegalArgumentException(
          "%s %s with %d channels holds %d values, given %d"
              .formatted(what, extents, channels, needed, given));
    }
  }

  /// @throws IllegalArgumentException if both are one array
  @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
  static void checkDistinct(Object input, Object output) {
    if (input == output) {
      throw new IllegalArgumentException("input and output must be two arrays");
    }
  }

  private long imageLength() {
    long length = channels;
    for (int extent : extents) {
      length = Math.multiplyExact(length, extent);
    }
    return length;
  }

  List<Integer> paddedExtents() {
    List<Integer> padded = new ArrayList<>();
    for (int a = 0; a < extents.size(); a++) {
      padded.add(
          Math.addExact(extents.get(a), Math.addExact(window.low().get(a), window.high().get(a))));
    }
    return padded;
  }

  /// Elements of the image with its margin.
  ///
  /// @throws IllegalArgumentException if they are more than 2^31 − 1
  int paddedLength() {
    List<Integer> withChannels = new ArrayList<>(paddedExtents());
    withChannels.add(channels);
    return new Shape(withChannels).size();
  }

  Walk walk(int groups) {
    return Walk.of(paddedExtents(), window, channels, groups);
  }

  /// Calls `copy` for every row of the image with its place there and in the padded copy.
  void forEachRow(RowCopy copy) {
    int[] image = Walk.threeAxes(extents, 1);
    int[] padded = Walk.threeAxes(paddedExtents(), 1);
    int[] low = Walk.threeAxes(window.low(), 0);
    int length = image[2] * channels;
    for (int z = 0; z < image[0]; z++) {
      for (int y = 0; y < image[1]; y++) {
        int to = ((z + low[0]) * padded[1] + y + low[1]) * padded[2] + low[2];
        copy.row((z * image[1] + y) * length, to * channels, length);
      }
    }
  }

  /// Copies one row.
  interface RowCopy {
    void row(int from, int to, int length);
  }
}
