package org.blindread.stats.roc;

import java.util.concurrent.TimeUnit;
import org.blindread.stats.SplitMix64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Paired comparisons on generated scores: 14 findings of 22,433 cases, the size of the NIH chest
/// film test set, and one of a million. Secure scores are plain ones moved by up to 8 units of
/// 2⁻¹²; one case in ten is positive.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeLongBench {
  private static final int FINDINGS = 14;

  private final Columns[] films = new Columns[FINDINGS];
  private Columns million = new Columns(0, 0);

  /// Two columns of scores and who the cases are.
  private static final class Columns {
    final double[] plain;
    final double[] secure;
    final Cases independent;
    final Cases clustered;

    Columns(int n, int seed) {
      plain = new double[n];
      secure = new double[n];
      boolean[] truth = new boolean[n];
      int[] patients = new int[n];
      for (int i = 0; i < n; i++) {
        long at = 4L * (i + (long) seed * n);
        truth[i] = SplitMix64.uniform(at) < 0.1;
        double u = SplitMix64.uniform(at + 1);
        plain[i] = Math.log(u / (1 - u)) + (truth[i] ? 1.5 : 0);
        secure[i] = plain[i] + Math.scalb(SplitMix64.uniform(at + 2) - 0.5, -8);
        patients[i] = (int) (SplitMix64.uniform(at + 3) * n / 3.5);
      }
      independent = Cases.of(truth);
      clustered = Cases.ofPatients(truth, patients);
    }
  }

  /// Generates the scores.
  @Setup
  public void generate() {
    for (int f = 0; f < FINDINGS; f++) {
      films[f] = new Columns(22_433, f);
    }
    million = new Columns(1_000_000, 0);
  }

  /// 14 findings, paired, every case independent.
  @Benchmark
  public double films() {
    double sum = 0;
    for (Columns c : films) {
      sum += AurocComparison.of(c.plain, c.secure, c.independent).difference().point().orElse(0);
    }
    return sum;
  }

  /// The same, clustered by patient besides.
  @Benchmark
  public double filmsByPatient() {
    double sum = 0;
    for (Columns c : films) {
      sum += AurocComparison.of(c.plain, c.secure, c.clustered).difference().point().orElse(0);
    }
    return sum;
  }

  /// Bounds for 14 findings whose comparison is there.
  @Benchmark
  public double filmsCertificates() {
    double sum = 0;
    for (Columns c : films) {
      AurocComparison none = NO_COMPARISON;
      sum += RankCertificate.of(c.plain, c.secure, c.independent, none).bound().orElse(0);
    }
    return sum;
  }

  private static final AurocComparison NO_COMPARISON =
      AurocComparison.of(new double[0], new double[0], Cases.of(new boolean[0]));

  /// A million cases, paired.
  @Benchmark
  public double million() {
    return AurocComparison.of(million.plain, million.secure, million.independent)
        .difference()
        .point()
        .orElse(0);
  }

  /// A million cases, paired, clustered by patient besides.
  @Benchmark
  public double millionByPatient() {
    return AurocComparison.of(million.plain, million.secure, million.clustered)
        .difference()
        .point()
        .orElse(0);
  }
}
