package org.blindread.mpc.tensor.kernel;

import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.tensor.Window;

/// Convolution in single precision with one fixed order of operations, so that every machine gives
/// identical bits: each output starts from +0 and takes `Math.fma(x, w, sum)` over taps row-major,
/// then input channels; positions outside the image count as +0.
///
/// Layouts are those of [RingConvolution]. Where the processor has no fused multiply-add the JVM
/// emulates it, right but some hundred times slower.
public final class RealConvolution {
  private RealConvolution() {}

  /// Weights packed for one form of the loops; any number of threads may apply them.
  public static final class Prepared {
    private final Kernels kernels;
    private final Panels panels;
    private final float[] packed;

    private Prepared(Kernels kernels, Panels panels, float[] packed) {
      this.kernels = kernels;
      this.panels = panels;
      this.packed = packed;
    }

    /// Output channels.
    public int outputs() {
      return panels.outputs();
    }

    /// Input channels of all groups together.
    public int inputs() {
      return panels.inputs() * panels.groups();
    }

    @Override
    public String toString() {
      return "RealConvolution[%d outputs, %d taps, %d inputs, %d groups]"
          .formatted(outputs(), panels.taps(), inputs(), panels.groups());
    }
  }

  /// Packs weights.
  ///
  /// @param weights outputs × taps × inputs a group, taps row-major
  /// @param outputs output channels of all groups
  /// @param taps number of taps of the window
  /// @param inputsPerGroup input channels of one group
  /// @param groups how many groups; divides `outputs`
  /// @throws IllegalArgumentException if counts and lengths do not hold together
  public static Prepared prepare(
      float[] weights, int outputs, int taps, int inputsPerGroup, int groups) {
    return prepare(KernelChoice.CHOSEN, weights, outputs, taps, inputsPerGroup, groups);
  }

  static Prepared prepare(
      Kernels kernels, float[] weights, int outputs, int taps, int inputsPerGroup, int groups) {
    Panels panels = new Panels(outputs, taps, inputsPerGroup, groups, kernels.floatPanel());
    panels.checkWeights(weights.length);
    float[] packed = new float[panels.packedLength()];
    int depth = panels.depth();
    for (int m = 0; m < outputs; m++) {
      for (int k = 0; k < depth; k++) {
        packed[panels.packedIndex(m, k)] = weights[m * depth + k];
      }
    }
    return new Prepared(kernels, panels, packed);
  }

  /// Computes the convolution.
  ///
  /// @param kernel packed weights
  /// @param input S × inputs numbers, channels last
  /// @param spatialExtents S, 1 to 3 axes, outermost first
  /// @param window the kernel's extents, strides, padding and dilations
  /// @param output receives S' × outputs numbers; may not be the input
  /// @throws IllegalArgumentException if shapes and lengths do not hold together
  public static void apply(
      Prepared kernel, float[] input, List<Integer> spatialExtents, Window window, float[] output) {
    Panels panels = kernel.panels;
    Frame frame = Frame.checked(panels, spatialExtents, window, input.length, output.length);
    Frame.checkDistinct(input, output);
    Walk walk = frame.walk(panels.groups());
    float[] image = window.padded() ? padded(frame, input) : input;
    if (panels.channelwise()) {
      kernel.kernels.channelwise(kernel.packed, image, walk, panels.outputs(), output);
      return;
    }
    for (int g = 0; g < panels.groups(); g++) {
      for (int p = 0; p < panels.perGroup(); p++) {
        for (int block = 0; block < walk.blockCount(); block++) {
          kernel.kernels.multiply(
              kernel.packed,
              panels.start(g, p),
              image,
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

  private static float[] padded(Frame frame, float[] input) {
    int length = frame.paddedLength();
    float[] copy = Scratch.ofThread().floats(length);
    Arrays.fill(copy, 0, length, 0);
    frame.forEachRow((from, to, n) -> System.arraycopy(input, from, copy, to, n));
    return copy;
  }
}
