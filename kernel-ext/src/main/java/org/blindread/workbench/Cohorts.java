package org.blindread.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.blindread.data.Cohort;
import org.blindread.data.Csv;
import org.blindread.data.DatasetException;
import org.blindread.data.Finding;
import org.blindread.data.Intake;
import org.blindread.data.ManifestOptions;
import org.blindread.data.Truth;
import org.blindread.data.phantom.PhantomCohort;

/// Cohorts as a user names them: `embedded`, or a manifest's file.
public final class Cohorts {
  /// The name of the synthetic cohort that needs no download.
  public static final String EMBEDDED = "embedded";

  /// What is said wherever figures of made-up images are shown.
  public static final String SYNTHETIC =
      "SYNTHETIC images: every figure is about the machinery, none about patients";

  private Cohorts() {}

  /// What is known of a cohort's images.
  ///
  /// @param truth the labels
  /// @param synthetic whether the images are known to be made up; a truth csv does not say
  public record Known(Truth truth, boolean synthetic) {}

  /// The cohort of a name.
  ///
  /// @param findings what a model puts out: columns that must hold labels where they exist
  /// @throws DatasetException naming file, row and column of up to ten faults
  public static Cohort read(String name, Collection<String> findings) throws DatasetException {
    if (name.equals(EMBEDDED)) {
      return PhantomCohort.embedded();
    }
    Path file = manifest(Path.of(name));
    if (!Files.exists(file)) {
      throw new DatasetException(
          "no cohort '%s': give a manifest's file, a folder with a manifest.csv, or '%s' for the synthetic one"
              .formatted(name, EMBEDDED));
    }
    return Intake.read(file, ManifestOptions.asking(findings.stream().map(Finding::new).toList()))
        .cohort();
  }

  /// A folder stands for the manifest in it.
  private static Path manifest(Path given) {
    return Files.isDirectory(given) ? given.resolve("manifest.csv") : given;
  }

  /// A cohort's name as another process finds it: `embedded`, or an absolute path.
  public static String place(String name) {
    return name.equals(EMBEDDED) ? name : manifest(Path.of(name)).toAbsolutePath().toString();
  }

  /// What is known of a cohort's images: a truth csv, or the labels of a cohort.
  ///
  /// @throws DatasetException naming file, row and column of up to ten faults
  public static Known truth(String name, Collection<String> findings) throws DatasetException {
    if (!name.equals(EMBEDDED) && isTruth(Path.of(name))) {
      return new Known(Truth.read(Path.of(name)), false);
    }
    Cohort cohort = read(name, findings);
    return new Known(cohort.truth(), cohort.synthetic());
  }

  private static boolean isTruth(Path file) throws DatasetException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (Csv csv = Csv.open(file)) {
      return !csv.next().orElse(List.of()).contains("path");
    }
  }
}
