package org.blindread.workbench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blindread.data.Cohort;
import org.blindread.data.Csv;
import org.blindread.data.DatasetException;
import org.blindread.data.Study;

/// A cohort as another process reads it: a manifest. Images that lie in files stay where they are;
/// those that do not, phantoms, are written as PNG beside it.
final class CohortCopy {
  private CohortCopy() {}

  /// The manifest that stands for a cohort: its own, if it is all of one, else one in the folder.
  ///
  /// @throws DatasetException if an image cannot be read
  /// @throws IOException if the folder cannot be written
  static Path manifest(Cohort cohort, Path folder) throws DatasetException, IOException {
    Path source = Path.of(cohort.origin().source());
    return cohort.origin().steps().isEmpty() && Files.isRegularFile(source)
        ? source
        : part(cohort, folder);
  }

  /// The part's manifest, written unless it is there.
  private static Path part(Cohort sample, Path folder) throws DatasetException, IOException {
    Path manifest = folder.resolve("manifest.csv");
    if (Files.exists(manifest)) {
      return manifest;
    }
    boolean files = sample.studies().stream().allMatch(study -> study.pixels().file().isPresent());
    if (!files) {
      remove(folder); // a call that was stopped may have left some images, but no manifest
      return sample.write(folder);
    }
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(List.of("path,image,patient,site"));
    for (Study study : sample.studies()) {
      Optional<Path> file = study.pixels().file();
      lines.add(
          Csv.line(
              List.of(
                  file.orElseThrow().toAbsolutePath().toString(),
                  study.image(),
                  study.patient().orElse(""),
                  study.site().orElse(""))));
    }
    return Files.writeString(manifest, String.join("\n", lines) + "\n");
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
