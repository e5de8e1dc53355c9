package org.blindread.mpc.zoo;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Untrained networks with public weights, the same bits on every machine: `densenet121@SIZE` (14
/// outputs), `resnet18@SIZE`, `resnet50@SIZE` and `squeezenet1.1@SIZE` (1000 outputs), over images
/// of 1×3×SIZE×SIZE, SIZE from 32 to 1024.
///
/// Weights are He-normal from a fixed seed. BatchNorm is kept unfolded, γ ~ N(1, 0.1²), β ~ N(0,
/// 0.1²); its means and variances come from four seeded images of 128×128, so the constants are the
/// same for every SIZE, and activations stay bounded on images like those of [#image]: at 224 below
/// 32 in DenseNet-121, below 64 in ResNet-50. On images of other statistics, white noise above all,
/// they grow from block to block.
public final class BenchmarkNetworks {
  private static final Pattern NAME = Pattern.compile("(.+)@(\\d{2,4})");
  private static final int LEAST = 32;
  private static final int MOST = 1024;
  private static final long SEED = 0x424C494E44L;
  private static final int BATCH = 4;
  private static final int BATCH_SIZE = 128;

  private BenchmarkNetworks() {}

  /// The architectures of this package.
  private enum Architecture {
    DENSENET_121("densenet121"),
    RESNET_18("resnet18"),
    RESNET_50("resnet50"),
    SQUEEZENET_11("squeezenet1.1");

    private final String title;

    Architecture(String title) {
      this.title = title;
    }

    private String draw(Sketch sketch) {
      return switch (this) {
        case DENSENET_121 -> Architectures.denseNet121(sketch);
        case RESNET_18 -> Architectures.resNet18(sketch);
        case RESNET_50 -> Architectures.resNet50(sketch);
        case SQUEEZENET_11 -> Architectures.squeezeNet11(sketch);
      };
    }
  }

  /// An architecture and an image size.
  private record Request(Architecture architecture, int size) {
    /// @throws IllegalArgumentException naming the known networks
    static Request parse(String name) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        int size = Integer.parseInt(matcher.group(2));
        for (Architecture architecture : Architecture.values()) {
          if (architecture.title.equals(matcher.group(1)) && size >= LEAST && size <= MOST) {
            return new Request(architecture, size);
          }
        }
      }
      throw new IllegalArgumentException(
          "no built-in network '%s'; known: %s, SIZE from %d to %d"
              .formatted(name, String.join(", ", names()), LEAST, MOST));
    }

    Graph graph(String name, int size, Map<String, RealTensor> known) {
      Sketch sketch = new Sketch(SEED, Shape.of(1, 3, size, size), known);
      return sketch.graph(name, architecture.draw(sketch));
    }
  }

  /// The known names, with `SIZE` to be filled in.
  public static List<String> names() {
    return List.of(Architecture.values()).stream().map(a -> a.title + "@SIZE").toList();
  }

  /// The network of a name such as `densenet121@224`: input `image`, weights and statistics in
  /// place. Takes about a second.
  ///
  /// @throws IllegalArgumentException if the name is unknown, naming those that are known
  public static Graph of(String name) {
    Request request = Request.parse(name);
    Graph trial = request.graph(name, BATCH_SIZE, Map.of());
    List<RealTensor> batch =
        IntStream.range(0, BATCH).mapToObj(i -> input(BATCH_SIZE, -1L - i)).toList();
    return request.graph(name, request.size(), BatchStatistics.measured(trial, batch));
  }

  /// A plausible normalised image for a network, 1×3×SIZE×SIZE.
  ///
  /// @param seed any number; negative ones are those of the statistics
  /// @throws IllegalArgumentException if the name is unknown, naming those that are known
  public static RealTensor input(String name, long seed) {
    return input(Request.parse(name).size(), seed);
  }

  private static RealTensor input(int size, long seed) {
    RealTensor image = image(Shape.of(3, size, size), seed);
    return new RealTensor(Shape.of(1, 3, size, size), image.values());
  }

  /// The same kind of image in another shape.
  ///
  /// @param shape C×H×W, C from 1 to 3
  /// @throws IllegalArgumentException if the shape is no image's
  public static RealTensor image(Shape shape, long seed) {
    if (shape.rank() != 3 || shape.extent(0) > 3) {
      throw new IllegalArgumentException(
          "a seeded image has shape C×H×W with at most 3 channels, not " + shape);
    }
    return SeededImage.of(shape.extent(0), shape.extent(1), shape.extent(2), seed);
  }
}
