package org.blindread.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a [ReferenceStandard] of a table.
final class References {
  private References() {}

  static ReferenceStandard of(Truth truth, Finding finding, Uncertain policy) {
    int most = truth.rows().size();
    boolean[] positive = new boolean[most];
    int[] indices = new int[most];
    int[] patients = new int[most];
    List<String> images = new ArrayList<>();
    List<String> sites = new ArrayList<>();
    Map<String, Integer> patientNumbers = new HashMap<>();
    int uncertain = 0;
    int unlabelled = 0;
    for (int i = 0; i < most; i++) {
      TruthRow row = truth.rows().get(i);
      Optional<Label> label = row.labels().label(finding);
      unlabelled += label.isEmpty() ? 1 : 0;
      uncertain += label.filter(said -> said == Label.UNCERTAIN).isPresent() ? 1 : 0;
      Optional<Boolean> decided = label.flatMap(policy::decide);
      if (decided.isPresent()) {
        int at = images.size();
        positive[at] = decided.get();
        indices[at] = i;
        String key = row.patient().isEmpty() ? "i" + row.image() : "p" + row.patient();
        patients[at] = patientNumbers.computeIfAbsent(key, _ -> patientNumbers.size());
        images.add(row.image());
        sites.add(row.site());
      }
    }
    int size = images.size();
    return new ReferenceStandard(
        finding,
        policy,
        Arrays.copyOf(positive, size),
        Arrays.copyOf(indices, size),
        Arrays.copyOf(patients, size),
        images,
        sites,
        uncertain,
        unlabelled);
  }
}
