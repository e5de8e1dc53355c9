package org.blindread.workbench;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The project's own folder, where the committed networks lie.
///
/// @param root the folder that holds `notebooks/models`
public record SourceTree(Path root) {
  private static final Path MODELS = Path.of("notebooks", "models");
  private static final String PHANTOMS = "densenet121_phantoms_128.onnx";
  private static final String PNEUMONIA = "densenet121_pneumonia_128.onnx";

  /// The nearest folder above the program, else above the current folder, that holds the models.
  ///
  /// @throws WorkbenchException if there is none
  public static SourceTree find() throws WorkbenchException {
    List<Path> starts = new ArrayList<>();
    try {
      starts.add(
          Path.of(SourceTree.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path of no valid address", e);
    }
    starts.add(Path.of("").toAbsolutePath());
    for (Path start : starts) {
      for (Optional<Path> at = Optional.of(start);
          at.isPresent();
          at = at.flatMap(path -> Optional.ofNullable(path.getParent()))) {
        if (Files.exists(at.get().resolve(MODELS).resolve(PHANTOMS))) {
          return new SourceTree(at.get());
        }
      }
    }
    throw new WorkbenchException(
        "no folder above the program or the current one holds %s; run it in a source tree"
            .formatted(MODELS.resolve(PHANTOMS)));
  }

  /// Where results are kept.
  public Path runs() {
    return root.resolve("runs").resolve("reproduce");
  }

  /// The committed network for a cohort: the five findings of phantoms for the embedded one, else
  /// pneumonia on real chest images.
  public Path model(String cohort) {
    return root.resolve(MODELS).resolve(cohort.equals(Cohorts.EMBEDDED) ? PHANTOMS : PNEUMONIA);
  }
}
