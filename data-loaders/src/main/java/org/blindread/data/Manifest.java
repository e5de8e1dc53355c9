package org.blindread.data;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// A list of images in a csv file: utf-8, with a header, RFC 4180.
///
/// Column `path` (relative to the file) is required; `image` (default: the file's name without its
/// ending; unique), `patient`, `site`, `view`, `sex` and `age` may stand beside it. Each further
/// column is either a finding, where every cell is 1, 0, −1 (uncertain) or empty, or a text that
/// makes subgroups, such as `country`. A column is a finding if the reader asks for it by name or
/// if all its cells are labels.
///
/// The manifest holds the rows, never the pixels: they are read one image at a time.
///
/// @param file where it was read from
/// @param findings the finding columns, in the file's order
/// @param subgroups the other further columns, in the file's order
/// @param rows the images, in the file's order
public record Manifest(
    Path file, List<String> findings, List<String> subgroups, List<ManifestRow> rows) {
  public Manifest {
    findings = List.copyOf(findings);
    subgroups = List.copyOf(subgroups);
    rows = List.copyOf(rows);
  }

  /// Reads a manifest, checking that every image file is there.
  ///
  /// @throws DatasetException naming row and column of up to ten faults
  public static Manifest read(Path csv) throws DatasetException {
    return read(csv, Set.of());
  }

  /// Reads a manifest in which the given columns, where they exist, must hold labels.
  ///
  /// @param findings what a model puts out, say
  /// @throws DatasetException naming row and column of up to ten faults
  public static Manifest read(Path csv, Collection<String> findings) throws DatasetException {
    return ManifestReader.read(csv, Set.copyOf(findings));
  }

  /// The pixels of one image, from disk.
  ///
  /// @throws DatasetException if the file is damaged or not a grey PNG or JPEG
  public GreyImage read(ManifestRow row) throws DatasetException {
    return ImageFile.read(row.path());
  }

  @Override
  public String toString() {
    return "Manifest[%s, %d images]".formatted(file, rows.size());
  }
}
