package org.blindread.data;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One image of a manifest: where it lies and what is known about it. It holds no pixels.
///
/// @param number the row in the file; the header is row 1
/// @param image the image's name, unique in its manifest
/// @param path where the pixels lie
/// @param attributes text by column (`patient`, `site`, `view`, `sex`, `age` and columns for
///   subgroups); empty cells are absent
/// @param labels label by finding; empty cells are absent
public record ManifestRow(
    int number,
    String image,
    Path path,
    Map<String, String> attributes,
    Map<String, Label> labels) {
  public ManifestRow {
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /// The text in a column, if the cell holds any.
  public Optional<String> attribute(String column) {
    return Optional.ofNullable(attributes.get(column));
  }

  public Optional<String> patient() {
    return attribute("patient");
  }

  public Optional<String> site() {
    return attribute("site");
  }

  /// What the file says of a finding, if anything.
  public Optional<Label> label(String finding) {
    return Optional.ofNullable(labels.get(finding));
  }
}
