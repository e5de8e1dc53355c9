package org.blindread.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// What each column of a manifest is.
///
/// @param header all names
/// @param findings the columns that hold labels
/// @param subgroups the columns of the user's own that hold text
/// @param attributes what is kept as text: `patient`, `site`, `view`, `sex`, `age`, `split` where
///   they exist, and the subgroups
record ManifestColumns(
    List<String> header, List<Finding> findings, List<String> subgroups, List<String> attributes) {
  /// Columns kept as text, in the order in which they are written.
  static final List<String> TEXTS = List.of("patient", "site", "view", "sex", "age", "split");

  /// Columns whose name has a meaning.
  static final Set<String> KNOWN =
      Set.of("path", "image", "patient", "site", "view", "sex", "age", "split", "synthetic");

  /// Sorts the columns.
  ///
  /// @param header checked
  /// @param labels whether a column holds labels, by its place
  static ManifestColumns of(List<String> header, ManifestOptions options, IntPredicate labels) {
    List<Finding> findings = new ArrayList<>();
    List<String> subgroups = new ArrayList<>();
    List<String> attributes = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      if (KNOWN.contains(name)) {
        if (TEXTS.contains(name)) {
          attributes.add(name);
        }
      } else if (!options.subgroups().contains(name)
          && (asked(options, name) || labels.test(column))) {
        findings.add(new Finding(name));
      } else {
        subgroups.add(name);
        attributes.add(name);
      }
    }
    return new ManifestColumns(
        header, List.copyOf(findings), List.copyOf(subgroups), List.copyOf(attributes));
  }

  private static boolean asked(ManifestOptions options, String name) {
    return options.findings().stream().anyMatch(finding -> finding.name().equals(name));
  }

  /// Says what is wrong with a header.
  static void check(List<String> header, ManifestOptions options, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < header.size(); column++) {
      String name = header.get(column);
      if (name.isEmpty()) {
        problems.add("row 1: column " + (column + 1) + " has no name");
      } else if (name.length() > 100 || !Csv.printable(name)) {
        problems.add(
            "row 1: column %d: a name has at most 100 characters, none of them a control character: '%s'"
                .formatted(column + 1, Csv.shown(name)));
      } else if (!seen.add(name)) {
        problems.add("row 1: two columns are named '" + name + "'");
      }
    }
    for (String known : KNOWN.stream().sorted().toList()) {
      slips(known, seen, options, "").forEach(problems::add);
    }
    for (Finding finding : options.findings().stream().sorted().toList()) {
      slips(finding.name(), seen, options, ", a finding asked for").forEach(problems::add);
    }
    if (!seen.contains("path") && problems.count() == 0) {
      problems.add(
          "row 1: no column 'path'; it gives each image's file, relative to the manifest; found: "
              + String.join(", ", header));
    }
  }

  /// A name that is meant is searched only where it is missing: beside `site`, `sites` is the
  /// user's.
  private static List<String> slips(
      String meant, Set<String> header, ManifestOptions options, String what) {
    if (header.contains(meant)) {
      return List.of();
    }
    return header.stream()
        .filter(name -> !KNOWN.contains(name) && !asked(options, name))
        .filter(name -> !options.subgroups().contains(name))
        .filter(name -> Spelling.slip(name, meant))
        .sorted()
        .map(
            name ->
                "row 1: column '%s' is probably meant to be '%s'%s; rename it"
                    .formatted(name, meant, what))
        .toList();
  }
}
