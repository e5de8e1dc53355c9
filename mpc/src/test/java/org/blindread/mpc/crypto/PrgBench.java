package org.blindread.mpc.crypto;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time to fill words from the stream. It has one form: AES is reached through `javax.crypto`
/// alone.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class PrgBench {
  @Param({"64", "1024", "32768"})
  public int words;

  private Prg prg;
  private long[] out;

  @Setup
  public void prepare() {
    Prg.warmUp();
    prg = new Prg(Seed.fresh());
    out = new long[words];
  }

  @Benchmark
  public long[] fill() {
    prg.fill(out, 0, words);
    return out;
  }
}
