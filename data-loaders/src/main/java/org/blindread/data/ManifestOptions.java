package org.blindread.data;

import java.util.Collection;
import java.util.Set;

/// How a manifest is read.
///
/// What is wrong with the text (a label 2, a row too short, a patient in two splits) is an error
/// always. What is wrong with an image (its file is missing or damaged, it is listed twice, it has
/// no label) is an error, too, unless [Faults#EXCLUDE] is asked for.
///
/// @param findings columns that must hold labels where they exist, such as what a model puts out
/// @param subgroups columns that are texts although their cells look like labels
/// @param faults what happens to an image at fault
/// @param decoding whether every image is decoded while reading: slow, but damage is found early
/// @param labelled whether an image must have a label of at least one of `findings` (of any, where
///   none are given)
public record ManifestOptions(
    Set<Finding> findings,
    Set<String> subgroups,
    Faults faults,
    boolean decoding,
    boolean labelled) {
  /// What happens to an image at fault.
  public enum Faults {
    /// It is an error that names the row.
    ERROR,
    /// It is left out and counted.
    EXCLUDE
  }

  public ManifestOptions {
    findings = Set.copyOf(findings);
    subgroups = Set.copyOf(subgroups);
  }

  /// Every fault is an error; files must be there, but are not decoded.
  public static ManifestOptions defaults() {
    return asking(Set.of());
  }

  /// The same, with columns that must hold labels where they exist.
  public static ManifestOptions asking(Collection<Finding> findings) {
    return new ManifestOptions(Set.copyOf(findings), Set.of(), Faults.ERROR, false, false);
  }

  /// Every image is decoded; those at fault are left out and counted.
  ///
  /// @param findings columns that must hold labels where they exist
  /// @param labelled as in the record
  public static ManifestOptions excluding(Collection<Finding> findings, boolean labelled) {
    return new ManifestOptions(Set.copyOf(findings), Set.of(), Faults.EXCLUDE, true, labelled);
  }
}
