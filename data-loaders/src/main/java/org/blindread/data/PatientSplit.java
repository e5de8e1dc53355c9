package org.blindread.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cuts a cohort into parts that no patient crosses.
final class PatientSplit {
  private static final double ROUNDING = 1e-9;

  private PatientSplit() {}

  static List<List<Study>> split(List<Study> studies, long seed, double... fractions) {
    check(fractions);
    List<String> patients =
        SeededOrder.of(
            studies.stream().map(Study::patientKey).distinct().toList(), seed, key -> key);
    Map<String, Integer> partOf = HashMap.newHashMap(patients.size());
    double sum = 0;
    int from = 0;
    List<List<Study>> parts = new ArrayList<>();
    for (int k = 0; k < fractions.length; k++) {
      sum += fractions[k];
      int to =
          k == fractions.length - 1
              ? patients.size()
              : Math.toIntExact(Math.round(sum * patients.size()));
      for (int i = from; i < to; i++) {
        partOf.put(patients.get(i), k);
      }
      from = to;
      parts.add(new ArrayList<>());
    }
    for (Study study : studies) {
      parts.get(partOf.getOrDefault(study.patientKey(), 0)).add(study);
    }
    return parts;
  }

  private static void check(double[] fractions) {
    double sum = Arrays.stream(fractions).sum();
    boolean positive = Arrays.stream(fractions).allMatch(fraction -> fraction > 0);
    if (!positive || !(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException(
          "fractions are positive and sum to 1, not " + Arrays.toString(fractions));
    }
  }
}
