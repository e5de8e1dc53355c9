package org.blindread.stats.roc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The cases of a study: which are positive, which belong to one patient and which pairs of them
/// are compared. Made once for a finding, used for every column of scores.
///
/// Images of a patient are not independent, so variances are clustered by patient where patients
/// are given. Pairs are formed among all cases, or, after [#withinSites], within a site only.
public final class Cases {
  /// More would overflow the 64-bit sums of squared placements.
  public static final int MAX = 2_000_000;

  private final boolean[] truth;

  /// A number a case, equal for the cases of a patient; empty if each case is its own patient.
  private final int[] patients;

  private final List<Stratum> strata;
  private final List<SiteLeftOut> leftOut;

  private Cases(boolean[] truth, int[] patients, List<Stratum> strata, List<SiteLeftOut> leftOut) {
    this.truth = truth;
    this.patients = patients;
    this.strata = strata;
    this.leftOut = leftOut;
  }

  /// A site that takes no part in a comparison within sites.
  ///
  /// @param site its name
  /// @param positives its positive cases
  /// @param negatives its negative cases
  /// @param reason what is missing, one clause
  public record SiteLeftOut(String site, int positives, int negatives, String reason) {}

  /// Cases that are independent of one another.
  ///
  /// @param truth whether each case is positive; it stays the caller's
  /// @throws IllegalArgumentException if there are more than [#MAX]
  public static Cases of(boolean[] truth) {
    return pooled(truth.clone(), new int[0]);
  }

  /// Cases of which several may belong to one patient.
  ///
  /// @param patients one identifier a case; equal means the same person
  /// @throws IllegalArgumentException if the lengths differ or there are more than [#MAX] cases
  public static Cases ofPatients(boolean[] truth, String[] patients) {
    requireOneEach("patients", patients.length, truth.length);
    int[] numbers = new int[patients.length];
    Map<String, Integer> known = HashMap.newHashMap(patients.length);
    for (int i = 0; i < patients.length; i++) {
      Integer number = known.putIfAbsent(patients[i], known.size());
      numbers[i] = number == null ? known.size() - 1 : number;
    }
    return pooled(truth.clone(), numbers);
  }

  /// The same, with numbers that name the patients.
  ///
  /// @throws IllegalArgumentException if the lengths differ or there are more than [#MAX] cases
  public static Cases ofPatients(boolean[] truth, int[] patients) {
    requireOneEach("patients", patients.length, truth.length);
    return pooled(truth.clone(), patients.clone());
  }

  private static Cases pooled(boolean[] truth, int[] patients) {
    if (truth.length > MAX) {
      throw new IllegalArgumentException(
          "%d cases; exact counts reach to %d: draw a sample".formatted(truth.length, MAX));
    }
    int[] rows = new int[truth.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return new Cases(truth, patients, List.of(Stratum.of("all", rows, truth, patients)), List.of());
  }

  /// The same cases, of which a positive and a negative one form a pair only if they are of one
  /// site. A patient's cases at two sites count as two patients there. A site with fewer than two
  /// patients with positive or with negative cases is left out and named, for it has no variance;
  /// if that leaves none, all sites that have pairs are kept, and there will be no variance.
  ///
  /// @param sites one name a case
  /// @throws IllegalArgumentException if the lengths differ
  public Cases withinSites(String[] sites) {
    requireOneEach("sites", sites.length, truth.length);
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (int i = 0; i < sites.length; i++) {
      rows.computeIfAbsent(sites[i], site -> new ArrayList<>()).add(i);
    }
    List<Stratum> all = new ArrayList<>();
    rows.forEach(
        (site, list) ->
            all.add(
                Stratum.of(
                    site, list.stream().mapToInt(Integer::intValue).toArray(), truth, patients)));
    List<Stratum> kept = all.stream().filter(Stratum::hasVariance).toList();
    if (kept.isEmpty()) {
      kept = all.stream().filter(stratum -> stratum.pairs() > 0).toList();
    }
    List<SiteLeftOut> out = new ArrayList<>();
    for (Stratum stratum : all) {
      if (!kept.contains(stratum)) {
        out.add(stratum.leftOut());
      }
    }
    return new Cases(truth, patients, kept, List.copyOf(out));
  }

  /// Cases that take part.
  public int size() {
    return positives() + negatives();
  }

  /// Positive cases that take part.
  public int positives() {
    return strata.stream().mapToInt(Stratum::positives).sum();
  }

  /// Negative cases that take part.
  public int negatives() {
    return strata.stream().mapToInt(Stratum::negatives).sum();
  }

  /// Patients that take part; as many as cases if no patients were given.
  public int patients() {
    return strata.stream().mapToInt(Stratum::patients).sum();
  }

  /// Pairs of a positive and a negative case that are compared.
  public long pairs() {
    return strata.stream().mapToLong(Stratum::pairs).sum();
  }

  /// Sites without enough cases for a variance, after [#withinSites]; else empty.
  public List<SiteLeftOut> leftOut() {
    return leftOut;
  }

  /// Names of the sites that take part, or `"all"` if pairs are formed among all cases.
  public List<String> sites() {
    return strata.stream().map(Stratum::site).toList();
  }

  List<Stratum> strata() {
    return strata;
  }

  boolean[] truth() {
    return truth;
  }

  void requireOneScoreEach(double[] scores) {
    requireOneEach("scores", scores.length, truth.length);
  }

  private static void requireOneEach(String what, int found, int cases) {
    if (found != cases) {
      throw new IllegalArgumentException(
          "%d %s, but truth for %d cases".formatted(found, what, cases));
    }
  }

  @Override
  public String toString() {
    return "%d positive and %d negative cases of %d patients"
        .formatted(positives(), negatives(), patients());
  }
}
