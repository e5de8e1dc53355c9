package org.blindread.workbench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.blindread.mpc.protocol.plain.Overflow;

/// Where values left their range in a run, layer by layer. Thread-safe.
public final class OverflowTally {
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Set<Long> images = new TreeSet<>();

  /// A layer that overflowed.
  ///
  /// @param layer name of the layer
  /// @param images in how many images values of it left their range
  /// @param values how many values, over all images
  /// @param extreme largest magnitude, as a real number
  public record Layer(String layer, int images, long values, double extreme) {
    private Layer plus(Overflow overflow) {
      return new Layer(
          layer, images + 1, values + overflow.values(), Math.max(extreme, overflow.extreme()));
    }

    @Override
    public String toString() {
      return "layer '%s': %d values in %d images left the range, the largest %.4g"
          .formatted(layer, values, images, extreme);
    }
  }

  /// Counts what the twin found in one image.
  public synchronized void add(long image, Collection<Overflow> overflows) {
    for (Overflow overflow : overflows) {
      images.add(image);
      layers.merge(
          overflow.layer(),
          new Layer(overflow.layer(), 0, 0, 0).plus(overflow),
          (before, _) -> before.plus(overflow));
    }
  }

  /// The layers, in order of evaluation of the first image that overflowed.
  public synchronized List<Layer> layers() {
    return List.copyOf(layers.values());
  }

  /// Whether an image overflowed, for which equality with the twin is not claimed.
  public synchronized boolean voids(long image) {
    return images.contains(image);
  }
}
