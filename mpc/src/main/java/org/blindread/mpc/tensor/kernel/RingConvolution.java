package org.blindread.mpc.tensor.kernel;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.tensor.Window;

/// Convolution modulo 2^ℓ: `y[s', m] = Σ_t Σ_c x[s'·stride + t·dilation − low, c] · w[m, t, c]`,
/// for one image, channels last (S×C, spatial extents outermost), positions outside the image being
/// 0.
///
/// A matrix product is the case of one tap: S pixels of C channels by an M×C matrix. The
/// convolution is direct: no matrix of patches is built, weights are packed once so that 8 pixels
/// share each load of weights. For ℓ ≤ 32 everything runs on `int`, which is 2 to 3 times faster.
///
/// ```java
/// var kernel = RingConvolution.prepare(weights, 64, 9, 64, 1, 64);
/// long[] y = new long[56 * 56 * 64];
/// RingConvolution.apply(kernel, x, List.of(56, 56), Window.square(3, 1, 1), y);
/// ```
public final class RingConvolution {
  private static final int WIDEST_INT = 32;

  private RingConvolution() {}

  /// Weights packed for one form of the loops; any number of threads may apply them. Its text never
  /// shows a weight.
  public static final class Prepared {
    private final Kernels kernels;
    private final Panels panels;
    private final int bits;
    private final long[] longs;
    private final int[] ints;

    private Prepared(Kernels kernels, Panels panels, int bits, long[] longs, int[] ints) {
      this.kernels = kernels;
      this.panels = panels;
      this.bits = bits;
      this.longs = longs;
      this.ints = ints;
    }

    /// Output channels.
    public int outputs() {
      return panels.outputs();
    }

    /// Input channels of all groups together.
    public int inputs() {
      return panels.inputs() * panels.groups();
    }

    /// Ring width ℓ.
    public int bits() {
      return bits;
    }

    @Override
    public String toString() {
      return "RingConvolution[%d outputs, %d taps, %d inputs, %d groups, ℓ=%d]"
          .formatted(outputs(), panels.taps(), inputs(), panels.groups(), bits);
    }
  }

  /// Packs weights.
  ///
  /// @param weights outputs × taps × inputs a group, taps row-major; only their low ℓ bits matter
  /// @param outputs output channels of all groups
  /// @param taps number of taps of the window
  /// @param inputsPerGroup input channels of one group
  /// @param groups how many groups; divides `outputs`
  /// @param bits ring width ℓ, 16 … 64
  /// @throws IllegalArgumentException if counts, lengths or ℓ do not hold together
  public static Prepared prepare(
      long[] weights, int outputs, int taps, int inputsPerGroup, int groups, int bits) {
    return prepare(KernelChoice.CHOSEN, weights, outputs, taps, inputsPerGroup, groups, bits);
  }

  static Prepared prepare(
      Kernels kernels,
      long[] weights,
      int outputs,
      int taps,
      int inputsPerGroup,
      int groups,
      int bits) {
    if (bits < 16 || bits > 64) {
      throw new IllegalArgumentException("ring width must be 16 … 64 bits, not " + bits);
    }
    boolean narrow = bits <= WIDEST_INT;
    int width = narrow ? kernels.intPanel() : kernels.longPanel();
    Panels panels = new Panels(outputs, taps, inputsPerGroup, groups, width);
    panels.checkWeights(weights.length);
    long[] longs = new long[narrow ? 0 : panels.packedLength()];
    int[] ints = new int[narrow ? panels.packedLength() : 0];
    int depth = panels.depth();
    for (int m = 0; m < outputs; m++) {
      for (int k = 0; k < depth; k++) {
        int to = panels.packedIndex(m, k);
        if (narrow) {
          ints[to] = (int) weights[m * depth + k];
        } else {
          longs[to] = weights[m * depth + k];
        }
      }
    }
    return new Prepared(kernels, panels, bits, longs, ints);
  }

  /// Computes the convolution.
  ///
  /// @param kernel packed weights
  /// @param input S × inputs ring elements, channels last
  /// @param spatialExtents S, 1 to 3 axes, outermost first
  /// @param window the kernel's extents, strides, padding and dilations
  /// @param output receives S' × outputs elements; only their low ℓ bits carry meaning; may not be
  ///   the input
  /// @throws IllegalArgumentException if shapes and lengths do not hold together
  public static void apply(
      Prepared kernel, long[] input, List<Integer> spatialExtents, Window window, long[] output) {
    Frame frame = Frame.checked(kernel.panels, spatialExtents, window, input.length, output.length);
    Frame.checkDistinct(input, output);
    Walk walk = frame.walk(kernel.panels.groups());
    if (kernel.bits <= WIDEST_INT) {
      int[] narrow = Scratch.ofThread().results(output.length);
      convolve(kernel, narrowed(frame, input), walk, narrow);
      for (int i = 0; i < output.length; i++) {
        output[i] = narrow[i];
      }
    } else {
      convolve(kernel, window.padded() ? padded(frame, input) : input, walk, output);
    }
  }

  private static long[] padded(Frame frame, long[] input) {
    int length = frame.paddedLength();
    long[] copy = Scratch.ofThread().longs(length);
    Arrays.fill(copy, 0, length, 0);
    frame.forEachRow((from, to, n) -> System.arraycopy(input, from, copy, to, n));
    return copy;
  }

  private static int[] narrowed(Frame frame, long[] input) {
    int length = frame.paddedLength();
    int[] copy = Scratch.ofThread().ints(length);
    if (!frame.window().padded()) {
      narrow(input, 0, copy, 0, length);
      return copy;
    }
    Arrays.fill(copy, 0, length, 0);
    frame.forEachRow((from, to, n) -> narrow(input, from, copy, to, n));
    return copy;
  }

  private static void narrow(long[] input, int from, int[] copy, int to, int length) {
    for (int i = 0; i < length; i++) {
      copy[to + i] = (int) input[from + i];
    }
  }

  private static void convolve(Prepared kernel, long[] input, Walk walk, long[] output) {
    Panels panels = kernel.panels;
    if (panels.channelwise()) {
      kernel.kernels.channelwise(kernel.longs, input, walk, panels.outputs(), output);
      return;
    }
    for (int g = 0; g < panels.groups(); g++) {
      for (int p = 0; p < panels.perGroup(); p++) {
        for (int block = 0; block < walk.blockCount(); block++) {
          kernel.kernels.multiply(
              kernel.longs,
              panels.start(g, p),
              input,
              g * panels.inputs(),
              walk,
              block,
              output,
              g * panels.outputsPerGroup() + p * panels.width(),
              panels.outputs(),
              panels.lanes(p));
        }
      }
    }
  }

  private static void convolve(Prepared kernel, int[] input, Walk walk, int[] output) {
    Panels panels = kernel.panels;
    if (panels.channelwise()) {
      kernel.kernels.channelwise(kernel.ints, input, walk, panels.outputs(), output);
      return;
    }
    for (int g = 0; g < panels.groups(); g++) {
      for (int p = 0; p < panels.perGroup(); p++) {
        for (int block = 0; block < walk.blockCount(); block++) {
          kernel.kernels.multiply(
              kernel.ints,
              panels.start(g, p),
              input,
              g * panels.inputs(),
              walk,
              block,
              output,
              g * panels.outputsPerGroup() + p * panels.width(),
              panels.outputs(),
              panels.lanes(p));
        }
      }
    }
  }
}
