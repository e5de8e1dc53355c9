package org.blindread.mpc.tensor.kernel;

import java.util.SplittableRandom;
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

/// Time to slice or spread 32768 values (256 KiB), the chunk of a comparison.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class BitSliceBench {
  private static final int COUNT = 32768;

  @Param({"1", "32", "64"})
  public int bits;

  private long[] values;
  private long[] planes;

  @Setup
  public void prepare() {
    values = new SplittableRandom(1).longs(COUNT).toArray();
    planes = new long[bits * BitSlice.words(COUNT)];
  }

  @Benchmark
  public long[] slice() {
    BitSlice.slice(values, 0, COUNT, 0, bits, planes, 0);
    return planes;
  }

  @Benchmark
  public long[] spread() {
    BitSlice.spread(planes, 0, COUNT, values, 0);
    return values;
  }
}
