package org.blindread.mpc.rlwe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// All tilings of a layer worth a look, and the cheapest among them.
///
/// Extents and channel counts are those that divide the work evenly (⌈n/k⌉ for k = 1, 2, …);
/// filters are as many as fit, for more of them never cost more.
public final class TilingSearch {
  private TilingSearch() {}

  /// The tiling of least [Workload#nanos]; the same for all who ask.
  ///
  /// @param nanosPerByte of the line between the parties; a great value asks for the fewest bytes
  /// @throws IllegalArgumentException if not even one output fits a polynomial
  public static Tiling cheapest(Parameters parameters, Layer layer, double nanosPerByte) {
    return candidates(parameters.set().degree(), layer).stream()
        .min(
            Comparator.comparingDouble(
                tiling -> Workload.of(parameters, layer, tiling).nanos(parameters, nanosPerByte)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a window of %s over one channel exceeds %d coefficients"
                        .formatted(layer.window(), parameters.set().degree())));
  }

  static List<Tiling> candidates(int degree, Layer layer) {
    Geometry geometry = Geometry.of(layer);
    int[] outputs = geometry.outputs();
    int[] kernel = geometry.kernel();
    List<Tiling> candidates = new ArrayList<>();
    for (int depth : evenParts(outputs[0])) {
      for (int height : evenParts(outputs[1])) {
        for (int width : evenParts(outputs[2])) {
          int[] input = {depth + kernel[0] - 1, height + kernel[1] - 1, width + kernel[2] - 1};
          if ((long) input[0] * input[1] * input[2] <= degree) {
            addChannels(
                layer,
                geometry,
                List.of(depth, height, width),
                degree / Packing.volume(geometry, input),
                candidates);
          }
        }
      }
    }
    return candidates;
  }

  /// @param room channels × filters that fit
  private static void addChannels(
      Layer layer, Geometry geometry, List<Integer> extents, int room, List<Tiling> candidates) {
    int channels = geometry.phases().size() * (layer.inputs() / layer.groups());
    int filters = layer.outputs() / layer.groups();
    for (int c : evenParts(channels)) {
      if (c <= room) {
        candidates.add(new Tiling(extents, c, evenPart(filters, room / c), 1));
      }
    }
    for (int merged : evenParts(layer.groups())) {
      if (merged > 1 && (long) merged * channels <= room) {
        int all = merged * channels;
        candidates.add(new Tiling(extents, all, evenPart(merged * filters, room / all), merged));
      }
    }
  }

  /// ⌈n/k⌉ for every k, without repetition.
  private static Iterable<Integer> evenParts(int n) {
    TreeSet<Integer> parts = new TreeSet<>();
    for (int k = 1; k <= n; k++) {
      parts.add(Math.ceilDiv(n, k));
    }
    return parts;
  }

  /// The even part of n that needs as few pieces as pieces of `most` would.
  private static int evenPart(int n, int most) {
    return Math.ceilDiv(n, Math.ceilDiv(n, most));
  }
}
