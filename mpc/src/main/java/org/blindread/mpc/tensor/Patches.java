package org.blindread.mpc.tensor;

import java.util.List;

/// A convolution as matrix products (im2col): what a window sees of a channels-last image S×C, as a
/// matrix inner×columns for each group, with inner = taps·C/groups and columns = output pixels. The
/// weights, outputs × taps × C/groups, are the matrices rows×inner as they lie, rows =
/// outputs/groups:
///
/// Y_g = W_g·X_g, and `y[s', g·rows + m] = Y_g[m, s']`.
///
/// K. Chellapilla, S. Puri, P. Simard, *High Performance Convolutional Neural Networks for Document
/// Processing*, IWFHR 2006. Every pixel is copied once for each tap that sees it: for small shapes.
///
/// ```java
/// var patches = new Patches(List.of(28, 28), 16, Window.square(3, 1, 1), 1);
/// long[] matrix = patches.of(x); // 144×784
/// long[] y = patches.channelsLast(product, 32); // from 32×784
/// ```
///
/// @param extents spatial extents S of the image, outermost first
/// @param channels C, of all groups
/// @param window over the same axes
/// @param groups divides `channels`
public record Patches(List<Integer> extents, int channels, Window window, int groups) {
  private static final int OUTSIDE = -1;

  /// @throws IllegalArgumentException if the window does not fit or the groups do not divide the
  ///   channels
  public Patches {
    extents = List.copyOf(extents);
    window.outputExtents(extents);
    if (channels < 1 || groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "%d channels do not fall into %d groups".formatted(channels, groups));
    }
  }

  /// Rows of a group's matrix, taps·C/groups.
  public int inner() {
    return window.taps() * (channels / groups);
  }

  /// Columns of a group's matrix, output pixels.
  public int columns() {
    return window.outputExtents(extents).stream().reduce(1, Math::multiplyExact);
  }

  /// The matrices of an image.
  ///
  /// @param x S×C
  /// @return groups × inner × columns, 0 where the window reaches outside the image
  public long[] of(long[] x) {
    check("image", extents.stream().reduce(channels, Math::multiplyExact), x);
    int columns = columns();
    int taps = window.taps();
    int each = channels / groups;
    long[] matrices = new long[Math.multiplyExact(Math.multiplyExact(taps, channels), columns)];
    for (int tap = 0; tap < taps; tap++) {
      int[] pixels = seen(tap, columns);
      for (int channel = 0; channel < channels; channel++) {
        int row = (channel / each * taps + tap) * each + channel % each;
        for (int column = 0; column < columns; column++) {
          if (pixels[column] != OUTSIDE) {
            matrices[row * columns + column] = x[pixels[column] * channels + channel];
          }
        }
      }
    }
    return matrices;
  }

  /// The input pixel that a tap sees from each output pixel.
  private int[] seen(int tap, int columns) {
    List<Integer> outputs = window.outputExtents(extents);
    int[] pixels = new int[columns];
    for (int column = 0; column < columns; column++) {
      int outputLeft = column;
      int tapLeft = tap;
      int step = 1;
      for (int a = window.axes() - 1; a >= 0; a--) {
        int at =
            outputLeft % outputs.get(a) * window.strides().get(a)
                + tapLeft % window.kernel().get(a) * window.dilations().get(a)
                - window.low().get(a);
        if (at < 0 || at >= extents.get(a)) {
          pixels[column] = OUTSIDE;
          break;
        }
        pixels[column] += at * step;
        outputLeft /= outputs.get(a);
        tapLeft /= window.kernel().get(a);
        step *= extents.get(a);
      }
    }
    return pixels;
  }

  /// The products of all groups as a channels-last image.
  ///
  /// @param products groups × outputs/groups × columns
  /// @param outputs channels of all groups
  /// @return S'×outputs
  public long[] channelsLast(long[] products, int outputs) {
    int columns = columns();
    check("product", Math.multiplyExact(outputs, columns), products);
    long[] y = new long[products.length];
    for (int output = 0; output < outputs; output++) {
      for (int column = 0; column < columns; column++) {
        y[column * outputs + output] = products[output * columns + column];
      }
    }
    return y;
  }

  private void check(String what, int length, long[] given) {
    if (given.length != length) {
      throw new IllegalArgumentException(
          "%s of %d elements where %d are due: image %s with %d channels, %s"
              .formatted(what, given.length, length, extents, channels, window));
    }
  }
}
