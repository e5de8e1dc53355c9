package org.blindread.mpc.rlwe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.tensor.Window;

/// A layer as a convolution of stride 1 without padding or dilation.
///
/// Stride σ and dilation d: a tap t reads position σ·o + t·d of the padded input, which is position
/// o
/// + u of phase φ, with t·d = σ·u + φ; phase φ holds every σ-th position from φ on. So a layer of C
///   channels is one of Φ·C channels, Φ the number of phases that any tap reads, with kernel
///   extents max u + 1. Positions no tap reads are never sent.
///
/// @param outputs output extents, three axes, outermost first
/// @param kernel kernel extents of the phases
/// @param phases φ of each phase, per axis
/// @param tapPhase number of the phase that a tap reads, taps row-major
/// @param tapOffset u of a tap, per axis
record Geometry(
    int[] outputs, int[] kernel, List<int[]> phases, int[] tapPhase, List<int[]> tapOffset) {
  static final int AXES = 3;

  static Geometry of(Layer layer) {
    Window window = layer.window();
    int[] taps = three(window.kernel(), 1);
    int[] strides = three(window.strides(), 1);
    int[] dilations = three(window.dilations(), 1);
    int[] kernel = new int[AXES];
    for (int a = 0; a < AXES; a++) {
      kernel[a] = (taps[a] - 1) * dilations[a] / strides[a] + 1;
    }
    List<int[]> phases = new ArrayList<>();
    List<int[]> offsets = new ArrayList<>();
    int[] phaseOfTap = new int[taps[0] * taps[1] * taps[2]];
    for (int t = 0; t < phaseOfTap.length; t++) {
      int[] tap = split(t, taps);
      int[] phase = new int[AXES];
      int[] offset = new int[AXES];
      for (int a = 0; a < AXES; a++) {
        phase[a] = tap[a] * dilations[a] % strides[a];
        offset[a] = tap[a] * dilations[a] / strides[a];
      }
      offsets.add(offset);
      phaseOfTap[t] = numberOf(phases, phase);
    }
    return new Geometry(three(layer.outputExtents(), 1), kernel, phases, phaseOfTap, offsets);
  }

  private static int numberOf(List<int[]> phases, int[] phase) {
    for (int i = 0; i < phases.size(); i++) {
      if (Arrays.equals(phases.get(i), phase)) {
        return i;
      }
    }
    phases.add(phase);
    return phases.size() - 1;
  }

  /// One entry for each of three axes; missing outer axes get `filler`.
  static int[] three(List<Integer> list, int filler) {
    int[] three = new int[AXES];
    for (int a = 0; a < AXES; a++) {
      int from = a - (AXES - list.size());
      three[a] = from < 0 ? filler : list.get(from);
    }
    return three;
  }

  /// The position of a row-major number.
  static int[] split(int number, int[] extents) {
    return new int[] {
      number / (extents[1] * extents[2]), number / extents[2] % extents[1], number % extents[2]
    };
  }

  /// The row-major number of a position.
  static int join(int[] position, int[] extents) {
    return (position[0] * extents[1] + position[1]) * extents[2] + position[2];
  }

  static int volume(int[] extents) {
    return extents[0] * extents[1] * extents[2];
  }
}
