package org.blindread.workbench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.compile.RangeAnalysis;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.zoo.BenchmarkNetworks;

/// The benchmark networks as models: a card made for the occasion, ranges measured on seeded images
/// and kept in a cache under the hash of weights and images.
///
/// The cache is the folder in the system property `blindread.cache`, else
/// `$XDG_CACHE_HOME/blindread`, else `~/.cache/blindread`.
final class BuiltinModel {
  private static final long CALIBRATION_SEED = 0xCA11B;

  private BuiltinModel() {}

  /// @param source `builtin:NAME`
  /// @param progress told how far measuring has come, the first time
  static VendorModel load(String source, ProgressSink progress) throws WorkbenchException {
    Graph graph;
    try {
      graph = BenchmarkNetworks.of(source.substring(VendorModel.BUILTIN.length()));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(source + ": " + e.getMessage(), e);
    }
    String hash = hash(graph);
    VendorModel bare = model(source, graph, template(graph), hash);
    Worklist images = Worklist.seeded(bare.image(), CALIBRATION_SEED, RangeAnalysis.IMAGES);
    Path cached = cache().resolve("%s-%.16s.json".formatted(hash, images.sha256()));
    if (!Files.exists(cached)) {
      measure(bare, images, cached, progress);
    }
    return model(source, graph, ModelCard.read(cached), hash);
  }

  private static ModelCard template(Graph graph) {
    Shape shape = graph.inputs().values().iterator().next();
    int outputs = graph.outputs().stream().mapToInt(output -> graph.shape(output).size()).sum();
    return ModelCard.template(
        graph.name(), shape.extent(1), shape.extent(2), shape.extent(3), outputs);
  }

  private static void measure(
      VendorModel model, Worklist images, Path cached, ProgressSink progress)
      throws WorkbenchException {
    try {
      Files.createDirectories(cached.getParent());
      CalibrationRun.run(model, images, progress).write(cached);
    } catch (IOException e) {
      throw new WorkbenchException(
          "cannot write %s; name another cache with BLINDREAD_JAVA_OPTS=-Dblindread.cache=DIR"
              .formatted(cached.getParent()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkbenchException("interrupted while the ranges were measured", e);
    }
  }

  private static VendorModel model(String source, Graph graph, ModelCard card, String hash) {
    return new VendorModel(
        source, graph, card, Optional.empty(), Optional.empty(), Map.of("model", hash));
  }

  private static Path cache() {
    Optional<String> given = Optional.ofNullable(System.getProperty("blindread.cache"));
    if (given.isPresent()) {
      return Path.of(given.get());
    }
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("blindread");
  }

  private static String hash(Graph graph) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((graph.name() + graph.inputs()).getBytes(StandardCharsets.UTF_8));
      graph
          .nodes()
          .forEach(node -> digest.update(node.toString().getBytes(StandardCharsets.UTF_8)));
      for (Map.Entry<String, RealTensor> constant : graph.constants().entrySet()) {
        digest.update(constant.getKey().getBytes(StandardCharsets.UTF_8));
        float[] values = constant.getValue().values();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
