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

/// Time of a truncating selection over 32768 values, the chunk of a comparison, in both forms.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SelectionBench {
  private static final int COUNT = 32768;

  /// The forms.
  public enum Form {
    SCALAR,
    VECTOR;

    SelectionLoops loops() {
      return this == SCALAR ? new ScalarSelections() : new VectorSelections();
    }
  }

  @Param public Form form;

  @Param({"32", "64"})
  public int bits;

  private SelectionLoops loops;
  private Selection selection;
  private long[] values;
  private long[] signs;
  private long[] borrows;
  private long[][] rows;
  private long[] out;

  @Setup
  public void prepare() {
    loops = form.loops();
    selection = new Selection(bits, bits / 3, true, -1);
    SplittableRandom random = new SplittableRandom(1);
    values = random.longs(COUNT).toArray();
    signs = random.longs(COUNT, 0, 2).toArray();
    borrows = random.longs(COUNT, 0, 2).toArray();
    rows = new long[7][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = random.longs(COUNT, 0, 2).toArray();
    }
    out = new long[COUNT];
  }

  /// P0's numbers.
  @Benchmark
  public long[][] deal() {
    loops.deal(selection, values, 0, COUNT, signs, rows);
    return rows;
  }

  /// An evaluator's shares.
  @Benchmark
  public long[] select() {
    loops.select(selection, values, 0, COUNT, signs, borrows, rows, out);
    return out;
  }
}
