package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.blindread.mpc.ot.Ferret;
import org.blindread.mpc.ot.LpnParameters;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.ot.SoftSpoken;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.FixedPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// 2^20 elements through the elementwise protocols, a thread for each party over queues in memory.
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx3g"})
public class ElementwiseBench {
  private static final int COUNT = 1 << 20;
  private static final int F = 12;

  /// Where OTs come from.
  public enum Source {
    SOFT_SPOKEN,
    FERRET;

    OtExtension extension() {
      return this == FERRET ? new Ferret(LpnParameters.B11) : new SoftSpoken();
    }
  }

  @Param({"32", "37", "64"})
  public int bits;

  @Param({"FAITHFUL", "FAST"})
  public Mode mode;

  @Param public Source source;

  private Dialogues parties;
  private long[] vendors;
  private long[] hospitals;

  @Setup
  public void prepare() {
    parties = new Dialogues(source.extension());
    SplittableRandom random = new SplittableRandom(7);
    vendors = random.longs(COUNT).toArray();
    hospitals = random.longs(COUNT, -1L << (bits - 3), 1L << (bits - 3)).toArray();
    for (int i = 0; i < COUNT; i++) {
      hospitals[i] -= vendors[i];
    }
  }

  @TearDown
  public void end() {
    parties.close();
  }

  private Object run(Elementwise protocol) {
    Dialogues.Both<long[]> both =
        parties.run(talk -> protocol.run(talk, vendors), talk -> protocol.run(talk, hospitals));
    return List.of(both);
  }

  /// ReLU and truncation by f bits.
  @Benchmark
  public Object relu() {
    return run(new Rectifier(FixedPoint.of(bits, F), F, mode, Range.HEADROOM, new long[0]));
  }

  @Benchmark
  public Object truncate() {
    return run(new Truncation(FixedPoint.of(bits, F), F, mode, Range.HEADROOM));
  }

  /// The larger of two.
  @Benchmark
  public Object larger() {
    return run(new Larger(FixedPoint.of(bits, F), mode == Mode.FAST ? F : 0));
  }
}
