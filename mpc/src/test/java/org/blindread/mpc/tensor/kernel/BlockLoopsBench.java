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

/// Time of the loops over 8192 elements of 128 bits, the chunk of an OT extension, in both forms;
/// the sparse code is over 2^17 of them, as Ferret's middle parameters have it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class BlockLoopsBench {
  private static final int COUNT = 8192;
  private static final int ELEMENTS = 1 << 17;

  /// The forms.
  public enum Form {
    SCALAR,
    VECTOR;

    BlockLoops loops() {
      return this == SCALAR ? new ScalarBlocks() : new VectorBlocks();
    }
  }

  @Param public Form form;

  private BlockLoops loops;
  private long[] planes;
  private long[] out;
  private long[] x;
  private long[] rows;
  private long[][] leaves;

  @Setup
  public void prepare() {
    loops = form.loops();
    SplittableRandom random = new SplittableRandom(1);
    planes = random.longs(128L * COUNT / 64).toArray();
    out = new long[2 * COUNT];
    x = random.longs(2L * ELEMENTS).toArray();
    leaves = new long[16][COUNT / 64];
    rows = random.longs((long) SparseCode.ROW_WORDS * COUNT).toArray();
  }

  @Benchmark
  public long[] transpose() {
    BitTransposition.apply(loops, planes, 0, COUNT / 64, COUNT, out, 0);
    return out;
  }

  /// Sixteen leaves of 8192 bits: a 32nd of what 8192 OTs take.
  @Benchmark
  public long[] leafSums() {
    LeafSums.fold(loops, leaves, COUNT / 64, planes, 0);
    return planes;
  }

  @Benchmark
  public long[] sparseCode() {
    SparseCode.add(loops, x, ELEMENTS, rows, 0, COUNT, out, 0);
    return out;
  }
}
