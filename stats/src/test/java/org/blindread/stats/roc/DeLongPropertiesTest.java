package org.blindread.stats.roc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.blindread.stats.SplitMix64;
import org.blindread.stats.estimate.Estimate.Estimated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold for every sample, over seeds.
class DeLongPropertiesTest {

  /// Two columns of scores of the same cases, with ties, and patients with several cases.
  record Sample(
      int seed, double[] plain, double[] secure, boolean[] truth, int[] patients, String[] sites) {
    static Sample of(int seed) {
      Random random = new Random(seed);
      int n = 60 + random.nextInt(200);
      double[] plain = new double[n];
      double[] secure = new double[n];
      boolean[] truth = new boolean[n];
      int[] patients = new int[n];
      String[] sites = new String[n];
      for (int i = 0; i < n; i++) {
        truth[i] = i < 2 || (i > 3 && random.nextInt(3) == 0);
        plain[i] = (random.nextInt(4 + 9 * seed) + (truth[i] ? seed : 0)) / 8.0;
        secure[i] = plain[i] + random.nextInt(5) / 8.0;
        patients[i] = i < 4 ? i : random.nextInt(1 + n / 2);
        sites[i] = "site " + patients[i] % 3;
      }
      return new Sample(seed, plain, secure, truth, patients, sites);
    }

    Cases cases() {
      return Cases.ofPatients(truth, patients);
    }

    Sample permuted(Random random) {
      int n = truth.length;
      int[] order = new int[n];
      for (int i = 0; i < n; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      Sample other =
          new Sample(seed, new double[n], new double[n], new boolean[n], new int[n], new String[n]);
      for (int i = 0; i < n; i++) {
        other.plain[i] = plain[order[i]];
        other.secure[i] = secure[order[i]];
        other.truth[i] = truth[order[i]];
        other.patients[i] = patients[order[i]];
        other.sites[i] = sites[order[i]];
      }
      return other;
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  private static Sample[] samples() {
    Sample[] samples = new Sample[12];
    for (int seed = 1; seed <= samples.length; seed++) {
      samples[seed - 1] = Sample.of(seed);
    }
    return samples;
  }

  private static Estimated estimated(Auroc area) {
    return area.estimate().estimated().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPairCountedOneByOneGivesTheSame(Sample s) {
    int n = s.truth.length;
    long[] twice = new long[n];
    long ties = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (s.truth[i] && !s.truth[j]) {
          int psi = s.plain[i] > s.plain[j] ? 2 : s.plain[i] == s.plain[j] ? 1 : 0;
          twice[i] += psi;
          twice[j] += psi;
          ties += psi == 1 ? 1 : 0;
        }
      }
    }
    long sum = 0;
    long positiveSquares = 0;
    long negativeSquares = 0;
    int positives = 0;
    for (int i = 0; i < n; i++) {
      positives += s.truth[i] ? 1 : 0;
      sum += s.truth[i] ? twice[i] : 0;
      positiveSquares += s.truth[i] ? twice[i] * twice[i] : 0;
      negativeSquares += s.truth[i] ? 0 : twice[i] * twice[i];
    }
    assertEquals(
        new RankMoments(sum, positiveSquares, negativeSquares, positives, n - positives),
        RankMoments.of(s.plain, s.truth));
    assertEquals(ties, Auroc.of(s.plain, s.truth).tiedPairs());
    // the textbook form: variances of the placements, each with divisor count − 1
    double area = sum / (2.0 * positives * (n - positives));
    double s10 = 0;
    double s01 = 0;
    for (int i = 0; i < n; i++) {
      double v = twice[i] / (2.0 * (s.truth[i] ? n - positives : positives));
      s10 += s.truth[i] ? (v - area) * (v - area) / (positives - 1.0) / positives : 0;
      s01 += s.truth[i] ? 0 : (v - area) * (v - area) / (n - positives - 1.0) / (n - positives);
    }
    assertEquals(s10 + s01, estimated(Auroc.of(s.plain, s.truth)).variance(), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void clusteredVarianceIsTheTextbookSum(Sample s) {
    double[] expected = textbook(s, s.plain, s.secure);
    AurocComparison found = AurocComparison.of(s.plain, s.secure, s.cases());
    assertEquals(expected[0], estimated(found.plain()).variance(), 1e-14);
    assertEquals(expected[1], estimated(found.secure()).variance(), 1e-14);
    assertEquals(
        expected[0] + expected[1] - 2 * expected[2],
        found.difference().ordinary().orElseThrow().variance(),
        1e-14);
  }

  /// Obuchowski's formulas in doubles: variance, variance, covariance.
  private static double[] textbook(Sample s, double[] x, double[] y) {
    int n = s.truth.length;
    int clusters = s.cases().patients();
    double[][][] v = new double[2][2][n]; // marker, class, patient
    double[] area = new double[2];
    double[] count = new double[2];
    for (boolean positive : s.truth) {
      count[positive ? 1 : 0]++;
    }
    double[][] columns = {x, y};
    int[][] size = new int[2][n];
    for (int i = 0; i < n; i++) {
      size[s.truth[i] ? 1 : 0][s.patients[i]]++;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < 2; k++) {
          if (s.truth[i] && !s.truth[j]) {
            double psi = (1 + Math.signum(columns[k][i] - columns[k][j])) / 2;
            area[k] += psi / (count[0] * count[1]);
            v[k][1][s.patients[i]] += psi / count[0];
            v[k][0][s.patients[j]] += psi / count[1];
          }
        }
      }
    }
    double[] result = new double[3];
    for (int r = 0; r < 3; r++) {
      int a = r == 1 ? 1 : 0;
      int b = r == 0 ? 0 : 1;
      double[] within = new double[2];
      double across = 0;
      int[] with = new int[2];
      for (int i = 0; i < n; i++) {
        double[][] e = new double[2][2];
        for (int c = 0; c < 2; c++) {
          e[0][c] = v[a][c][i] - size[c][i] * area[a];
          e[1][c] = v[b][c][i] - size[c][i] * area[b];
          within[c] += e[0][c] * e[1][c];
          with[c] += size[c][i] > 0 ? 1 : 0;
        }
        across += e[0][1] * e[1][0] + e[0][0] * e[1][1];
      }
      for (int c = 0; c < 2; c++) {
        result[r] += with[c] / (with[c] - 1.0) * within[c] / (count[c] * count[c]);
      }
      result[r] += clusters / (clusters - 1.0) * across / (count[0] * count[1]);
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void withinSitesIsTheWeightedMeanOfTheSites(Sample s) {
    Cases within = s.cases().withinSites(s.sites);
    AurocComparison found = AurocComparison.of(s.plain, s.secure, within);
    double pairs = within.pairs();
    double area = 0;
    double variance = 0;
    double difference = 0;
    double varianceOfDifference = 0;
    for (String site : within.sites()) {
      int[] rows =
          java.util.stream.IntStream.range(0, s.truth.length)
              .filter(i -> s.sites[i].equals(site))
              .toArray();
      double[] plain = new double[rows.length];
      double[] secure = new double[rows.length];
      boolean[] truth = new boolean[rows.length];
      int[] patients = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        plain[i] = s.plain[rows[i]];
        secure[i] = s.secure[rows[i]];
        truth[i] = s.truth[rows[i]];
        patients[i] = s.patients[rows[i]];
      }
      Cases cases = Cases.ofPatients(truth, patients);
      AurocComparison alone = AurocComparison.of(plain, secure, cases);
      double weight = cases.pairs() / pairs;
      area += weight * alone.plain().value().orElseThrow();
      difference += weight * alone.difference().point().orElseThrow();
      variance +=
          weight
              * weight
              * alone.plain().estimate().estimated().map(Estimated::variance).orElse(0.0);
      varianceOfDifference +=
          weight
              * weight
              * alone.difference().ordinary().map(AurocDifference.Ordinary::variance).orElse(0.0);
    }
    assertEquals(area, found.plain().value().orElseThrow(), 1e-14);
    assertEquals(variance, estimated(found.plain()).variance(), 1e-14);
    var ordinary = found.difference().ordinary().orElseThrow();
    assertEquals(difference, ordinary.value(), 1e-14);
    assertEquals(varianceOfDifference, ordinary.variance(), 1e-14);
    RankCertificate certificate = RankCertificate.of(s.plain, s.secure, within, found);
    assertTrue(Math.abs(ordinary.value()) <= certificate.bound().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theOrderOfTheCasesDoesNotMatter(Sample s) {
    Sample other = s.permuted(new Random(s.seed));
    assertEquals(
        AurocComparison.of(s.plain, s.secure, s.cases()),
        AurocComparison.of(other.plain, other.secure, other.cases()));
    assertEquals(
        RankCertificate.of(s.plain, s.secure, s.cases()),
        RankCertificate.of(other.plain, other.secure, other.cases()));
    assertEquals(
        Auroc.of(s.plain, s.cases().withinSites(s.sites)),
        Auroc.of(other.plain, other.cases().withinSites(other.sites)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aStrictlyMonotoneTransformChangesNothing(Sample s) {
    double[] logistic = new double[s.plain.length];
    double[] powers = new double[s.plain.length];
    for (int i = 0; i < logistic.length; i++) {
      logistic[i] = 1 / (1 + Math.exp(-s.plain[i] / 100));
      powers[i] = -Math.scalb(1.0, -(int) (8 * s.plain[i]));
    }
    assertEquals(Auroc.of(s.plain, s.cases()), Auroc.of(logistic, s.cases()));
    assertEquals(Auroc.of(s.plain, s.cases()), Auroc.of(powers, s.cases()));
    assertEquals(
        new AurocDifference.IdenticalRanking(),
        AurocComparison.of(s.plain, logistic, s.cases()).difference());
    assertEquals(
        AurocComparison.of(s.plain, s.secure, s.cases()),
        AurocComparison.of(logistic, s.secure, s.cases()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void swappedLabelsMirrorTheAreaAndKeepTheVariance(Sample s) {
    boolean[] swapped = new boolean[s.truth.length];
    for (int i = 0; i < swapped.length; i++) {
      swapped[i] = !s.truth[i];
    }
    Estimated one = estimated(Auroc.of(s.plain, s.cases()));
    Estimated other = estimated(Auroc.of(s.plain, Cases.ofPatients(swapped, s.patients)));
    assertEquals(1 - one.value(), other.value(), 1e-15);
    assertEquals(one.variance(), other.variance(), 1e-16);
    assertEquals(1 - one.interval().lower(), other.interval().upper(), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void repeatingEveryCaseKeepsTheAreaAndClusteringKnowsBetterThanToBeSurer(Sample s) {
    int n = s.truth.length;
    double[] scores = new double[3 * n];
    boolean[] truth = new boolean[3 * n];
    int[] patients = new int[3 * n];
    for (int i = 0; i < 3 * n; i++) {
      scores[i] = s.plain[i % n];
      truth[i] = s.truth[i % n];
      patients[i] = s.patients[i % n];
    }
    Estimated once = estimated(Auroc.of(s.plain, s.cases()));
    Auroc thrice = Auroc.of(scores, Cases.ofPatients(truth, patients));
    assertEquals(once.value(), estimated(thrice).value());
    assertEquals(once.variance(), estimated(thrice).variance(), 1e-15);
    assertTrue(
        thrice.unclustered().estimated().orElseThrow().variance()
            < Auroc.of(s.plain, s.truth).estimate().estimated().orElseThrow().variance() / 2);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void patientsWithOneCaseEachAreDeLongExactly(Sample s) {
    int[] each = new int[s.truth.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = 1000 - i;
    }
    AurocComparison single = AurocComparison.of(s.plain, s.secure, Cases.ofPatients(s.truth, each));
    AurocComparison none = AurocComparison.of(s.plain, s.secure, Cases.of(s.truth));
    assertEquals(none, single);
    assertEquals(none.difference(), none.unclustered());
    assertEquals(1, single.plain().designEffect().orElseThrow());
    // and by the clustered formula itself
    Stratum all = Cases.of(s.truth).strata().getFirst();
    int[] patient = new int[each.length];
    for (int i = 0; i < patient.length; i++) {
      patient[i] = i;
    }
    Stratum clustered =
        new Stratum(
            "all",
            all.rows(),
            patient,
            all.positives(),
            all.negatives(),
            patient.length,
            all.positives(),
            all.negatives());
    int[] twice = Placements.of(s.plain, s.truth, all).twice();
    RankMoments moments = RankMoments.of(s.plain, s.truth);
    double expected = moments.scaledVariance();
    assertEquals(
        expected,
        ClusteredVariance.scaled(twice, moments.sum(), s.truth, clustered),
        4 * Math.ulp(expected));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theCertificateHoldsAndIsTheShareOfPairsInReach(Sample s) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < s.truth.length; i++) {
      least = Math.min(least, s.secure[i] - s.plain[i]);
      most = Math.max(most, s.secure[i] - s.plain[i]);
    }
    long within = 0;
    for (int i = 0; i < s.truth.length; i++) {
      for (int j = 0; j < s.truth.length; j++) {
        boolean pair = s.truth[i] && !s.truth[j];
        within += pair && Math.abs(s.plain[i] - s.plain[j]) <= most - least ? 1 : 0;
      }
    }
    Cases cases = s.cases();
    RankCertificate found = RankCertificate.of(s.plain, s.secure, cases);
    assertEquals((double) within / cases.pairs(), found.bound().orElseThrow());
    assertEquals(most - least, found.rangeOfDeviation(), 1e-12);
    assertTrue(Math.abs(found.actual().orElseThrow()) <= found.bound().orElseThrow());
  }

  @Test
  void aMillionCasesAreCountedExactly() {
    int n = 1_000_000;
    double[] plain = new double[n];
    double[] secure = new double[n];
    boolean[] truth = new boolean[n];
    int[] patients = new int[n];
    for (int i = 0; i < n; i++) {
      truth[i] = SplitMix64.at(3L * i) >>> 62 != 0; // three in four: the sums grow large
      plain[i] = SplitMix64.uniform(3L * i + 1) + (truth[i] ? 0.3 : 0);
      secure[i] = Math.rint(plain[i] * 4096) / 4096;
      patients[i] = i / 3;
    }
    RankMoments found = RankMoments.of(secure, truth);
    // the same from counts of each of the few different scores
    long[][] counts = new long[2][6000];
    for (int i = 0; i < n; i++) {
      counts[truth[i] ? 1 : 0][(int) (secure[i] * 4096)]++;
    }
    BigInteger sum = BigInteger.ZERO;
    BigInteger positiveSquares = BigInteger.ZERO;
    BigInteger negativeSquares = BigInteger.ZERO;
    long below = 0;
    long above = found.positives();
    for (int k = 0; k < counts[0].length; k++) {
      BigInteger ofIll = BigInteger.valueOf(2 * below + counts[0][k]);
      BigInteger ofWell = BigInteger.valueOf(2 * above - counts[1][k]);
      BigInteger ill = BigInteger.valueOf(counts[1][k]);
      BigInteger well = BigInteger.valueOf(counts[0][k]);
      sum = sum.add(ofIll.multiply(ill));
      positiveSquares = positiveSquares.add(ofIll.pow(2).multiply(ill));
      negativeSquares = negativeSquares.add(ofWell.pow(2).multiply(well));
      below += counts[0][k];
      above -= counts[1][k];
    }
    assertEquals(sum.longValueExact(), found.sum());
    assertEquals(positiveSquares.longValueExact(), found.positiveSquares());
    assertEquals(negativeSquares.longValueExact(), found.negativeSquares());
    assertTrue(
        positiveSquares.multiply(BigInteger.valueOf(found.positives())).bitLength() > 63,
        "the sample is meant to need more than 64 bits");
    AurocComparison compared = AurocComparison.of(plain, secure, Cases.ofPatients(truth, patients));
    assertEquals(333_334, compared.plain().patients());
    // patients were drawn without regard to scores
    assertEquals(1, compared.plain().designEffect().orElseThrow(), 0.02);
  }

  @Test
  void wideSumsAreExact() {
    Random random = new Random(7);
    WideSum found = new WideSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 1000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      long b = random.nextLong() >> (3 + random.nextInt(61));
      found.addProduct(a, b);
      expected = expected.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
      assertEquals(expected, found.toBigInteger());
      assertEquals(expected.doubleValue(), found.toDouble());
    }
  }
}
