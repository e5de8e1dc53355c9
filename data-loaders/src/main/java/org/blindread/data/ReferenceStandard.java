package org.blindread.data;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The truth about one finding that a test is held against: yes or no for every image that has one.
/// Images without a label, and under [Uncertain#EXCLUDE] those with an uncertain one, are left out
/// and counted. All lists and arrays are of one length, in the order of their source.
///
/// The record owns its arrays: nobody writes to them after construction.
///
/// @param finding of which the truth is told
/// @param policy what uncertain labels counted as
/// @param positive whether the finding is present
/// @param indices place of each image in its source, from 0
/// @param patients number of the patient, from 0 in order of appearance; an image without patient
///   is a patient of its own
/// @param images names
/// @param sites names; empty where unknown
/// @param uncertain how many images had an uncertain label, left out or counted as the policy says
/// @param unlabelled how many images were left out because they had no label
public record ReferenceStandard(
    Finding finding,
    Uncertain policy,
    boolean[] positive,
    int[] indices,
    int[] patients,
    List<String> images,
    List<String> sites,
    int uncertain,
    int unlabelled) {
  /// @throws IllegalArgumentException if the lengths differ
  public ReferenceStandard {
    images = List.copyOf(images);
    sites = List.copyOf(sites);
    Set<Integer> lengths =
        new LinkedHashSet<>(
            List.of(positive.length, indices.length, patients.length, images.size(), sites.size()));
    if (lengths.size() > 1) {
      throw new IllegalArgumentException("lists of different lengths: " + lengths);
    }
  }

  /// Images that have a truth.
  public int size() {
    return positive.length;
  }

  /// Images on which the finding counts as present.
  public int positives() {
    int count = 0;
    for (boolean present : positive) {
      count += present ? 1 : 0;
    }
    return count;
  }

  /// Patients among the images that have a truth.
  public int patientCount() {
    return (int) Arrays.stream(patients).distinct().count();
  }

  @Override
  public String toString() {
    return "%s: %d of %d images positive, %d patients (%d uncertain: %s; %d without label left out)"
        .formatted(finding, positives(), size(), patientCount(), uncertain, policy, unlabelled);
  }
}
