package org.blindread.stats.roc;

import java.util.HashMap;
import java.util.Map;

/// Cases among which pairs are formed: all of a study, or those of one site.
///
/// @param site its name
/// @param rows their places among the cases of the study, ascending
/// @param patient for each of them a number from 0, equal for the cases of a patient; empty if each
///   case is its own patient
/// @param positives how many are positive
/// @param negatives how many are not
/// @param patients how many patients they come from
/// @param positivePatients how many of these have a positive case
/// @param negativePatients how many of these have a negative case
record Stratum(
    String site,
    int[] rows,
    int[] patient,
    int positives,
    int negatives,
    int patients,
    int positivePatients,
    int negativePatients) {

  static Stratum of(String site, int[] rows, boolean[] truth, int[] patientOfCase) {
    int positives = 0;
    for (int row : rows) {
      positives += truth[row] ? 1 : 0;
    }
    int negatives = rows.length - positives;
    if (patientOfCase.length == 0) {
      return new Stratum(
          site, rows, new int[0], positives, negatives, rows.length, positives, negatives);
    }
    Map<Integer, Integer> known = HashMap.newHashMap(rows.length);
    int[] patient = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Integer number = known.putIfAbsent(patientOfCase[rows[i]], known.size());
      patient[i] = number == null ? known.size() - 1 : number;
    }
    int patients = known.size();
    if (patients == rows.length) {
      return new Stratum(
          site, rows, new int[0], positives, negatives, patients, positives, negatives);
    }
    boolean[] ill = new boolean[patients];
    boolean[] well = new boolean[patients];
    int withPositive = 0;
    int withNegative = 0;
    for (int i = 0; i < rows.length; i++) {
      boolean[] seen = truth[rows[i]] ? ill : well;
      if (!seen[patient[i]]) {
        seen[patient[i]] = true;
        withPositive += truth[rows[i]] ? 1 : 0;
        withNegative += truth[rows[i]] ? 0 : 1;
      }
    }
    return new Stratum(
        site, rows, patient, positives, negatives, patients, withPositive, withNegative);
  }

  long pairs() {
    return (long) positives * negatives;
  }

  boolean isClustered() {
    return patient.length > 0;
  }

  boolean hasVariance() {
    return positivePatients >= 2 && negativePatients >= 2;
  }

  Cases.SiteLeftOut leftOut() {
    String reason =
        pairs() == 0
            ? "one class only"
            : positivePatients < 2
                ? "one patient with a positive case"
                : "one patient with a negative case";
    return new Cases.SiteLeftOut(site, positives, negatives, reason);
  }
}
